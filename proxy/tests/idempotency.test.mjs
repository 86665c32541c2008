// A create with an `Idempotency-Key` makes one customer, however often it is sent.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox } from "../../tests/support/in-process.mjs";
import { CustomersApi } from "../../tests/support/package.mjs";
import { token } from "../../tests/support/sandbox.mjs";
import { scenario } from "../../tests/support/scenario.mjs";
import { createCustomersProxy, createMemoryLedger } from "./support/package.mjs";

const sandbox = createSandbox();
const service = new CustomersApi({ token, baseUrl: sandbox.baseUrl, fetch: sandbox.fetch });

// Keeps the process alive as a server would: the proxy's own timers do not.
const server = setInterval(() => {}, 1000);
after(() => clearInterval(server));

let count = 0;
/** A last name that nobody else has. */
const fresh = () => `Family${++count}`;

/** The customers with a last name. */
const made = async (last_name) => {
  const { customers } = await service.list({ query: last_name, sort: ["created_date"] });
  return customers.filter((customer) => customer.last_name === last_name);
};

/** A proxy whose service has these faults; `create(body, key)` sends it a create. */
function proxied(faults, options = {}) {
  const { baseUrl, seen } = scenario(sandbox, faults);
  const events = [];
  const proxy = createCustomersProxy({
    token,
    baseUrl,
    fetch: sandbox.fetch,
    authorize: () => true,
    allow: ["create"],
    idempotency: createMemoryLedger(),
    onEvent: (event) => events.push(event),
    ...options,
  });
  const create = (body, key, headers = {}) =>
    proxy(
      new Request("https://app.example/api/customers", {
        method: "POST",
        body: JSON.stringify(body),
        headers: {
          "Content-Type": "application/json",
          ...(key !== undefined && { "Idempotency-Key": key }),
          ...headers,
        },
      }),
    );
  return { create, seen, events, proxy };
}

test("a replay answers with the customer that the first request made", async () => {
  const { create, seen } = proxied();
  const last_name = fresh();
  const first = await create({ last_name }, "key-1");
  assert.equal(first.status, 201);
  const { customer } = await first.json();
  for (let replay = 0; replay < 2; replay++) {
    const response = await create({ last_name }, "key-1");
    assert.equal(response.status, 201);
    assert.deepEqual((await response.json()).customer, customer);
  }
  assert.equal((await made(last_name)).length, 1);
  assert.deepEqual(await seen(), [
    "POST /customers",
    "GET /customers/{customer_id}",
    "GET /customers/{customer_id}",
  ]);
});

test("a key belongs to one body, and to one tenant", async () => {
  let tenant = "a";
  const { create } = proxied(undefined, { authorize: () => ({ tenant }) });
  const last_name = fresh();
  assert.equal((await create({ last_name }, "key")).status, 201);
  const other = await create({ last_name, notes: "other" }, "key");
  assert.equal(other.status, 422);
  assert.deepEqual(Object.keys((await other.json()).errors), ["Idempotency-Key"]);
  tenant = "b";
  assert.equal((await create({ last_name, notes: "other" }, "key")).status, 201);
  assert.equal((await made(last_name)).length, 2);
});

test("without a key, or without a ledger, requests are independent", async () => {
  const last_name = fresh();
  const { create } = proxied();
  await create({ last_name });
  await create({ last_name });
  const none = proxied(undefined, { idempotency: undefined });
  await none.create({ last_name }, "key");
  await none.create({ last_name }, "key");
  assert.equal((await made(last_name)).length, 4);
});

test("a key is visible ASCII of up to 255 characters", async () => {
  const { create } = proxied();
  for (const [key, status] of [
    ["k".repeat(255), 201],
    ["k".repeat(256), 400],
    ["", 400],
    ["a b", 400],
    ["caf\u00e9", 400],
  ])
    assert.equal((await create({}, key)).status, status, key);
});

test("while a create is being sent, another one waits for it", async () => {
  let arrive;
  let release;
  const arrived = new Promise((resolve) => {
    arrive = resolve;
  });
  const released = new Promise((resolve) => {
    release = resolve;
  });
  const fetch = async (...given) => {
    arrive();
    await released;
    return sandbox.fetch(...given);
  };
  const { create } = proxied("ok", { fetch, timeout: 60_000 });
  const last_name = fresh();
  const first = create({ last_name }, "key");
  await arrived;
  const second = await create({ last_name }, "key");
  assert.equal(second.status, 503);
  // Then the first one is surely over.
  const wait = Number(second.headers.get("retry-after"));
  assert.ok(wait >= 1 && wait <= 61, `${wait}`);
  release();
  assert.equal((await first).status, 201);
  assert.equal((await create({ last_name }, "key")).status, 201);
  assert.equal((await made(last_name)).length, 1);
});

test("a refused create can be sent again", async () => {
  for (const [fault, status] of [
    ["status=422", 422],
    ["status=429", 429],
    ["status=401", 502],
    ["status=400", 400],
  ]) {
    const { create } = proxied(fault);
    const last_name = fresh();
    assert.equal((await create({ last_name }, "key")).status, status, fault);
    assert.equal((await create({ last_name }, "key")).status, 201, fault);
    assert.equal((await made(last_name)).length, 1, fault);
  }
});

