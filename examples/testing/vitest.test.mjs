// Vitest: each test has its own service.

import { CustomersApi } from "collins-customers";
import { createSandbox } from "collins-customers/sandbox";
import { beforeEach, expect, test } from "vitest";

let sandbox;
let api;

beforeEach(() => {
  sandbox = createSandbox({ seed: 20 });
  const { baseUrl, fetch } = sandbox;
  api = new CustomersApi({ baseUrl, fetch, token: "sandbox" });
});

test("a create whose answer is lost is not sent again", async () => {
  sandbox.fail("create", "lost-answer");
  await expect(api.create({ first_name: "Ada" })).rejects.toMatchObject({ mayHaveSucceeded: true });
  expect(sandbox.requests).toHaveLength(1);
});
