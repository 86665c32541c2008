import { server } from "../support/server.mjs";

export default server({ tool: "node24", template: "module.mjs", readme: "Node" });
