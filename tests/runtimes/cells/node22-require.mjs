import { server } from "../support/server.mjs";

export default server({ tool: "node22", template: "script.cjs", readme: "require" });
