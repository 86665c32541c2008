import { server } from "../support/server.mjs";

export default server({ tool: "node24", template: "script.cjs", readme: "require" });
