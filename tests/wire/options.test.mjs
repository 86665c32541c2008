// Options: their names, their forms, and the errors for wrong ones.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  anyAnswer,
  CustomersApi,
  calls,
  clientOf,
  id,
  json,
  module,
  rejection,
} from "../support/package.mjs";

const token = "t";
const refused = { name: "ConfigurationError" };

test("undefined is absent, wherever options are merged", async () => {
  const urlOf = async (make) => {
    const urls = [];
    const fetch = async (url) => {
      urls.push(url);
      return json({ customers: [] });
    };
    await make(fetch).list();
    return urls[0];
  };
  const playpen = "https://api-playpen.collinsbookings.com/api/customers";
  const own = "https://proxy.example/customers";
  for (const [options, overrides, expected] of [
    [{ environment: "playpen" }, { environment: undefined }, playpen],
    [{ environment: "playpen" }, { baseUrl: undefined }, playpen],
    [{ environment: "playpen" }, { environment: undefined, baseUrl: undefined }, playpen],
    [{ environment: "playpen", baseUrl: undefined }, { timeout: undefined }, playpen],
    [{ baseUrl: "https://proxy.example" }, { environment: undefined }, own],
    [{ baseUrl: "https://proxy.example", environment: undefined }, {}, own],
    [{ environment: "playpen" }, { baseUrl: "https://proxy.example" }, own],
    [{ baseUrl: "https://proxy.example" }, { environment: "playpen", baseUrl: undefined }, playpen],
  ]) {
    const make = (fetch) => new CustomersApi({ token, fetch, ...options }).withOptions(overrides);
    assert.equal(await urlOf(make), expected, JSON.stringify([options, overrides]));
    // Once more through a client in between.
    const twice = (fetch) => make(fetch).withOptions({ environment: undefined, token: undefined });
    assert.equal(await urlOf(twice), expected);
  }

  const { api, requests } = clientOf(() => json({}, { status: 500 }), { maxRetries: 0 });
  await rejection(api.withOptions({ maxRetries: undefined }).get(id, { maxRetries: undefined }));
  await rejection(api.get(id, { timeout: undefined, headers: undefined, signal: undefined }));
  assert.equal(requests.length, 2);
});

test("a client keeps its options if the object changes later", async () => {
  const options = { token, baseUrl: "https://proxy.example", headers: { "X-Own": "1" } };
  const { api, requests } = clientOf(undefined, options);
  const other = new CustomersApi({ ...options, fetch: async () => json({ customers: [] }) });
  options.baseUrl = "https://evil.example";
  options.headers["X-Own"] = "2";
  await api.list();
  await other.list();
  assert.equal(new URL(requests[0].url).host, "proxy.example");
  assert.equal(requests[0].headers.get("X-Own"), "1");
});

test("a client made from another one has the options that it had at its creation", async () => {
  const { api, requests } = clientOf();
  const fetch = async (url, init) => requests.push({ url, ...init }) && anyAnswer();
  const options = {
    token: "one",
    baseUrl: "https://one.example",
    headers: { "X-Own": "1" },
    fetch,
  };
  const first = new CustomersApi(options);
  options.token = "two";
  options.baseUrl = "https://two.example";
  options.headers["X-Own"] = "2";
  await first.withOptions({ timeout: 1000 }).list();
  const [{ url, headers }] = requests.splice(0);
  assert.equal(new URL(url).host, "one.example");
  assert.equal(headers.get("Authorization"), "Bearer one");
  assert.equal(headers.get("X-Own"), "1");

  // Headers that can be read only once.
  const once = [["X-Own", "1"]][Symbol.iterator]();
  await api.withOptions({ headers: once }).withOptions({ timeout: 1000 }).list();
  assert.equal(requests[0].headers.get("X-Own"), "1");
});

test("headers may be given in every usual form, and none is dropped", async () => {
  const forms = {
    object: { "X-Own": "1", "X-Left": undefined },
    "an object without a prototype": Object.assign(Object.create(null), { "X-Own": "1" }),
    Headers: new Headers({ "X-Own": "1" }),
    Map: new Map([["X-Own", "1"]]),
    pairs: [["X-Own", "1"]],
    URLSearchParams: new URLSearchParams("X-Own=1"),
    generator: (function* () {
      yield ["X-Own", "1"];
    })(),
  };
  for (const [what, headers] of Object.entries(forms)) {
    const { api, requests } = clientOf(undefined, { headers });
    await api.get(id);
    assert.equal(requests[0].headers.get("X-Own"), "1", what);
    assert.equal(requests[0].headers.has("X-Left"), false);
    assert.equal(requests[0].headers.get("Authorization"), "Bearer sandbox");
  }
  for (const headers of [[], new Map(), {}, new Headers()]) {
    const { api, requests } = clientOf(undefined, { headers });
    await api.get(id, { headers });
    assert.equal([...requests[0].headers].length, 2);
  }
  const { api, requests } = clientOf(undefined, { headers: new Map([["X-Own", "1"]]) });
  for (const headers of [{ "x-own": null }, [["x-own", null]], new Map([["X-OWN", null]])]) {
    await api.get(id, { headers });
    assert.equal(requests.at(-1).headers.has("X-Own"), false);
  }
});

test("inherited properties of all objects are not options, and change nothing", async () => {
  const program = fileURLToPath(new URL("../support/pollution.mjs", import.meta.url));
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [program, module], { timeout: 60_000 });
  const [usual, ...rows] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(usual.sent.length, 18, JSON.stringify(usual));
  assert.ok(rows.length > 40);
  for (const { name, ...row } of rows) {
    assert.deepEqual(row, { sent: usual.sent, came: usual.came, evil: [] }, name);
  }
});

