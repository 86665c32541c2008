// The module as a file of its own, which Node reads: by the entry `./web` and the path of the file.
import { server } from "../support/server.mjs";

export default server({ tool: "node20", template: "web.mjs" });
