// jsdom has no `fetch`, and Jest does not lend it that of Node, so its users bring one: whatwg-fetch is the
// oldest of them.
import { tests } from "../support/tests.mjs";

export default tests({
  tools: ["jest", "jest-environment-jsdom", "whatwg-fetch"],
  template: "jest.test.js",
  readme: "Jest",
  args: ["--json", "--env=jsdom", "--setupFiles=whatwg-fetch"],
});
