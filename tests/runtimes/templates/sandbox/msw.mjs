import { writeFile } from "node:fs/promises";
import * as collins from "collins-customers";
import { createSandbox } from "collins-customers/sandbox";
import { http } from "msw";
import { setupServer } from "msw/node";
import { scenario } from "./scenario.mjs";

const sandbox = createSandbox({ baseUrl: "https://api.example.com/api", seed: 20 });
const server = setupServer(
  http.all("https://api.example.com/api/*", ({ request }) => sandbox.fetch(request)),
);
server.listen({ onUnhandledRequest: "error" });

const outcome = await scenario(collins, { baseUrl: sandbox.baseUrl, token: "sandbox" });
server.close();
if (sandbox.requests.length !== 6) throw new Error("a request went elsewhere");
await writeFile("outcome.json", JSON.stringify(outcome));
