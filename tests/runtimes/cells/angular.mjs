import { outcome } from "../support/page.mjs";

export default {
  tools: ["@angular/core"],
  isLarge: true,
  readme: "Angular",
  async run(project) {
    await project.copy("angular");
    await project.write({ "src/vips.ts": project.snippet("Angular") });
    await project.run("ng", ["build"], { env: { NG_CLI_ANALYTICS: "false" } });
    return outcome(await project.files("dist/browser"));
  },
};
