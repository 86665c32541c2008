// The module as a separate file, which Node reads: with the entry `./web` and the path of the file.
import { server } from "../support/server.mjs";

export default server({ tool: "node20", template: "web.mjs" });
