// `npx collins-customers sandbox`: the sandbox as a server, for people who have Node but not Rust.

import { parseArgs } from "node:util";
import { serve } from "./server.js";

const HELP = `\
A development server that speaks the contract of the Collins Customers API, on this machine only and in memory.

Usage: npx collins-customers sandbox [OPTIONS]

Options:
  --port PORT         The port on 127.0.0.1; 0 picks a free one [default: 8787]
  --seed COUNT        The number of customers that it generates [default: 1000]
  --token TOKEN       The token that it accepts [default: sandbox]
  --rate-limit COUNT  The number of requests per hour [default: 100000]
  --host NAME         Another host name that it accepts, besides those of this machine. May be repeated
  --help              Print this

It prints \`listening on http://127.0.0.1:PORT\` when it is ready. The base URL for a client is that and /api.
Requests with the token \`sandbox-forbidden\` get a 403.

The header X-Sandbox-Fault makes an answer go wrong: status=CODE, throttle, throttle=laravel, html, redirect,
reset, delay=MS, lost, truncate, stall, empty, json or ok, and headers of the answer after it: status=429;retry-after=2.
Of several, separated by commas, each request with the same X-Sandbox-Scenario gets the next one. A base URL can say
the same, with its parts percent-encoded: http://127.0.0.1:PORT/scenario/{name}/{faults}/api
http://127.0.0.1:PORT/sandbox/scenarios/{name} lists the requests of a scenario.
`;

const OPTIONS = {
  port: { type: "string", default: "8787" },
  seed: { type: "string", default: "1000" },
  token: { type: "string", default: "sandbox" },
  "rate-limit": { type: "string", default: "100000" },
  host: { type: "string", multiple: true, default: [] },
  help: { type: "boolean", short: "h" },
};

/** A whole number up to a limit. */
function whole(values, name, most) {
  const number = /^\d+$/.test(values[name]) ? Number(values[name]) : Number.NaN;
  if (!(number <= most)) throw new TypeError(`--${name} must be a whole number up to ${most}`);
  return number;
}

function read(args) {
  const { values } = parseArgs({ args, options: OPTIONS });
  return {
    help: values.help,
    options: {
      port: whole(values, "port", 65_535),
      seed: whole(values, "seed", 1_000_000),
      token: values.token,
      quota: whole(values, "rate-limit", 2 ** 32 - 1),
      hosts: values.host,
    },
  };
}

/** Runs until it is interrupted; resolves to the exit code. */
export async function main([, ...args]) {
  let given;
  try {
    given = read(args);
  } catch ({ message }) {
    process.stderr.write(`${message}; see --help\n`);
    return 2;
  }
  if (given.help) {
    process.stdout.write(HELP);
    return 0;
  }
  let running;
  try {
    running = await serve(given.options);
  } catch ({ message }) {
    process.stderr.write(`The sandbox cannot run: ${message}\n`);
    return 1;
  }
  process.stdout.write(`listening on ${new URL(running.baseUrl).origin}\n`);
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, resolve);
  });
  running.server.close();
  running.server.closeAllConnections();
  return 0;
}
