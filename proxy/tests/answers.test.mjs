// Responses: those of the service, the headers of every response, and what no response may reveal.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  ApiError,
  AuthenticationError,
  CustomersApi,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from "../../tests/support/package.mjs";
import { anyAnswer, direct, operations, requests } from "./support/direct.mjs";
import { createMemoryLedger } from "./support/package.mjs";
import { token } from "./support/upstream.mjs";

// Keeps the process alive as a server would: the proxy's own timers do not.
const server = setInterval(() => {}, 1000);
after(() => clearInterval(server));

const origin = "https://page.example";
const from = { headers: { origin } };

const refusals = {
  404: ["GET", "/elsewhere"],
  405: ["PATCH", "/customers", { body: "{}" }],
  414: ["GET", `/customers?query=${"a".repeat(20_000)}`],
  415: ["POST", "/customers", { body: "{}", headers: { "content-type": "text/plain" } }],
  400: ["POST", "/customers", { body: "[]" }],
  422: ["GET", "/customers?limit=0"],
};

test("every answer is readable for the allowed origins, and is not cached", async () => {
  const { ask } = direct(anyAnswer, { origins: [origin] });
  const all = { ...refusals, 200: requests.list };
  for (const [status, [method, target, init]] of Object.entries(all)) {
    const response = await ask(method, target, { ...init, headers: { origin, ...init?.headers } });
    assert.equal(response.status, Number(status));
    const header = (name) => response.headers.get(name);
    assert.equal(header("access-control-allow-origin"), origin);
    for (const name of ["X-Pagination-Total-Pages", "X-RateLimit-Remaining", "Retry-After", "Date"])
      assert.ok(header("access-control-expose-headers").includes(name), name);
    assert.equal(header("cache-control"), "no-store");
    assert.equal(header("vary"), "Origin");
    assert.equal(header("content-type"), "application/json");
    assert.equal(header("x-content-type-options"), "nosniff");
    assert.ok(Object.keys(await response.json()).length > 0);
  }
});

test("without an allowed origin there are no headers for origins", async () => {
  for (const [origins, given] of [
    [[], origin],
    [[origin], "https://other.example"],
    [[origin], undefined],
  ]) {
    const { ask } = direct(anyAnswer, { origins });
    const headers = given ? { origin: given } : {};
    const response = await ask("GET", "/customers", { headers });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("vary"), "Origin");
    const names = [...response.headers.keys()].filter((name) => name.startsWith("access-control"));
    assert.deepEqual(names, []);
  }
});

test("a preflight lists what is allowed, and sends nothing to the service", async () => {
  const { ask, seen } = direct(anyAnswer, { origins: [origin], allow: ["list", "get", "update"] });
  const preflight = (target, from = origin) =>
    ask("OPTIONS", target, { headers: { origin: from, "access-control-request-method": "PUT" } });
  const one = await preflight("/customers/a");
  assert.equal(one.status, 204);
  assert.equal(one.headers.get("access-control-allow-methods"), "GET, PUT");
  assert.match(one.headers.get("access-control-allow-headers"), /Content-Type.*Idempotency-Key/);
  const all = await preflight("/customers");
  assert.equal(all.headers.get("access-control-allow-methods"), "GET");
  assert.equal((await preflight("/elsewhere")).status, 404);
  assert.equal((await preflight("/customers", "https://other.example")).status, 403);
  assert.equal((await ask("OPTIONS", "/customers", from)).status, 405);
  assert.deepEqual(seen, []);
});

test("the service's answers go on as they are", async () => {
  for (const [status, body] of [
    [200, '{"customers":[] }'],
    [404, '{"message":"The requested resource was not found"}'],
    [422, '{"message":"x","errors":{"email":["y"]}}'],
    [429, '{"message":"Too Many Attempts."}'],
    [500, '{"message":"Server Error"}'],
    [418, "{}"],
  ]) {
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "retry-after": "5",
      "x-ratelimit-remaining": "3",
      "x-pagination-page": "2",
      date: "Wed, 06 Mar 2019 17:00:00 GMT",
      "x-other": "y",
    };
    const { ask } = direct(() => new Response(body, { status, headers }));
    const response = await ask("GET", "/customers");
    assert.equal(response.status, status);
    assert.equal(await response.text(), body);
    for (const name of Object.keys(headers).slice(1, 5))
      assert.equal(response.headers.get(name), headers[name]);
    assert.equal(response.headers.get("x-other"), null);
  }
});

test("a 429 of the service says for how long, not the tenant's hour", async () => {
  const quota = createMemoryLedger();
  const answer = (headers) => () =>
    Response.json({ message: "Too Many Attempts." }, { status: 429, headers });
  const resetOf = async (headers) => {
    const response = await direct(answer(headers), { quota }).ask("GET", "/customers");
    assert.equal(response.status, 429);
    assert.match(response.headers.get("x-ratelimit-remaining"), /^\d+$/, "the tenant's own");
    return response.headers.get("x-ratelimit-reset");
  };
  const reset = "2019-03-06T17:00:02Z";
  assert.equal(await resetOf({ "X-RateLimit-Reset": reset }), reset);
  assert.equal(await resetOf({ "Retry-After": "2" }), null);
  // Any other answer, and a 429 of the proxy itself, has the tenant's.
  const { ask } = direct(undefined, { quota });
  assert.ok(Date.parse((await ask("GET", "/customers")).headers.get("x-ratelimit-reset")));
  const spent = createMemoryLedger({ limit: 1 });
  const own = direct(undefined, { quota: spent });
  await own.ask("GET", "/customers");
  const refused = await own.ask("GET", "/customers");
  assert.equal(refused.status, 429);
  assert.ok(Date.parse(refused.headers.get("x-ratelimit-reset")) > Date.now());
});

