const { writeFileSync } = require("node:fs");
const collins = require("collins-customers");
const { createSandbox } = require("collins-customers/sandbox");
const { scenario } = require("./scenario.cjs");

test("the scenario", async () => {
  const { baseUrl, fetch } = createSandbox({ seed: 20 });
  const outcome = await scenario(collins, { baseUrl, fetch, token: "sandbox" });
  writeFileSync("outcome.json", JSON.stringify(outcome));
});
