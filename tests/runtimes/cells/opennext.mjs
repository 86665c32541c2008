// Next on Cloudflare's workers: OpenNext converts Next's build for Node into a worker.
import { token } from "../../support/sandbox.mjs";
import { scenarioOutcome } from "../support/page.mjs";
import { line } from "../support/readme.mjs";
import { firstNames, json } from "../support/server.mjs";
import { wrangler } from "../support/workerd.mjs";

const EDGE = /^export const runtime = "edge".*\n/m;

/** The configuration in OpenNext's guide. */
const configuration = {
  "open-next.config.ts": `import { defineCloudflareConfig } from "@opennextjs/cloudflare";
export default defineCloudflareConfig();
`,
  "wrangler.jsonc": JSON.stringify({
    name: "matrix",
    main: ".open-next/worker.js",
    compatibility_date: "2026-11-17",
    compatibility_flags: ["nodejs_compat"],
    assets: { directory: ".open-next/assets", binding: "ASSETS" },
  }),
};

export default {
  tools: ["@opennextjs/cloudflare"],
  isLarge: true,
  readme: "Next and Vercel",

  async run(project) {
    await project.copy("next/app/layout.js", "app/layout.js");
    await project.copy("next/app/server", "app/server");
    await project.write({
      ...configuration,
      "app/vips/route.js": project.snippet("Next and Vercel").replace(EDGE, ""),
      "next.config.js": `module.exports = { ${line('serverExternalPackages: ["collins-customers"]')} };\n`,
    });
    await project.replace("package.json", "{", '{"scripts":{"build":"next build"},');
    await project.run("opennextjs-cloudflare", ["build"]);
    const url = await wrangler(project, ["--var", `COLLINS_TOKEN:${token}`]);
    return {
      ...(await scenarioOutcome(`${url}/server`)),
      readme: firstNames(await json(`${url}/vips`)),
    };
  },
};
