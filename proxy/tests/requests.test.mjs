// What is sent for a request, and what is refused by the rules, by the operator, and by `authorize`.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { chance } from "../../tests/support/random.mjs";
import { anyAnswer, direct, operations, requests } from "./support/direct.mjs";
import { complaints, createCustomersProxy } from "./support/package.mjs";
import { scope, token } from "./support/upstream.mjs";

// Keeps the process alive as a server would: the proxy's own timers do not.
const server = setInterval(() => {}, 1000);
after(() => clearInterval(server));

const authorize = () => true;

test("each operation is sent as the contract writes it, with our token and nothing of the caller's", async () => {
  const { ask, seen } = direct();
  for (const [method, target, init] of Object.values(requests))
    assert.equal((await ask(method, target, init)).status, 200);
  const json = { accept: "application/json", authorization: `Bearer ${token}` };
  const written = { ...json, "content-type": "application/json" };
  assert.deepEqual(seen, [
    { method: "GET", target: "/customers?limit=5", headers: json, body: "" },
    { method: "GET", target: "/customers/a", headers: json, body: "" },
    { method: "POST", target: "/customers", headers: written, body: '{"first_name":"Ada"}' },
    { method: "PUT", target: "/customers/a", headers: written, body: '{"notes":"x"}' },
    { method: "DELETE", target: "/customers/a", headers: json, body: "" },
  ]);
});

test("a body is forwarded byte for byte", async () => {
  const { ask, seen } = direct();
  const body = ' {\n\t"first_name" : "\\u0041da \u00e9"\r\n} ';
  await ask("POST", "/customers", { body });
  assert.equal(seen[0].body, body);
});

