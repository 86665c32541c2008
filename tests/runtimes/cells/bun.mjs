import { server } from "../support/server.mjs";

export default server({ tool: "bun", template: "module.mjs", readme: "Bun" });
