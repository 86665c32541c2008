const { writeFileSync } = require("node:fs");
const collins = require("collins-customers");
const { createSandbox } = require("collins-customers/sandbox");
const { scenario } = require("./scenario.cjs");

test("an hour of quota passes at once", async () => {
  const { baseUrl, fetch, advance } = createSandbox({ quota: 1 });
  const api = new collins.CustomersApi({ baseUrl, fetch, token: "sandbox", maxRetries: 0 });
  await api.list();
  await expect(api.list()).rejects.toMatchObject({ name: "RateLimitError" });
  advance("1h");
  await api.list();
});

test("the scenario", async () => {
  const { baseUrl, fetch } = createSandbox({ seed: 20 });
  const outcome = await scenario(collins, { baseUrl, fetch, token: "sandbox" });
  writeFileSync("outcome.json", JSON.stringify(outcome));
});
