import { tests } from "../support/tests.mjs";

export default tests({
  tools: ["jest"],
  template: "jest.test.js",
  readme: "Jest",
  args: ["--json"],
});
