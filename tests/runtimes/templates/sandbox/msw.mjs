import { writeFile } from "node:fs/promises";
import * as collins from "collins-customers";
import { sandbox, server } from "./example.mjs";
import { scenario } from "./scenario.mjs";

server.listen({ onUnhandledRequest: "error" });
const outcome = await scenario(collins, { baseUrl: sandbox.baseUrl, token: "sandbox" });
server.close();
if (sandbox.requests.length !== 6) throw new Error("a request went elsewhere");
await writeFile("outcome.json", JSON.stringify(outcome));