test("an answer that must not be forwarded becomes a 502", async () => {
  const unauthorized = () => Response.json({ error: "Unauthenticated." }, { status: 401 });
  for (const answer of [
    unauthorized,
    () => Response.json({}, { status: 403 }),
    () => new Response(null, { status: 302, headers: { location: "https://other.example" } }),
    () => new Response(null, { status: 304 }),
    () => Response.error(),
    () => new Response("<html>", { headers: { "content-type": "text/html" } }),
    () => new Response("{}"),
    () => {
      throw new TypeError(`fetch failed: https://service.example/api/customers ${token}`);
    },
    () => ({ status: 999, headers: new Headers(), body: null }),
    () => ({ status: 101, headers: new Headers(), body: null }),
  ]) {
    const { ask, events } = direct(answer);
    const response = await ask("GET", "/customers");
    assert.equal(response.status, 502);
    assert.equal(await response.text(), '{"message":"Bad Gateway"}');
    assert.equal(response.headers.get("location"), null);
    assert.equal(events[0].refusedBy, "upstream");
  }
});

test("a gateway's page goes on as what its status says", async () => {
  const { ask } = direct(
    () => new Response("<script>", { status: 503, headers: { "retry-after": "7" } }),
  );
  const response = await ask("GET", "/customers");
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("retry-after"), "7");
  assert.equal(await response.text(), '{"message":"Service Unavailable"}');
});

test("a delete ends with 204 or an empty success", async () => {
  for (const [answer, status] of [
    [() => new Response(null, { status: 204 }), 204],
    [() => new Response(null, { status: 200 }), 204],
    [() => new Response("", { status: 200 }), 204],
    [() => Response.json({ deleted: true }), 200],
    [() => new Response("<html>", { status: 200 }), 502],
  ]) {
    const { ask } = direct(answer);
    assert.equal((await ask("DELETE", "/customers/a")).status, status);
  }
});

test("answers are forwarded as they arrive", async () => {
  let send;
  const body = new ReadableStream({
    start(controller) {
      send = (text) => controller.enqueue(new TextEncoder().encode(text));
    },
  });
  const headers = { "content-type": "application/json" };
  const { ask } = direct(() => new Response(body, { headers }));
  const response = await ask("GET", "/customers");
  const reader = response.body.getReader();
  send('{"customers":');
  assert.equal(new TextDecoder().decode((await reader.read()).value), '{"customers":');
  send("[]}");
  assert.equal(new TextDecoder().decode((await reader.read()).value), "[]}");
  await reader.cancel();
});

test("the deadline holds for what the user's code takes", async () => {
  const never = () => new Promise(() => {});
  for (const options of [{ authorize: never }, { token: never }]) {
    const { ask, seen, events } = direct(undefined, { timeout: 50, ...options });
    assert.equal((await ask("GET", "/customers")).status, 504);
    assert.equal(events[0].refusedBy, "timeout");
    assert.deepEqual(seen, []);
    // Also for a caller who leaves meanwhile, or has left before.
    for (const leaveAt of [0, 5]) {
      const caller = new AbortController();
      if (!leaveAt) caller.abort();
      const answer = direct(undefined, options).ask("GET", "/customers", { signal: caller.signal });
      await sleep(leaveAt);
      caller.abort();
      assert.equal((await answer).status, 499);
    }
  }
});

test("a create that was not sent for lack of a token may be tried again at once", async () => {
  const idempotency = createMemoryLedger();
  const headers = { "idempotency-key": "a-key-of-twenty-letters" };
  const create = ({ ask }) => ask("POST", "/customers", { body: "{}", headers });
  const never = () => new Promise(() => {});
  const tokenless = direct(undefined, { timeout: 50, token: never, idempotency });
  assert.equal((await create(tokenless)).status, 504);
  const other = direct(undefined, { token: () => "another-token", idempotency });
  assert.equal((await create(other)).status, 200);
  const seen = [...tokenless.seen, ...other.seen];
  assert.deepEqual([seen.length, seen[0].method], [1, "POST"], "nobody was looked for");
});

test("the service's time is limited, its body's too", async () => {
  const silent = direct((_, { signal }) => rejected(signal), { timeout: 50 });
  const response = await silent.ask("GET", "/customers");
  assert.equal(response.status, 504);
  assert.equal(await response.text(), '{"message":"Gateway Timeout"}');
  assert.equal(silent.events[0].refusedBy, "timeout");

  let aborted;
  const headers = { "content-type": "application/json" };
  const stalled = direct(
    (_, { signal }) => {
      aborted = rejected(signal).catch(() => "aborted");
      return new Response(new ReadableStream(), { headers });
    },
    { timeout: 50 },
  );
  assert.equal((await stalled.ask("GET", "/customers")).status, 200);
  assert.equal(await aborted, "aborted");
});

