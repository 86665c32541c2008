// The service that a command talks to: the same for every command that makes requests.

import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** The lines of a command's help. */
export const SERVICE_HELP = `\
  --environment NAME   production or playpen [default: production]
  --base-url URL       A proxy or a sandbox instead, such as http://127.0.0.1:8787/api
`;

/** The part of a command's help about the token. */
export const TOKEN_HELP =
  "The token is read from COLLINS_TOKEN, or asked for on a terminal. With --base-url it is optional.";

/** The arguments, for `parseArgs`. */
export const SERVICE = {
  environment: { type: "string" },
  "base-url": { type: "string" },
};

/** The options of a client, without its token. */
export function readService({ environment, "base-url": baseUrl }) {
  if (environment !== undefined && baseUrl !== undefined)
    throw new TypeError("Give --environment or --base-url, not both");
  if (environment !== undefined && !["production", "playpen"].includes(environment))
    throw new TypeError("--environment must be production or playpen");
  return baseUrl === undefined ? { environment: environment ?? "production" } : { baseUrl };
}

/** Asks for the token on the terminal without showing it. */
export function askToken() {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // From here on the terminal does not show what is typed.
  process.stderr.write("Token: ");
  return new Promise((resolve, reject) => {
    terminal.once("close", () => {
      process.stderr.write("\n");
      reject(new TypeError("No token was given"));
    });
    terminal.question("", (token) => {
      resolve(token.trim());
      terminal.close();
    });
  });
}

/** A client of the service. */
export async function openApi(service) {
  const { CustomersApi } = await import("collins-customers");
  const { COLLINS_TOKEN: given } = process.env;
  if (given) return new CustomersApi({ ...service, token: given });
  if (service.baseUrl !== undefined) return new CustomersApi(service);
  if (!process.stdin.isTTY)
    throw new TypeError(
      "Set COLLINS_TOKEN to the token. It cannot be an argument, because others could see it",
    );
  return new CustomersApi({ ...service, token: await askToken() });
}
