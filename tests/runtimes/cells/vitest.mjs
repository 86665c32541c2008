import { tests } from "../support/tests.mjs";

export default tests({
  tools: ["vitest"],
  template: "vitest.test.js",
  readme: "Vitest",
  args: ["run", "--reporter=json"],
});
