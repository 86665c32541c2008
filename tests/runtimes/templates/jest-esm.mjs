import { writeFileSync } from "node:fs";
import * as collins from "collins-customers";
import { options } from "./options.mjs";
import { scenario } from "./scenario.mjs";

test("the scenario", async () => {
  writeFileSync("outcome.json", JSON.stringify(await scenario(collins, options)));
});
