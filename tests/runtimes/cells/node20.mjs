import { server } from "../support/server.mjs";

export default server({ tool: "node20", template: "module.mjs", readme: "Node" });
