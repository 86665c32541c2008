import { writeFile } from "node:fs/promises";
import * as collins from "collins-customers";
import { test } from "vitest";
import { options } from "./options.mjs";
import { scenario } from "./scenario.mjs";

test("the scenario", async () => {
  await writeFile("outcome.json", JSON.stringify(await scenario(collins, options)));
});
