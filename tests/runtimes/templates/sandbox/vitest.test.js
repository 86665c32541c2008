import { writeFile } from "node:fs/promises";
import * as collins from "collins-customers";
import { createSandbox } from "collins-customers/sandbox";
import { beforeEach, expect, test } from "vitest";
import { scenario } from "./scenario.mjs";

let sandbox;
let api;

beforeEach(() => {
  sandbox = createSandbox({ seed: 20 });
  const { baseUrl, fetch } = sandbox;
  api = new collins.CustomersApi({ baseUrl, fetch, token: "sandbox" });
});

test("an answer that was lost is not asked for again", async () => {
  sandbox.fail("create", "lost-answer");
  await expect(api.create({ first_name: "Ada" })).rejects.toMatchObject({ mayHaveSucceeded: true });
  expect(sandbox.requests).toHaveLength(1);
});

test("the scenario", async () => {
  const { baseUrl, fetch } = sandbox;
  const outcome = await scenario(collins, { baseUrl, fetch, token: "sandbox" });
  await writeFile("outcome.json", JSON.stringify(outcome));
});