test("after an ambiguous answer the customer is looked up, and created if not found", async () => {
  for (const [fault, wasMade] of [
    ["status=500", false],
    ["status=502", false],
    ["status=408", false],
    ["html", false],
    ["redirect", false],
    ["json", true],
    ["empty", true],
  ]) {
    const { create, seen } = proxied(fault);
    const body = { last_name: fresh(), first_name: "Ada", email: "ada@example.com" };
    assert.ok((await create(body, "key")).status >= 400, fault);
    assert.equal((await made(body.last_name)).length, wasMade ? 1 : 0, fault);
    const again = await create(body, "key");
    assert.equal(again.status, 201, fault);
    const [customer, ...others] = await made(body.last_name);
    assert.deepEqual(others, [], fault);
    assert.equal((await again.json()).customer.id, customer.id, fault);
    const lines = await seen();
    assert.equal(lines.filter((line) => line === "POST /customers").length, wasMade ? 1 : 2, fault);
  }
});

test("without an answer the look-up waits until the request is surely over", async (t) => {
  // The ledger's time passes only when it is told to.
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  for (const [fault, wasMade] of [
    ["lost", true],
    ["reset", false],
    ["truncate", true],
    ["stall", true],
    ["delay=2500", false],
  ]) {
    // A request is surely over after three seconds.
    const { create } = proxied(fault, { timeout: 2000 });
    const body = { last_name: fresh(), phone: "+44 20 7946 0000", labels: ["VIP", "Wine"] };
    const first = await create(body, "key");
    assert.ok(first.status >= 500, fault);
    t.mock.timers.tick(2999);
    const early = await create(body, "key");
    assert.equal(early.status, 503, fault);
    assert.match(early.headers.get("retry-after"), /^[12]$/);
    t.mock.timers.tick(1);
    // What is delayed would be made meanwhile.
    if (fault.startsWith("delay")) await sleep(1000);
    assert.equal((await made(body.last_name)).length, wasMade ? 1 : 0, fault);
    assert.equal((await create(body, "key")).status, 201, fault);
    assert.equal((await create(body, "key")).status, 201, fault);
    assert.equal((await made(body.last_name)).length, 1, fault);
  }
});

test("two creates with equal bodies have a customer each", async () => {
  const body = { last_name: fresh() };
  const idempotency = createMemoryLedger();
  const fine = proxied(undefined, { idempotency });
  const one = await (await fine.create(body, "one")).json();
  const lost = proxied("json,ok", { idempotency });
  assert.equal((await lost.create(body, "two")).status, 502);
  const two = await (await lost.create(body, "two")).json();
  assert.notEqual(two.customer.id, one.customer.id);
  assert.equal((await made(body.last_name)).length, 2);
  // If only one was created, it is not taken for the other one.
  const failed = proxied("status=500", { idempotency });
  await failed.create(body, "three");
  assert.equal((await failed.create(body, "three")).status, 201);
  assert.equal((await made(body.last_name)).length, 3);
});

test("after a failed look-up nothing is sent, and it can be repeated", async () => {
  const { create, seen } = proxied("json,status=500,reset,html");
  const body = { last_name: fresh() };
  await create(body, "key");
  for (let look = 0; look < 3; look++) assert.ok((await create(body, "key")).status >= 500);
  assert.equal((await create(body, "key")).status, 201);
  assert.equal((await made(body.last_name)).length, 1);
  assert.equal((await seen()).filter((line) => line === "POST /customers").length, 1);
});

test("nothing is sent without the ledger", async () => {
  const last_name = fresh();
  const failing = () =>
    Promise.reject(Object.assign(new Error("overloaded"), { overloaded: true }));
  for (const idempotency of [
    { begin: failing, end: failing, claim: failing },
    () => {
      throw new Error("no binding");
    },
  ]) {
    const { create } = proxied(undefined, { idempotency });
    const response = await create({ last_name }, "key");
    assert.ok(response.status === 503 || response.status === 500);
  }
  assert.deepEqual(await made(last_name), []);
});

test("the ledger contains neither customer data nor the key", async () => {
  const held = [];
  const ledger = createMemoryLedger();
  const watched = Object.fromEntries(
    ["begin", "end", "claim"].map((name) => [
      name,
      (...given) => {
        held.push(JSON.stringify(given));
        return ledger[name](...given);
      },
    ]),
  );
  const { create } = proxied("json", { idempotency: watched });
  const body = { last_name: fresh(), email: "secret@example.com" };
  await create(body, "key-of-the-caller");
  await create(body, "key-of-the-caller");
  assert.ok(held.length >= 4);
  for (const text of held)
    for (const told of ["secret", "key-of-the-caller", body.last_name])
      assert.ok(!text.includes(told));
});

test("the package's client sends a key, and retries a create through such a proxy", async () => {
  for (const fault of ["lost", "truncate", "status=500", "json", "status=503"]) {
    const { proxy } = proxied(fault, { timeout: 500 });
    const api = new CustomersApi({
      baseUrl: "https://app.example/api",
      idempotency: true,
      maxRetries: 4,
      fetch: (url, init) => proxy(new Request(url, init)),
    });
    const last_name = fresh();
    const customer = await api.create({ last_name });
    const [only, ...others] = await made(last_name);
    assert.equal(customer.id, only.id, fault);
    assert.deepEqual(others, [], fault);
  }
});
