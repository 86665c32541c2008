// The cells of Nuxt: an application that is built for a preset, and started as in production.

import { outcome } from "./page.mjs";
import { line } from "./readme.mjs";
import { firstNames, json } from "./server.mjs";

/** `settings` are the README's lines in nuxt.config.js; `start(project)` returns the address. */
export const nuxt = ({ preset, settings, start }) => ({
  tools: ["nuxt"],
  isLarge: true,

  async prepare(project) {
    await project.copy("nuxt");
    await project.write({
      "server/api/vips.js": project.snippet("Nuxt"),
      "nuxt.config.js": `export default defineNuxtConfig({ ${settings.map(line).join(", ")} });\n`,
    });
    const env = { NITRO_PRESET: preset, NUXT_TELEMETRY_DISABLED: "1" };
    await project.run("nuxt", ["build"], { env });
    return start(project);
  },

  parts: {
    server: {
      readme: "Nuxt",
      run: async (_, url) => ({
        scenario: await json(`${url}/api/scenario`),
        readme: firstNames(await json(`${url}/api/vips`)),
      }),
    },
    page: { readme: "Nuxt", run: (_, url) => outcome(url) },
  },
});
