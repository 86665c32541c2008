// Jest: an hour of quota passes at once.

const { CustomersApi } = require("collins-customers");
const { createSandbox } = require("collins-customers/sandbox");

test("after an hour there is a new quota", async () => {
  const { baseUrl, fetch, advance } = createSandbox({ quota: 1 });
  const api = new CustomersApi({ baseUrl, fetch, token: "sandbox", maxRetries: 0 });
  await api.list();
  await expect(api.list()).rejects.toMatchObject({ name: "RateLimitError" });
  advance("1h");
  await api.list();
});
