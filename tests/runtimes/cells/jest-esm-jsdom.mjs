// Jest with ES modules, in jsdom: `import` resolves to the entry for browsers, in a realm without `TextDecoder`.
import { tests } from "../support/tests.mjs";

export default tests({
  tools: ["jest", "jest-environment-jsdom", "whatwg-fetch"],
  template: "jest-esm.mjs",
  readme: "Jest with ES modules",
  args: ["--json", "--env=jsdom", "--setupFiles=whatwg-fetch"],
  settings: { env: { NODE_OPTIONS: "--experimental-vm-modules" } },
});