const rejected = (signal) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });

test("an answer, an event and a header of timings contain no value, URL or token", async () => {
  const secret = "secret-value@example.com";
  const { ask, events } = direct(() => {
    throw new Error(`${secret} ${token} https://service.example/api`);
  });
  const texts = [];
  for (const [method, target, init] of [
    ["GET", `/customers?email=${secret}`],
    ["GET", `/customers?limit=${secret}`],
    ["GET", `/customers/${secret}`],
    ["POST", "/customers", { body: JSON.stringify({ email: secret }) }],
    ["POST", "/customers", { body: JSON.stringify({ dob: secret }) }],
    ["POST", "/customers", { body: secret }],
    ["DELETE", `/customers/${secret}`],
  ]) {
    const response = await ask(method, target, init);
    texts.push(await response.text(), JSON.stringify([...response.headers]));
  }
  texts.push(JSON.stringify(events));
  assert.equal(events.length, 7);
  for (const text of texts)
    for (const told of ["secret", token, "service.example"]) assert.ok(!text.includes(told), text);
});

test("two tenants at the same URL at the same time each get their own answer", async () => {
  const { ask, seen } = direct(
    async (target) => {
      await sleep(5);
      return Response.json({ customers: [{ id: target }] });
    },
    {
      authorize: async (request) => {
        const venue = request.headers.get("authorization");
        await sleep(venue === "a" ? 4 : 1);
        return { tenant: venue, filters: { associated_venues: [venue] } };
      },
    },
  );
  const tenants = Array.from({ length: 40 }, (_, index) => (index % 2 ? "a" : "b"));
  const answers = await Promise.all(
    tenants.map(async (authorization) => {
      const response = await ask("GET", "/customers", { headers: { authorization } });
      return (await response.json()).customers[0].id;
    }),
  );
  assert.deepEqual(
    answers,
    tenants.map((venue) => `/customers?associated_venues=${venue}`),
  );
  assert.equal(seen.length, 40);
});

test("an event has operation, status, rule and durations; exceptions of its handler are ignored", async () => {
  const { ask, events } = direct();
  for (const name of operations) await ask(...requests[name]);
  assert.deepEqual(
    events.map(({ operation, status, refusedBy }) => [operation, status, refusedBy]),
    operations.map((name) => [name, 200, null]),
  );
  assert.deepEqual(Object.keys(events[2].durations), ["authorize", "check", "upstream", "total"]);
  const response = await ask("GET", "/customers");
  assert.match(
    response.headers.get("server-timing"),
    /^authorize;dur=[\d.]+, check;dur=[\d.]+, upstream;dur=[\d.]+$/,
  );
  const early = await ask(...refusals[404]);
  assert.equal(early.headers.get("server-timing"), null);
  for (const onEvent of [
    () => {
      throw new Error("no");
    },
    () => Promise.reject(new Error("no")),
  ]) {
    const { ask } = direct(anyAnswer, { onEvent });
    assert.equal((await ask("GET", "/customers")).status, 200);
  }
});

test("the package's client takes the proxy's refusals for the service's own", async () => {
  const quota = {
    lease: async () => ({ permits: 0, ttl: 0, limit: 5, remaining: 0, resetIn: 7_000 }),
  };
  const error = async (options, call, answer) => {
    const { proxy, seen } = direct(answer, options);
    const api = new CustomersApi({
      baseUrl: "https://app.example/api",
      fetch: (url, init) => proxy(new Request(url, init)),
      maxRetries: 0,
    });
    const error = await call(api).catch((error) => error);
    return { error, seen };
  };
  const list = (api) => api.list();
  const invalid = (api) => api.create({ email: "no address" }, { validate: false });
  for (const [options, call, Class, status] of [
    [{}, invalid, UnprocessableEntityError, 422],
    [{ authorize: () => false }, list, PermissionDeniedError, 403],
    [{ authorize: () => new Response("{}", { status: 401 }) }, list, AuthenticationError, 401],
    [{ allow: ["get"] }, list, NotFoundError, 404],
    [{ quota }, list, RateLimitError, 429],
    [{ maxBodyBytes: 1 }, (api) => api.create({ notes: "x" }), ApiError, 413],
  ]) {
    const { error: refused, seen } = await error(options, call);
    assert.ok(refused instanceof Class, `${refused.name} for ${status}`);
    assert.equal(refused.status, status);
    assert.deepEqual(seen, []);
  }
  const { error: refused } = await error({}, invalid);
  assert.deepEqual(
    refused.issues.map(({ path }) => path),
    [["email"]],
  );
  const { error: late } = await error({ quota }, list);
  assert.equal(late.retryAfterMs, 7_000);
  const { error: ours } = await error({}, list, () => Response.json({}, { status: 401 }));
  assert.ok(ours instanceof InternalServerError, ours.name);
  assert.equal(ours.status, 502);
});
