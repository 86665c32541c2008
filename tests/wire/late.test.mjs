// If the module cannot be compiled synchronously, it is compiled in the background, and calls wait for it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { root } from "../support/sandbox.mjs";

// The message of a browser that refuses.
const { Module, Instance, compile } = WebAssembly;
WebAssembly.Module = WebAssembly.Instance = class {
  constructor() {
    throw new RangeError("disallowed on the main thread");
  }
};
after(() => Object.assign(WebAssembly, { Module, Instance, compile }));

/** Runs a script in a process without WebAssembly. Returns the JSON that it prints. */
async function printed(script) {
  const args = ["--input-type=module", "--eval", `delete globalThis.WebAssembly;\n${script}`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
  return JSON.parse(stdout);
}

const options = (seen = []) => ({
  baseUrl: "https://proxy.example/api",
  fetch: async (url, { method }) => {
    seen.push(`${method} ${url}`);
    return Response.json({ customers: [], customer: { id: "1" } });
  },
});

const refused = { name: "ConfigurationError", message: /ready.*'wasm-unsafe-eval'/ };

test("calls wait for the module, and functions that cannot wait say so", {
  timeout: 60_000,
}, async () => {
  const collins = await import(`${root}pkg/dist/inline.js`);
  const { CustomersApi, CustomerFilter, validateNewCustomer, ready, fieldLimits } = collins;

  // At once: this does not need the module.
  const seen = [];
  const api = new CustomersApi(options(seen));
  const filter = new CustomerFilter().labels(["VIP"]).dobMonth(5);
  assert.deepEqual(filter.toObject(), { labels: ["VIP"], dob_month: [5] });
  assert.equal(fieldLimits.phone, 20);
  assert.throws(() => new CustomersApi({ baseUrl: "api" }), { name: "ConfigurationError" });
  assert.throws(() => validateNewCustomer({}), refused);
  assert.throws(() => filter.toQueryString(), refused);
  assert.throws(() => CustomerFilter.parse(""), refused);

  // The value is sent as it was at the time of the call.
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

  // After an exception that passed through the module a new instance is needed, which is refused as well.
  const { decode } = TextDecoder.prototype;
  TextDecoder.prototype.decode = () => {
    throw new Error("a page replaced it");
  };
  assert.throws(() => filter.toQueryString(), /a page replaced it/);
  TextDecoder.prototype.decode = decode;
  assert.throws(() => validateNewCustomer({}), /disallowed on the main thread/);
  // It comes by itself, later.
  const isHere = () => {
    try {
      return validateNewCustomer({});
    } catch {
      return undefined;
    }
  };
  while (!isHere()) await new Promise(setImmediate);
  assert.equal(validateNewCustomer({ email: "no address" })[0].code, "invalid_email");
  await api.create({});
  assert.equal(filter.toQueryString(), "dob_month=5&labels=VIP");
});

test("the time that a call waits for its module is part of its totalTimeout", async (t) => {
  const { CustomersApi, init } = await import(`${root}pkg/dist/web.js?slow`);
  let now = 0;
  t.mock.method(performance, "now", () => now);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let arrive;
  init(new Promise((resolve) => (arrive = resolve)));
  let send;
  const sent = new Promise((resolve) => (send = resolve));
  const fetch = () => new Promise(() => send());
  const limits = { maxRetries: 0, timeout: 10_000, totalTimeout: 20_000 };
  const api = new CustomersApi({ ...options(), fetch, ...limits });
  let error;
  const ended = api.list().catch((thrown) => (error = thrown));
  now = 15_000;
  arrive(await readFile(`${root}pkg/dist/collins_customers.wasm`));
  await sent;
  t.mock.timers.tick(4_999);
  await new Promise(setImmediate);
  assert.equal(error, undefined);
  t.mock.timers.tick(1);
  await new Promise(setImmediate);
  assert.equal(error?.name, "TimeoutError");
  await ended;
});

test("if it cannot be compiled at all, every call gives the reason", async () => {
  const cause = new Error("forbidden");
  WebAssembly.compile = () => Promise.reject(cause);
  const { CustomerFilter, CustomersApi, originalCause, ready, validateNewCustomer } = createRequire(
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
  for (const check of [() => validateNewCustomer({}), () => CustomerFilter.parse("labels=a")])
    assert.throws(check, (error) => {
      assert.equal(error.name, "ConfigurationError");
      assert.match(error.message, /could not be compiled.*'wasm-unsafe-eval'/);
      assert.equal(originalCause(error), cause);
      return true;
    });
});

test("before init() of collins-customers/web, nothing hangs", async () => {
  const { CustomersApi, validateNewCustomer } = await import(`${root}pkg/dist/web.js`);
  const api = new CustomersApi(options());
  assert.throws(() => validateNewCustomer({}), refused);
  await assert.rejects(api.list(), refused);
  await assert.rejects(api.iterate().next(), refused);
});

test("a call waits for a module that never arrives no longer than it may", async () => {
  const { CustomersApi, init } = await import(`${root}pkg/dist/web.js?never`);
  init(new Promise(() => {}));
  const seen = [];
  const api = new CustomersApi({ ...options(seen), totalTimeout: 20 });
  for (const [call, ...request] of [
    [api.list(), "GET", "/customers"],
    [api.create({}), "POST", "/customers"],
    [api.get("1"), "GET", "/customers/{customerId}"],
    [api.iterate().next(), "GET", "/customers"],
  ]) {
    const error = await call.catch((error) => error);
    assert.equal(error.name, "TimeoutError");
    assert.match(error.message, /module did not arrive within the totalTimeout of 20 ms/);
    assert.deepEqual([error.attempts, error.mayHaveSucceeded], [0, false]);
    assert.deepEqual([error.method, error.route], request);
  }
  const controller = new AbortController();
  const { signal } = controller;
  const waiting = api.list({}, { signal, totalTimeout: 60_000 }).catch((error) => error);
  controller.abort("why");
  assert.equal(await waiting, "why");
  assert.deepEqual(seen, []);
});

// Lockdown Mode and some extensions remove it, as does `--jitless` in Node.
for (const entry of ["node.js", "inline.js", "inline.cjs"])
  test(`without WebAssembly ${entry} can be imported, and every call says so`, async () => {
    const outcome = await printed(
      `const { CustomersApi, CustomerFilter, ready, validateNewCustomer, schemas } = await import(${JSON.stringify(`${root}pkg/dist/${entry}`)});
      const api = new CustomersApi({ baseUrl: "https://proxy.example/api", fetch: fail });
      function fail() { throw new Error("nothing may be sent"); }
      const told = ({ name, cause }) => name + ", because of a " + cause?.name;
      const thrown = (run) => { try { run(); return "nothing" } catch (error) { return told(error); } };
      console.log(JSON.stringify([
        await api.list().catch(told),
        await api.create({}).catch(told),
        await api.iterate().next().catch(told),
        thrown(() => validateNewCustomer({})),
        thrown(() => schemas.newCustomer["~standard"].validate({})),
        thrown(() => new CustomerFilter().labels(["VIP"]).toQueryString()),
        thrown(() => CustomerFilter.parse("labels=VIP")),
        await ready.then(() => "ready", ({ name }) => name),
      ]));`,
    );
    const refusal = "ConfigurationError, because of a ReferenceError";
    assert.deepEqual(outcome, [...new Array(7).fill(refusal), "ReferenceError"]);
  });

test("init() rejects a bad source of any kind, and can be called again", async () => {
  const { init, validateNewCustomer } = await import(`${root}pkg/dist/web.js?bad`);
  const sources = [
    null,
    5,
    {},
    "",
    "not a URL",
    "https://",
    new Uint8Array([1, 2, 3]),
    new Response("<html>", { status: 404 }),
    new Response("<html>", { headers: { "Content-Type": "application/wasm" } }),
    new Proxy(
      {},
      {
        get() {
          throw new Error("nothing can be read");
        },
      },
    ),
  ];
  const rejected = Promise.reject(new Error("no response"));
  for (const source of [rejected, ...sources]) {
    // Not `assert.rejects(() => …)`, which would take a thrown error for a rejection.
    const promise = init(source);
    await assert.rejects(promise);
    assert.throws(() => validateNewCustomer({}), {
      name: "ConfigurationError",
      message: /could not be compiled: see cause/,
    });
  }
  Object.assign(WebAssembly, { Module, Instance, compile });
  await init(await readFile(`${root}pkg/dist/collins_customers.wasm`));
  assert.equal(validateNewCustomer({ email: "no address" })[0].code, "invalid_email");
});
