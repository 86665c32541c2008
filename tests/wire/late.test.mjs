// Where the module cannot be compiled at once: it is compiled in the background, and calls wait for it.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { root } from "../support/sandbox.mjs";

// Whatever a browser says when it refuses.
const { Module, Instance, compile } = WebAssembly;
WebAssembly.Module = WebAssembly.Instance = class {
  constructor() {
    throw new RangeError("disallowed on the main thread");
  }
};
after(() => Object.assign(WebAssembly, { Module, Instance, compile }));

const options = (seen = []) => ({
  baseUrl: "https://proxy.example/api",
  fetch: async (url, { method }) => {
    seen.push(`${method} ${url}`);
    return Response.json({ customers: [], customer: { id: "1" } });
  },
});

const refused = { name: "ConfigurationError", message: /ready.*'wasm-unsafe-eval'/ };

test("calls wait for the module, and what cannot wait says so", async () => {
  const collins = await import(`${root}pkg/dist/inline.js`);
  const { CustomersApi, CustomerFilter, validateNewCustomer, ready, fieldLimits } = collins;

  // At once: nothing of this needs the module.
  const seen = [];
  const api = new CustomersApi(options(seen));
  const filter = new CustomerFilter().labels(["VIP"]).dobMonth(5);
  assert.deepEqual(filter.toObject(), { labels: ["VIP"], dob_month: [5] });
  assert.equal(fieldLimits.phone, 20);
  assert.throws(() => new CustomersApi({ baseUrl: "api" }), { name: "ConfigurationError" });
  assert.throws(() => validateNewCustomer({}), refused);
  assert.throws(() => filter.toQueryString(), refused);
  assert.throws(() => CustomerFilter.parse(""), refused);

  // What is sent is the value as it was when the call was made.
  const customer = { first_name: "Ada" };
  const created = api.create(customer);
  customer.first_name = 5;
  assert.equal((await created).id, "1");
  await api.list(filter);
  await assert.rejects(api.get(".."), { name: "ValidationError" });
  assert.deepEqual(seen, [
    "POST https://proxy.example/api/customers",
    "GET https://proxy.example/api/customers?dob_month=5&labels=VIP",
  ]);

  await ready;
  assert.equal(validateNewCustomer({ email: "no address" })[0].code, "invalid_email");
  assert.equal(filter.toQueryString(), "dob_month=5&labels=VIP");
});

test("where it cannot be compiled at all, every call says why", async () => {
  const cause = new Error("forbidden");
  WebAssembly.compile = () => Promise.reject(cause);
  const { CustomersApi, originalCause, ready, validateNewCustomer } = createRequire(
    import.meta.url,
  )(`${root}pkg/dist/inline.cjs`);
  const api = new CustomersApi(options());
  for (const call of [api.list(), api.create({}), api.get("1"), api.iterate().next()]) {
    const error = await call.catch((error) => error);
    assert.equal(error.name, "ConfigurationError");
    assert.match(error.message, /could not be compiled.*'wasm-unsafe-eval'/);
    assert.equal(originalCause(error), cause);
  }
  await assert.rejects(ready, cause);
  assert.throws(() => validateNewCustomer({}), refused);
});

test("before init() of collins-customers/web, nothing hangs", async () => {
  const { CustomersApi, validateNewCustomer } = await import(`${root}pkg/dist/web.js`);
  const api = new CustomersApi(options());
  assert.throws(() => validateNewCustomer({}), refused);
  await assert.rejects(api.list(), refused);
  await assert.rejects(api.iterate().next(), refused);
});
