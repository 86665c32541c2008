// The cells of state stores and of frozen realms: a program defines how a value is kept.

import { lines } from "./page.mjs";

/** A cell that runs the scenario and the walk of `stored.mjs`; `code` begins the program and defines `keep`. */
export const stored = (tools, code) => ({
  tools,
  isStored: true,
  async run(project) {
    await project.copy("stored.mjs", "stored.mjs");
    await project.write({
      "main.mjs": `${code}
const collins = await import("collins-customers");
const { options } = await import("./options.mjs");
const { scenario } = await import("./scenario.mjs");
const { stored } = await import("./stored.mjs");
console.log(JSON.stringify(await scenario(collins, options)));
console.log((await stored(collins, options, keep)).join("\\n"));
`,
    });
    const [scenario, ...names] = lines(await project.run("node24", ["main.mjs"]));
    return { scenario: JSON.parse(scenario), stored: names };
  },
});