test("the error for an unknown option suggests a similar one", async () => {
  const messageOf = (options) => {
    try {
      new CustomersApi({ token, baseUrl: "https://proxy.example", ...options });
    } catch (error) {
      return error.message;
    }
    throw new Error("it was taken");
  };
  for (const [name, meant] of Object.entries({
    baseURL: "baseUrl",
    base_url: "baseUrl",
    url: "baseUrl",
    retries: "maxRetries",
    maxRetrys: "maxRetries",
    tokens: "token",
    tokn: "token",
    tiemout: "timeout",
    timeoutMs: "timeout",
    header: "headers",
    onretry: "onRetry",
    log_level: "logLevel",
    enviroment: "environment",
  })) {
    assert.equal(messageOf({ [name]: 1 }), `Unknown option "${name}". Did you mean "${meant}"?`);
  }
  assert.equal(messageOf({ zzz: 1 }), 'Unknown option "zzz"');
  assert.equal(messageOf({ [`${"a".repeat(1e6)}`]: 1 }).length, 1e6 + 17);
  assert.equal(
    messageOf({ timeout: "30s" }),
    "timeout must be a number of milliseconds above 0; its type is string",
  );
  assert.equal(messageOf({ timeout: 0 }), "timeout must be a number of milliseconds above 0");
  const { api } = clientOf();
  const { message } = await rejection(api.get(id, { token }));
  assert.equal(
    message,
    'Unknown option "token" of a call. It is an option of the client: see withOptions',
  );
});

test("with a token http: is only for loopback hosts, unless allowed; without one for any host", async () => {
  const baseUrl = "http://192.168.1.20:8787/api";
  const { api, requests } = clientOf(undefined, { baseUrl, token: undefined });
  await api.list();
  assert.equal(requests[0].url, `${baseUrl}/customers`);
  assert.equal(requests[0].headers.has("Authorization"), false);
  for (const options of [
    { token },
    { token: async () => token },
    { token: undefined, headers: { authorization: `Bearer ${token}` } },
    { token: undefined, headers: new Headers({ Authorization: token }) },
    { token, dangerouslyAllowUnencryptedToken: false },
  ]) {
    assert.throws(
      () => clientOf(undefined, { baseUrl, ...options }),
      (error) => /https:\/\/.*dangerouslyAllowUnencryptedToken/.test(error.message),
    );
    clientOf(undefined, { baseUrl: "http://localhost:1", ...options });
    clientOf(undefined, { baseUrl, ...options, dangerouslyAllowUnencryptedToken: true });
  }
  const error = await rejection(api.list({}, { headers: { AUTHORIZATION: token } }));
  assert.equal(error.name, "ConfigurationError");
  assert.equal(requests.length, 1);
  // An override must not send a token to a host where it is not allowed.
  assert.throws(() => api.withOptions({ token }), refused);
});

test("a path without a page is refused at the call, and not when the client is created", async () => {
  for (const baseUrl of ["/api", "/", "/deep/api/"]) {
    for (const options of [{ token: undefined }, {}, { dangerouslyAllowBrowser: true }]) {
      const { api, requests } = clientOf(undefined, { baseUrl, ...options });
      for (const call of Object.values(calls)) {
        const error = await rejection(call(api));
        assert.equal(error.name, "ConfigurationError");
        assert.match(error.message, /absolute here: only in a page/);
      }
      assert.equal(requests.length, 0);
    }
  }
});

test("the error for a missing token mentions the environment variable", () => {
  for (const options of [{}, { token: undefined }, { environment: "playpen", token: undefined }])
    assert.throws(() => new CustomersApi(options), /token is missing.*environment variable/);
});

test("a create with a key is sent again with the same key, and each create has its own", async () => {
  let answers = 0;
  const options = { idempotency: true, maxRetries: 2 };
  const { api, requests } = clientOf(
    () => (answers++ % 2 ? json({ customer: { id } }) : Promise.reject(new TypeError("lost"))),
    options,
  );
  await api.create({ first_name: "Ada" });
  await api.create({ first_name: "Ada" });
  const keys = requests.map(({ headers }) => headers.get("Idempotency-Key"));
  assert.equal(keys.length, 4);
  assert.match(keys[0], /^[0-9a-f-]{32,36}$/);
  assert.equal(keys[0], keys[1]);
  assert.equal(keys[2], keys[3]);
  assert.notEqual(keys[0], keys[2]);

  // Without a secure context there is another source.
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  try {
    await api.create({});
    assert.match(requests.at(-1).headers.get("Idempotency-Key"), /^[0-9a-f]{32}$/);
  } finally {
    Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  }

  const own = { headers: { "Idempotency-Key": "mine" } };
  await api.create({}, own);
  assert.equal(requests.at(-1).headers.get("Idempotency-Key"), "mine");

  answers = 1;
  for (const call of [calls.list, calls.get, calls.update, calls.delete]) {
    const others = clientOf(undefined, options);
    await call(others.api);
    assert.equal(others.requests[0].headers.has("Idempotency-Key"), false);
  }
  const without = clientOf(() => Promise.reject(new TypeError("lost")));
  await rejection(without.api.create({}));
  assert.equal(without.requests.length, 1);
  assert.equal(without.requests[0].headers.has("Idempotency-Key"), false);
  for (const place of [
    {},
    { environment: "playpen" },
    { baseUrl: "https://API.collinsbookings.com./x" },
  ])
    assert.throws(
      () => new CustomersApi({ token, idempotency: true, ...place }),
      /Idempotency-Key/,
    );
});
