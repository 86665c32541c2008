// jsdom has no `fetch`, and Jest does not expose Node's, so its users install one: whatwg-fetch is the oldest.
import { tests } from "../support/tests.mjs";

export default tests({
  tools: ["jest", "jest-environment-jsdom", "whatwg-fetch"],
  template: "jest.test.js",
  readme: "Jest",
  args: ["--json", "--env=jsdom", "--setupFiles=whatwg-fetch"],
});
