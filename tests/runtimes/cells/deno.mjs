import { server } from "../support/server.mjs";

const network = ["run", "--no-prompt", "--allow-net=127.0.0.1"];

export default server({
  tool: "deno",
  template: "module.mjs",
  readme: "Deno",
  args: network,
  // Its token comes from an environment variable, which needs a permission in Deno.
  readmeArgs: [...network, "--allow-env=COLLINS_TOKEN"],
});
