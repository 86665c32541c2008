// The cells of Cloudflare's workerd: a worker as wrangler bundles and starts it.

import { token } from "../../support/sandbox.mjs";
import { firstNames, json } from "./server.mjs";

export const workerd = (compatibilityDate) => ({
  tools: ["wrangler"],
  readme: "Cloudflare Workers",
  async run(project) {
    await project.copy("worker.mjs", "scenario/index.mjs");
    await project.replace("scenario/index.mjs", '"./', '"../');
    await project.write({
      "readme/index.mjs": project.snippet("Cloudflare Workers"),
    });
    const start = async (folder) => {
      const options = ["--compatibility-date", compatibilityDate, "--ip", "127.0.0.1"];
      const variables = ["--var", `COLLINS_TOKEN:${token}`];
      const ports = ["--port", "0", "--inspector-port", "0"];
      const args = ["dev", `${folder}/index.mjs`, ...options, ...ports, ...variables];
      const [url] = await project.serve("wrangler", args, /http:\/\/127\.0\.0\.1:\d+/);
      return url;
    };
    return {
      scenario: await json(await start("scenario")),
      readme: firstNames(await json(await start("readme"))),
    };
  },
});
