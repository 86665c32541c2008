import { writeFile } from "node:fs/promises";
import * as collins from "collins-customers";
import { createSandbox } from "collins-customers/sandbox";
import { test } from "vitest";
import { scenario } from "./scenario.mjs";

test("the scenario", async () => {
  const { baseUrl, fetch } = createSandbox({ seed: 20 });
  const outcome = await scenario(collins, { baseUrl, fetch, token: "sandbox" });
  await writeFile("outcome.json", JSON.stringify(outcome));
});
