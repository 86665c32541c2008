// Errors of the stack leave the module at every place, in each engine that runs without a browser.
const tools = { node20: [], node22: [], node24: [], deno: ["run", "--allow-net"], bun: [] };

const part = ([tool, args]) => [
  tool,
  {
    async run(project) {
      await project.copy("overflow.mjs", "overflow.mjs");
      await project.copy("module.mjs", "module.mjs");
      await project.replace(
        "module.mjs",
        "console.log",
        `import { overflow } from "./overflow.mjs";
        overflow(collins, 150);
        console.log`,
      );
      return { scenario: JSON.parse(await project.run(tool, [...args, "module.mjs"])) };
    },
  },
];

export default {
  runtime: "node24",
  parts: Object.fromEntries(Object.entries(tools).map(part)),
};
