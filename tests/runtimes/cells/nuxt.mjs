import { token } from "../../support/sandbox.mjs";
import { nuxt } from "../support/nuxt.mjs";

export default nuxt({
  preset: "node-server",
  settings: ['runtimeConfig: { collinsToken: "" }'],
  async start(project) {
    const env = { HOST: "127.0.0.1", PORT: "0", NUXT_COLLINS_TOKEN: token };
    const [url] = await project.serve("node", [".output/server/index.mjs"], /http:\S+:\d+/, {
      env,
    });
    return url;
  },
});
