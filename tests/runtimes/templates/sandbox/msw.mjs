import { writeFile } from "node:fs/promises";
import * as collins from "collins-customers";
import { sandbox, server } from "./example.mjs";
import { scenario } from "./scenario.mjs";

server.listen({ onUnhandledRequest: "error" });
const options = { baseUrl: sandbox.baseUrl, token: "sandbox" };
const outcome = await scenario(collins, options);
if (sandbox.requests.length !== 6) throw new Error("a request went elsewhere");
sandbox.fail("create", "reset");
const api = new collins.CustomersApi({ ...options, maxRetries: 0 });
const { code } = await api.create({ first_name: "Ada" }).catch((error) => error);
if (code !== "connection") throw new Error(`a connection that is reset has the code ${code}`);
server.close();
await writeFile("outcome.json", JSON.stringify(outcome));
