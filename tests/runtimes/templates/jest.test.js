const { writeFileSync } = require("node:fs");
const collins = require("collins-customers");
const { options } = require("./options.cjs");
const { scenario } = require("./scenario.cjs");

test("the scenario", async () => {
  writeFileSync("outcome.json", JSON.stringify(await scenario(collins, options)));
});