test("a valid traceparent is sent on", async () => {
  const { ask, seen } = direct();
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  for (const given of [
    traceparent,
    traceparent.toUpperCase(),
    `${traceparent}-00`,
    traceparent.replace(/^00/, "ff"),
    traceparent.slice(0, -1),
    `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
  ])
    await ask("GET", "/customers", { headers: { traceparent: given } });
  await ask("GET", "/customers", { headers: { traceparent, connection: "close, Traceparent" } });
  const sent = seen.map(({ headers }) => headers.traceparent);
  assert.deepEqual(sent, [traceparent, ...Array(6).fill(undefined)]);
});

test("only reading is allowed unless the operator allows more", async () => {
  const { ask, seen } = direct(anyAnswer, { allow: undefined });
  for (const name of operations) {
    const [method, target, init] = requests[name];
    const response = await ask(method, target, init);
    const isRead = name === "list" || name === "get";
    assert.equal(response.status, isRead ? 200 : 405, name);
    if (!isRead) assert.equal(response.headers.get("allow"), "GET");
  }
  assert.equal(seen.length, 2);
});

test("a path without an allowed operation is not found", async () => {
  const { ask, events } = direct(anyAnswer, { allow: ["list"] });
  assert.equal((await ask("GET", "/customers/a")).status, 404);
  const all = await direct().ask("PATCH", "/customers/a", { body: "{}" });
  assert.equal(all.headers.get("allow"), "GET, PUT, DELETE");
  assert.equal(events[0].refusedBy, "path");
});

test("only the result of authorize counts", async () => {
  for (const [given, status, count] of [
    [true, 200, 1],
    [{ tenant: "t" }, 200, 1],
    [{ filters: { labels: ["VIP"] } }, 200, 1],
    [false, 403, 0],
    [undefined, 403, 0],
    [null, 403, 0],
    [1, 403, 0],
    ["yes", 403, 0],
    // A scope that is not understood must not let anything pass.
    [{}, 500, 0],
    [[], 500, 0],
    [{ user: "u" }, 500, 0],
    [{ tenant: undefined }, 500, 0],
    [{ tenant: "" }, 500, 0],
    [{ tenant: 1 }, 500, 0],
    [{ bulk: "yes" }, 500, 0],
    [{ filters: undefined }, 500, 0],
    [{ filters: null }, 500, 0],
    [{ filters: {} }, 500, 0],
    [{ filters: [] }, 500, 0],
    [{ filters: { associated_venues: undefined } }, 500, 0],
    [{ filters: { associated_venues: "venue-a" } }, 500, 0],
    [{ filters: { associated_venues: [undefined] } }, 500, 0],
    [{ filters: { associated_venues: [1] } }, 500, 0],
    [{ filters: { associated_venues: [""] } }, 500, 0],
    [{ filters: { associated_venues: ["a,b"] } }, 500, 0],
    [{ filters: { associatedVenues: ["a"] } }, 500, 0],
    [{ filters: { email: ["a@example.com"] } }, 500, 0],
    [{ filters: { labels: ["a"], email: ["a@example.com"] } }, 500, 0],
    [{ filter: { labels: ["a"] } }, 500, 0],
    [{ tenant: "t", filter: { labels: ["a"] } }, 500, 0],
  ]) {
    const { ask, seen } = direct(anyAnswer, { authorize: async () => given });
    const response = await ask("GET", "/customers");
    assert.equal(response.status, status, JSON.stringify(given));
    assert.equal(seen.length, count, JSON.stringify(given));
  }
});

test("authorize is called before anything of the request is read", async () => {
  const asked = [];
  const { ask, seen } = direct(anyAnswer, {
    authorize: (request, more) => {
      asked.push([request.method, more]);
      return false;
    },
  });
  const [env, ctx] = [{ SECRET: 1 }, {}];
  assert.equal((await ask("POST", "/customers", { body: "no JSON", env, ctx })).status, 403);
  assert.equal((await ask("GET", "/customers?unknown=1")).status, 403);
  assert.equal((await ask("GET", "/elsewhere")).status, 404);
  assert.deepEqual(asked, [
    ["POST", { operation: "create", env, ctx }],
    ["GET", { operation: "list", env: undefined, ctx: undefined }],
  ]);
  assert.deepEqual(seen, []);
});

test("a Response of authorize is sent as it is", async () => {
  const { ask, seen, events } = direct(anyAnswer, {
    origins: ["https://page.example"],
    authorize: () =>
      new Response("sign in", {
        status: 401,
        headers: [
          ["WWW-Authenticate", "Bearer"],
          ["Set-Cookie", "a=1"],
          ["Set-Cookie", "b=2"],
          ["Cache-Control", "public"],
        ],
      }),
  });
  const response = await ask("GET", "/customers", { headers: { origin: "https://page.example" } });
  assert.equal(response.status, 401);
  assert.equal(await response.text(), "sign in");
  assert.deepEqual(response.headers.getSetCookie(), ["a=1", "b=2"]);
  assert.equal(response.headers.get("www-authenticate"), "Bearer");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(response.headers.get("access-control-allow-origin"), "https://page.example");
  assert.equal(response.headers.get("content-type"), "text/plain;charset=UTF-8");
  assert.deepEqual(seen, []);
  assert.equal(events[0].status, 401);
});

test("a Response of authorize that cannot be sent is an error of the set-up", async () => {
  const denied = new Response("sign in", { status: 401 });
  const same = direct(anyAnswer, { authorize: () => denied });
  assert.equal(await (await same.ask("GET", "/customers")).text(), "sign in");
  for (const { ask, events } of [same, direct(anyAnswer, { authorize: () => Response.error() })]) {
    const response = await ask("GET", "/customers");
    assert.equal(response.status, 500);
    assert.equal(await response.text(), '{"message":"Server Error"}');
    assert.equal(events.at(-1).refusedBy, "authorize");
  }
});

test("nothing passes if authorize fails, or reads the body", async () => {
  const failing = direct(anyAnswer, {
    authorize: () => {
      throw new Error(`a secret: ${token}`);
    },
  });
  const failed = await failing.ask("GET", "/customers");
  assert.equal(failed.status, 500);
  assert.equal(await failed.text(), '{"message":"Server Error"}');
  const reading = direct(anyAnswer, {
    authorize: async (request) => (await request.json()) && true,
  });
  assert.equal((await reading.ask("POST", "/customers", { body: "{}" })).status, 500);
  const cloning = direct(anyAnswer, {
    authorize: async (request) => (await request.clone().json()) && true,
  });
  assert.equal((await cloning.ask("POST", "/customers", { body: "{}" })).status, 200);
  assert.deepEqual([...failing.seen, ...reading.seen], []);
  assert.equal(failing.events[0].refusedBy, "authorize");
});

test("a body is read up to its limit, for any stated length", async () => {
  const body = (length) => `{"notes":"${"x".repeat(length - 12)}"}`;
  const { ask, seen } = direct(anyAnswer, { maxBodyBytes: 100 });
  assert.equal((await ask("POST", "/customers", { body: body(100) })).status, 200);
  assert.equal((await ask("POST", "/customers", { body: body(101) })).status, 413);
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 10;
      controller.enqueue(new Uint8Array(10).fill(32));
    },
  });
  const headers = { "content-length": "2" };
  assert.equal((await ask("POST", "/customers", { body: endless, headers })).status, 413);
  assert.ok(sent < 200, `${sent} bytes were taken`);
  assert.equal(seen.length, 1);
});

test("a body that arrives in pieces is put together", async () => {
  const { ask, seen } = direct();
  const text = '{"first_name":"\u00e9\u{1f600}"}';
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  assert.equal((await ask("POST", "/customers", { body })).status, 200);
  assert.equal(seen[0].body, text);
});

test("a stalled body is given up at the deadline, a broken one at once", async () => {
  const impatient = direct(anyAnswer, { timeout: 50 });
  const silent = new ReadableStream({ pull: () => new Promise(() => {}) });
  assert.equal((await impatient.ask("POST", "/customers", { body: silent })).status, 408);
  const patient = direct();
  const broken = new ReadableStream({
    pull() {
      throw new Error("reset");
    },
  });
  assert.equal((await patient.ask("POST", "/customers", { body: broken })).status, 400);
  assert.deepEqual([impatient.seen, patient.seen], [[], []]);
});

test("a query is read up to its limit", async () => {
  const { ask, seen } = direct();
  const query = (length) => `?query=${"a".repeat(length - "?query=".length)}`;
  assert.equal((await ask("GET", `/customers${query(16_384)}`)).status, 200);
  assert.equal((await ask("GET", `/customers${query(16_385)}`)).status, 414);
  assert.equal(seen.length, 1);
});

test("issues have the form of the service's shape", async () => {
  const { ask } = direct();
  const body = JSON.stringify({ email: "x", company_address: { city: 5 }, labels: [1] });
  const response = await ask("POST", "/customers", { body });
  assert.equal(response.status, 422);
  assert.equal(response.headers.get("content-type"), "application/json");
  const { message, errors } = await response.json();
  assert.equal(message, "The given data was invalid.");
  assert.deepEqual(Object.keys(errors).sort(), ["company_address.city", "email", "labels.0"]);
  const query = await (await ask("GET", "/customers?limit=31")).json();
  assert.deepEqual(query.errors, { limit: ["Must be from 1 to 30"] });
});

test('with enforce: "log", requests that only break the contract pass and are reported', async () => {
  const { ask, seen, events } = direct(anyAnswer, { enforce: "log" });
  assert.equal((await ask("POST", "/customers", { body: '{"loyalty":1}' })).status, 200);
  assert.equal((await ask("GET", "/customers?perPage=5&limit=9")).status, 200);
  assert.equal((await ask("GET", "/customers?limit=9")).status, 200);
  assert.equal((await ask("POST", "/customers", { body: '{"_method":"DELETE"}' })).status, 422);
  assert.equal((await ask("DELETE", "/customers/a%2fb")).status, 404);
  assert.deepEqual(
    events.map(({ isOutOfContract }) => isOutOfContract),
    [true, true, false, false, false],
  );
  assert.equal(seen.length, 3);
});

test("unknown or wrong options are refused when the proxy is created", () => {
  const good = { token, authorize };
  assert.equal(typeof createCustomersProxy(good), "function");
  for (const [options, expected] of [
    [undefined, /options/],
    [{ token }, /authorize is missing/],
    [{ ...good, authorise: authorize }, /Unknown option "authorise"/],
    [{ ...good, authorize: true }, /authorize must be a function/],
    [{ ...good, allow: ["read"] }, /allow must be a list of operations/],
    [{ ...good, allow: "list" }, /allow must be/],
    [{ ...good, origins: ["*"] }, /origins must be/],
    [{ ...good, origins: ["null"] }, /origins must be/],
    [{ ...good, origins: ["https://app.example/"] }, /origins must be/],
    [{ ...good, origins: ["app.example"] }, /origins must be/],
    [{ ...good, origins: ["https://APP.example"] }, /origins must be/],
    [{ ...good, basePath: "api" }, /basePath must be/],
    [{ ...good, basePath: "/api/" }, /basePath must be/],
    [{ ...good, maxBodyBytes: 0 }, /maxBodyBytes must be/],
    [{ ...good, timeout: 0 }, /timeout must be/],
    [{ ...good, timeout: 2 ** 31 }, /timeout must be/],
    [{ ...good, enforce: "warn" }, /enforce must be/],
    [{ ...good, onEvent: {} }, /onEvent must be/],
    [{ ...good, baseUrl: "http://service.example" }, /baseUrl must/],
    [{ ...good, baseUrl: "/service" }, /baseUrl must be absolute/],
    [{ ...good, baseUrl: "https://service.example", environment: "playpen" }, /either/],
    [{ authorize }, /token is missing/],
    [{ ...good, token: "a\nb" }, /token must be/],
  ]) {
    assert.throws(
      () => createCustomersProxy(options),
      (error) => {
        assert.ok(error instanceof TypeError);
        assert.match(error.message, expected);
        assert.ok(!error.message.includes(token));
        return true;
      },
    );
  }
});

test("a call without a Request is rejected, and says what a proxy is called with", async () => {
  const { proxy, seen } = direct();
  const url = "https://app.example/api/customers";
  const incoming = { url: "/api/customers", method: "GET", headers: { host: "app.example" } };
  for (const value of [undefined, null, url, {}, incoming, { req: { raw: new Request(url) } }])
    await assert.rejects(proxy(value), { name: "TypeError", message: /^Expected a Request, / });
  assert.deepEqual(seen, []);
  // A framework's own class.
  const own = { url, method: "GET", headers: new Headers() };
  assert.equal((await proxy(own)).status, 200);
});

test("the token may come from a function of the bindings; with a bad one nothing is sent", async () => {
  const { ask, seen } = direct(anyAnswer, { token: async (env) => env.TOKEN });
  await ask("GET", "/customers", { env: { TOKEN: "one" } });
  await ask("GET", "/customers", { env: { TOKEN: "two" } });
  assert.deepEqual(
    seen.map(({ headers }) => headers.authorization),
    ["Bearer one", "Bearer two"],
  );
  for (const bad of [undefined, "", "a b", "a\r\nb", 5]) {
    const response = await ask("GET", "/customers", { env: { TOKEN: bad } });
    assert.equal(response.status, 500);
    assert.equal(await response.text(), '{"message":"Server Error"}');
  }
  assert.equal(seen.length, 2);
});

test("for random requests, the service receives only operations in scope", async () => {
  const { next, oneOf, some } = chance(20_190_306);
  const filters = { [scope.list]: scope.own };
  const { ask, seen } = direct(anyAnswer, { authorize: () => ({ filters }) });
  const loose = direct(anyAnswer, { authorize: () => ({ filters }), enforce: "log" });
  const steps = [
    "/",
    "customers",
    "..",
    ".",
    "%2e",
    "%2f",
    "%5c",
    "\\",
    "a",
    ";",
    "%00",
    "%",
    "é",
    "%252e",
    "Customers",
    "//",
    "?",
  ];
  const names = [
    "associated_venues",
    "associated%5Fvenues",
    "associated_venues[]",
    "associated.venues",
    "labels",
    "limit",
    "page",
    "_method",
    "x",
    "",
  ];
  const values = [
    "venue-a",
    "venue-z",
    "venue-b,venue-z",
    "venue-a%2Cvenue-z",
    "",
    "1",
    "31",
    "%ff",
    "%",
    "+",
    ",",
    "#",
    "é",
  ];
  const members = [
    '"associated_venues":["venue-a"]',
    '"associated_venues":["venue-z"]',
    '"associated_venues":null',
    '"associated_venues":[]',
    '"labels":["VIP"]',
    '"id":"a"',
    '"id":"b"',
    '"notes":"x"',
    '"_method":"PUT"',
    '"x":{"x":1,"x":2}',
    '"associated\\u005fvenues":["venue-z"]',
    '"notes":',
  ];
  let passed = 0;
  for (let round = 0; round < 20_000; round++) {
    const path =
      next() < 0.6 ? oneOf(["/customers", "/customers/a"]) : some(6, () => oneOf(steps)).join("");
    const query = some(3, () => `${oneOf(names)}=${oneOf(values)}`).join("&");
    const method = oneOf(["GET", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]);
    const body =
      method === "GET" || method === "HEAD"
        ? undefined
        : `{${some(3, () => oneOf(members)).join(",")}}`;
    const headers = some(2, () => [
      oneOf(["x-http-method-override", "connection", "x-forwarded-host", "traceparent", "cookie"]),
      oneOf(["DELETE", "authorization", "collins-attack-mark"]),
    ]);
    const target = query && next() < 0.7 ? `${path}?${query}` : path;
    for (const proxy of [ask, loose.ask]) {
      const response = await proxy(method, target, { body, headers });
      passed += response.status === 200 ? 1 : 0;
    }
  }
  for (const request of [...seen, ...loose.seen]) {
    const found = complaints(request, { scope, authorization: `Bearer ${token}` });
    assert.deepEqual(found, [], JSON.stringify(request));
    if (request.method === "PUT") {
      const { id = "a", associated_venues: venues = ["venue-a"] } = JSON.parse(request.body);
      assert.equal(id, "a");
      assert.ok(venues.includes("venue-a") && !venues.includes("venue-z"));
    }
  }
  // Some of the requests were valid: otherwise nothing would have been tested.
  assert.ok(passed > 2000, `${passed} passed`);
});
