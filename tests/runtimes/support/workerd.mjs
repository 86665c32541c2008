// The cells of Cloudflare's workerd: a worker as wrangler bundles and starts it.

import { token } from "../../support/sandbox.mjs";
import { firstNames, json } from "./server.mjs";

/** Starts a worker. Returns its address. */
export async function wrangler(project, args) {
  const ports = ["--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"];
  const [url] = await project.serve(
    "wrangler",
    ["dev", ...args, ...ports],
    /http:\/\/127\.0\.0\.1:\d+/,
  );
  return url;
}

export const workerd = (compatibilityDate) => ({
  tools: ["wrangler"],
  readme: "Cloudflare Workers",
  async run(project) {
    await project.copy("worker.mjs", "scenario/index.mjs");
    await project.replace("scenario/index.mjs", '"./', '"../');
    await project.write({
      "readme/index.mjs": project.snippet("Cloudflare Workers"),
    });
    const start = (folder) =>
      wrangler(project, [
        `${folder}/index.mjs`,
        ...["--compatibility-date", compatibilityDate],
        ...["--var", `COLLINS_TOKEN:${token}`],
      ]);
    return {
      scenario: await json(await start("scenario")),
      readme: firstNames(await json(await start("readme"))),
    };
  },
});
