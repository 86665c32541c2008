import { server } from "../support/server.mjs";

export default server({ tool: "node20", template: "script.cjs", readme: "require" });
