import { token } from "../../support/sandbox.mjs";
import { nuxt } from "../support/nuxt.mjs";
import { wrangler } from "../support/workerd.mjs";

export default nuxt({
  preset: "cloudflare_module",
  settings: ['runtimeConfig: { collinsToken: "" }', "nitro: { experimental: { wasm: true } }"],
  start: (project) =>
    wrangler(project, [
      ".output/server/index.mjs",
      ...["--assets", ".output/public"],
      ...["--compatibility-date", "2026-11-17", "--compatibility-flags", "nodejs_compat"],
      ...["--var", `NUXT_COLLINS_TOKEN:${token}`],
    ]),
});
