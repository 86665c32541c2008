// When a request is sent again: hints, deadlines, tokens, redirects, aborts.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { createSandbox } from "../support/in-process.mjs";
import {
  anyAnswer,
  CustomerFilter,
  CustomersApi,
  calls,
  clientOf,
  id,
  json,
  rejection,
} from "../support/package.mjs";
import { startSandbox, token } from "../support/sandbox.mjs";
import { scenario } from "../support/scenario.mjs";

/** How long a client waits before it sends a request again after an answer of this status and headers. */
async function waits(status, headers, options = {}) {
  const events = [];
  let answers = 0;
  const controller = new AbortController();
  const { api, requests } = clientOf(
    () => (answers++ === 0 ? json({ message: "later" }, { status, headers }) : anyAnswer()),
    {
      ...options,
      onRetry: ({ waitMs }) => {
        events.push(waitMs);
        controller.abort("the wait is known");
      },
    },
  );
  const error = await rejection(api.list({}, { signal: controller.signal }));
  assert.equal(requests.length, 1, "no instant retry");
  return error === "the wait is known" ? events[0] : error;
}

const inSeconds = (seconds) => new Date(Date.now() + seconds * 1000);
const isAbout = (wait, seconds, what) =>
  assert.ok(wait > (seconds - 2) * 1000 && wait <= (seconds + 2.25) * 1000, `${what}: ${wait} ms`);

test("a wait that the service asks for is kept, in all its forms", async () => {
  // However long the rows take, the service's clock stands still.
  const now = inSeconds(0).toUTCString();
  const reset = (value) => ({ "X-RateLimit-Reset": value, Date: now });
  const at = inSeconds(20);
  const iso = at.toISOString();
  const rows = [
    ["retry-after-ms", { "retry-after-ms": "20000" }],
    ["Retry-After in seconds", { "Retry-After": "20" }],
    ["Retry-After with a fraction", { "Retry-After": "19.997" }],
    ["Retry-After as a date", { "Retry-After": at.toUTCString(), Date: now }],
    ["the first that parses", { "retry-after-ms": "soon", "Retry-After": "20", ...reset("9") }],
    ["a reset with a zone", reset(iso)],
    ["a reset without a zone", reset(iso.slice(0, 19))],
    ["a reset in the service's own form", reset(iso.slice(0, 19).replace("T", " "))],
    ["a reset in unix seconds", reset(String(Math.round(at / 1000)))],
    ["a reset in unix milliseconds", reset(String(at.getTime()))],
    ["a reset as a delta", reset("20")],
  ];
  for (const [what, headers] of rows) isAbout(await waits(429, headers), 20, what);
});

test("a fraction of a second is rounded up, and a wait is a whole number of milliseconds", async () => {
  assert.equal(await waits(429, { "Retry-After": "29.997" }), 30_000);
  assert.equal(await waits(429, { "Retry-After": "29.000" }), 29_000);
  assert.equal(await waits(503, { "Retry-After": "0.001" }), 1000);
  for (const status of [429, 500, 503]) {
    const wait = await waits(status, {});
    assert.ok(Number.isInteger(wait) && wait > 0, `${wait}`);
  }
});

test("the service's clock counts, and not ours", async () => {
  const off = (seconds) => inSeconds(3600 + seconds);
  const headers = { Date: off(0).toUTCString(), "X-RateLimit-Reset": off(20).toISOString() };
  isAbout(await waits(429, headers), 20, "a reset");
  const dated = { Date: off(0).toUTCString(), "Retry-After": off(20).toUTCString() };
  isAbout(await waits(429, dated), 20, "Retry-After");
  isAbout(await waits(503, dated), 20, "Retry-After of a 503");
});

test("invalid and past hints are ignored: the wait is the ordinary one, and never 0", async () => {
  const past = inSeconds(-3600);
  const rows = [
    {},
    { "Retry-After": "soon" },
    { "Retry-After": "-1" },
    { "Retry-After": "1.5s" },
    { "Retry-After": "1,5" },
    { "Retry-After": ".5" },
    { "Retry-After": "0" },
    { "Retry-After": past.toUTCString() },
    { "retry-after-ms": "NaN" },
    { "retry-after-ms": "Infinity" },
    { "retry-after-ms": "-5" },
    { "X-RateLimit-Reset": "tomorrow" },
    { "X-RateLimit-Reset": "" },
    { "X-RateLimit-Reset": past.toISOString() },
    { "X-RateLimit-Reset": String(Math.round(past / 1000)) },
  ];
  for (const headers of rows) {
    const wait = await waits(429, headers);
    assert.ok(wait > 0 && wait <= 1000, `${JSON.stringify(headers)}: ${wait}`);
    const after503 = await waits(503, headers);
    assert.ok(after503 >= 375 && after503 <= 500, `${JSON.stringify(headers)}: ${after503}`);
  }
});

test("a wait that is too long is an error at once", async () => {
  const long = await waits(429, { "Retry-After": "61" });
  assert.equal(long.name, "RateLimitError");
  assert.equal(long.retryAfterMs, 61_000);
  assert.equal(long.attempts, 1);
  assert.equal(await waits(429, { "Retry-After": "60" }), 60_000, "the limit itself is allowed");
  const patient = await waits(429, { "Retry-After": "61" }, { maxRetryAfter: 61_000 });
  assert.equal(patient, 61_000);
  const late = await waits(429, { "Retry-After": "20" }, { totalTimeout: 10_000 });
  assert.equal(late.name, "RateLimitError", "past the total deadline");
  const reset = inSeconds(3600);
  const hour = await waits(429, { "X-RateLimit-Reset": reset.toISOString() });
  assert.deepEqual(hour.resetAt, reset);
  const other = await waits(503, { "Retry-After": "61" });
  assert.equal(other.name, "InternalServerError");
});

test("after a 401 a token function is called once more, with any maxRetries", async () => {
  const run = async (token, statuses, options) => {
    const { api, requests } = clientOf(
      () => {
        const status = statuses.shift() ?? 200;
        return status === 200 ? anyAnswer() : json({ error: "Unauthenticated." }, { status });
      },
      { token, ...options },
    );
    const results = [];
    for (const call of Object.values(calls)) {
      const copy = [...statuses];
      const before = requests.length;
      const error = await call(api).then(
        () => null,
        ({ name }) => name,
      );
      results.push(`${requests.length - before} ${error}`);
      statuses.splice(0, statuses.length, ...copy);
    }
    assert.equal(new Set(results).size, 1, "all operations alike");
    return results[0];
  };
  const renewing = () => async () => "fresh";
  assert.equal(await run(renewing(), [401]), "2 null");
  assert.equal(await run(renewing(), [401, 401]), "2 AuthenticationError");
  assert.equal(await run(renewing(), [401], { maxRetries: 1 }), "2 null");
  assert.equal(await run(renewing(), [401], { maxRetries: 0 }), "1 AuthenticationError");
  assert.equal(await run("fixed", [401]), "1 AuthenticationError");
});

test("a renewed token is the one that is sent", async () => {
  const sandbox = createSandbox({ seed: 1 });
  const { baseUrl, seen } = scenario(sandbox);
  const tokens = ["stale", token];
  const api = new CustomersApi({ baseUrl, token: () => tokens.shift(), fetch: sandbox.fetch });
  assert.equal((await api.list()).customers.length, 1);
  assert.equal((await seen()).length, 2);
});

test("a redirect is not followed, so the token is not sent elsewhere", async (t) => {
  const sandbox = await startSandbox(t, "--seed", "1");
  for (const [operation, call] of Object.entries(calls)) {
    const { baseUrl, seen } = scenario(sandbox, "redirect, ok");
    const error = await rejection(call(new CustomersApi({ token, baseUrl })));
    assert.equal(error.name, "ApiError");
    assert.equal(error.status, 302);
    // Its target is the same scenario: a second request would be recorded.
    assert.equal((await seen()).length, 1, operation);
  }
});

test("a create whose answer was lost is sent once, is there once, and says so", async () => {
  const { baseUrl: all, fetch } = createSandbox({ seed: 1 });
  const { baseUrl, seen } = scenario({ baseUrl: all, fetch }, "lost");
  const client = new CustomersApi({ token, baseUrl, fetch });
  const error = await rejection(client.create({ labels: ["Lost"] }));
  assert.equal(error.name, "ConnectionError");
  assert.equal(error.mayHaveSucceeded, true);
  assert.deepEqual(await seen(), ["POST /customers"]);
  const api = new CustomersApi({ token, baseUrl: all, fetch });
  assert.equal((await api.list({ labels: ["Lost"] })).pagination.totalResults, 1);
});

test("a delete that was ambiguous and then answers 404 has succeeded; a plain 404 has not", async () => {
  const sandbox = createSandbox({ seed: 2 });
  const { fetch } = sandbox;
  const api = new CustomersApi({ token, baseUrl: sandbox.baseUrl, fetch });
  const { customers } = await api.list();
  const lost = scenario(sandbox, "lost");
  const client = new CustomersApi({ token, baseUrl: lost.baseUrl, fetch });
  assert.equal(await client.delete(customers[0].id), undefined);
  assert.equal((await lost.seen()).length, 2);
  assert.equal((await rejection(client.delete(customers[0].id))).name, "NotFoundError");
  // A limiter's refusal is not ambiguous: the 404 after it means that there is no such customer.
  const limited = scenario(sandbox, "status=429;retry-after-ms=1");
  const other = new CustomersApi({ token, baseUrl: limited.baseUrl, fetch });
  const error = await rejection(other.delete(id));
  assert.equal(error.name, "NotFoundError");
  assert.equal(error.attempts, 2);
});

/** A clock that is moved by the test. */
function clockOf(t) {
  let now = 1000;
  t.mock.method(performance, "now", () => now);
  return (milliseconds) => {
    now += milliseconds;
  };
}

test("one deadline applies to all attempts and waits", async (t) => {
  const options = { timeout: 60_000, totalTimeout: 1000, maxRetries: 50 };
  const silent = clientOf(() => new Promise(() => {}), options);
  assert.equal((await rejection(silent.api.list())).name, "TimeoutError");
  assert.equal(silent.requests.length, 1);
  // The wait of 375 ms or more fits once into what is left, whatever the answers take beside it.
  const pass = clockOf(t);
  const failing = clientOf(() => json({}, { status: 503 }), {
    ...options,
    onRetry: ({ waitMs }) => pass(waitMs),
  });
  assert.equal((await rejection(failing.api.list())).name, "InternalServerError");
  assert.equal(failing.requests.length, 2);
});

test("a token function has the time of an attempt", async () => {
  const { api, requests } = clientOf(undefined, {
    token: () => new Promise(() => {}),
    timeout: 50,
  });
  const error = await rejection(api.create({}));
  assert.equal(error.name, "TimeoutError");
  assert.equal(error.mayHaveSucceeded, false);
  const controller = new AbortController();
  const waiting = api.list({}, { signal: controller.signal, timeout: 60_000 });
  controller.abort("why");
  assert.equal(await rejection(waiting), "why");
  assert.equal(requests.length, 0);
});

/** The writes, and the options with which they are sent again after a 500. */
const writes = {
  update: [calls.update, {}],
  delete: [calls.delete, {}],
  create: [calls.create, { idempotency: true }],
};

test("a token that fails after a request says what that request may have done", async () => {
  const failures = {
    "comes too late": [() => new Promise(() => {}), "TimeoutError"],
    "is not given": [() => Promise.reject(new Error("no session")), "ConfigurationError"],
    "is refused": [() => "a b", "ConfigurationError"],
  };
  for (const [what, [fail, name]] of Object.entries(failures))
    for (const [operation, [call, options]] of Object.entries({ ...writes, get: [calls.get, {}] }))
      for (const [statuses, isOpen] of [
        [[], false],
        [[429], false],
        [[500], operation !== "get"],
        [[500, 429], operation !== "get"],
      ]) {
        const left = [...statuses];
        const { api, requests } = clientOf(
          () => json({}, { status: left.shift(), headers: { "retry-after-ms": "1" } }),
          { ...options, timeout: 60, token: () => (left.length ? "t" : fail()) },
        );
        const error = await rejection(call(api));
        const row = `${operation} whose token ${what} after ${statuses}`;
        assert.equal(error.name, name, row);
        assert.equal(requests.length, statuses.length, row);
        assert.equal(error.attempts, statuses.length, row);
        assert.equal(error.mayHaveSucceeded, isOpen, row);
        assert.equal(
          error.method,
          { update: "PUT", delete: "DELETE", create: "POST" }[operation] ?? "GET",
        );
        assert.equal(/may have been made/.test(error.userMessage), isOpen, row);
      }
});

test("the time of a token function counts for the call", async (t) => {
  const pass = clockOf(t);
  const hanging = () => new Promise(() => {});
  const run = async (took, options) => {
    const token = async () => {
      pass(took);
      return "t";
    };
    const { api, requests } = clientOf(hanging, { token, maxRetries: 0, ...options });
    const error = await rejection(api.create({}));
    assert.equal(error.name, "TimeoutError");
    assert.equal(error.attempts, requests.length);
    assert.equal(error.mayHaveSucceeded, requests.length > 0);
    return error.message;
  };
  assert.match(await run(80, { totalTimeout: 100 }), /no complete response within 20 ms/);
  // The time of an attempt is not.
  assert.match(await run(80, { timeout: 30 }), /no complete response within 30 ms/);
  assert.match(await run(99, { totalTimeout: 100 }), /no complete response within 1 ms/);
  const over = /^POST \/customers: the totalTimeout of 100 ms was over before request 1 was sent/;
  assert.match(await run(100, { totalTimeout: 100 }), over);
  assert.match(await run(5000, { totalTimeout: 100 }), over);
});

test("no request begins when the time of the call is over, however late a wait ended", async (t) => {
  const pass = clockOf(t);
  for (const [operation, [call, options]] of Object.entries(writes))
    for (const [status, isOpen] of [
      [500, true],
      [429, false],
    ])
      for (const isAsked of [false, true]) {
        let asked = 0;
        const token = isAsked ? () => `${asked++}` : "t";
        const { api, requests } = clientOf(
          () => json({}, { status, headers: { "retry-after-ms": "1" } }),
          { ...options, token, totalTimeout: 1000, onRetry: () => pass(1000) },
        );
        const error = await rejection(call(api));
        assert.equal(error.name, "TimeoutError", operation);
        assert.match(error.message, /: the totalTimeout of 1000 ms was over before request 2 was/);
        assert.equal(requests.length, 1);
        assert.equal(asked, isAsked ? 1 : 0);
        assert.equal(error.attempts, 1);
        assert.equal(error.mayHaveSucceeded, isOpen);
      }
});

test("no request begins when a hook or a logger has taken the time that was left", async (t) => {
  const pass = clockOf(t);
  const hanging = () => new Promise(() => {});
  const run = async (took, options, hook) => {
    const block = () => pass(took);
    const hooks = {
      hook: { onRequest: block },
      logger: { logger: { debug: block }, logLevel: "debug" },
    };
    const { api, requests } = clientOf(hanging, { ...hooks[hook], ...options });
    const error = await rejection(api.create({}));
    assert.equal(error.name, "TimeoutError");
    assert.equal(error.attempts, requests.length);
    assert.equal(error.mayHaveSucceeded, requests.length > 0);
    return error.message;
  };
  for (const hook of ["hook", "logger"]) {
    assert.match(await run(99, { totalTimeout: 100 }, hook), /no complete response within 1 ms/);
    const over = /: the totalTimeout of 100 ms was over before request 1 was sent/;
    assert.match(await run(100, { totalTimeout: 100 }, hook), over);
    // The time of an attempt begins after it.
    assert.match(await run(80, { timeout: 30 }, hook), /no complete response within 30 ms/);
  }

  // The error still says what the earlier requests may have done.
  let requests = 0;
  const { api } = clientOf(
    () => {
      requests++;
      return json({}, { status: 500, headers: { "retry-after-ms": "1" } });
    },
    { totalTimeout: 1000, onRequest: ({ attempt }) => pass(attempt === 2 ? 1000 : 0) },
  );
  const error = await rejection(api.update(id, { notes: "x" }));
  assert.match(error.message, /the totalTimeout of 1000 ms was over before request 2 was sent/);
  assert.deepEqual([requests, error.attempts, error.mayHaveSucceeded], [1, 1, true]);
});

test("the duration of a response is that of its request", async (t) => {
  const pass = clockOf(t);
  const durations = [];
  const { api } = clientOf(
    () => {
      pass(7);
      return anyAnswer();
    },
    {
      token: async () => {
        pass(50);
        return "t";
      },
      onResponse: ({ durationMs }) => durations.push(durationMs),
    },
  );
  await api.get(id);
  assert.deepEqual(durations, [7]);
});

test("without a fetch nothing is sent and no token is requested", async () => {
  const { fetch } = globalThis;
  let asked = 0;
  const { api } = clientOf(undefined, { fetch: undefined, token: () => `${asked++}` });
  globalThis.fetch = undefined;
  try {
    const error = await rejection(api.create({}));
    assert.match(error.message, /no global fetch/);
    assert.equal(error.name, "ConfigurationError");
    assert.equal(asked, 0);
  } finally {
    globalThis.fetch = fetch;
  }
});

test("a call continues although the module was discarded while it ran", async () => {
  const { decode } = TextDecoder.prototype;
  const filter = new CustomerFilter().limit(5);
  // After an exception in the middle of a call of the module, its instance is not used again.
  const throwAway = () => {
    TextDecoder.prototype.decode = () => {
      throw new Error("a page replaced it");
    };
    try {
      assert.throws(() => filter.toQueryString(), /a page replaced it/);
    } finally {
      TextDecoder.prototype.decode = decode;
    }
  };
  const statuses = [500, 401, 429];
  const { api, requests } = clientOf(
    async () => {
      throwAway();
      return json({}, { status: statuses.shift() ?? 422, headers: { "retry-after-ms": "1" } });
    },
    { token: async () => "t" },
  );
  const error = await rejection(api.update(id, {}));
  assert.equal(error.name, "UnprocessableEntityError");
  // A retry, the renewed token, a retry: the count goes on.
  assert.equal(requests.length, 4);
  assert.equal(error.attempts, 4);
  assert.equal(error.mayHaveSucceeded, true);
});

test("an abort ends a wait at once and leaves no listener and no timer", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const before = timers();
  const controller = new AbortController();
  const { api, requests } = clientOf(
    () => json({}, { status: 503, headers: { "Retry-After": "50" } }),
    { onRetry: () => setImmediate(() => controller.abort("why")) },
  );
  assert.equal(await rejection(api.list({}, { signal: controller.signal })), "why");
  assert.equal(requests.length, 1);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  assert.ok(timers() <= before);
});

test("the body is the same text in every attempt, even if the object changes", async () => {
  const customer = { notes: "as it was" };
  let answers = 0;
  const { api, requests } = clientOf(() => {
    customer.notes = "changed meanwhile";
    return answers++ === 0
      ? json({}, { status: 429, headers: { "retry-after-ms": "1" } })
      : anyAnswer();
  });
  await api.create(customer);
  assert.deepEqual(
    requests.map(({ body }) => body),
    ['{"notes":"as it was"}', '{"notes":"as it was"}'],
  );
});

test("observers see each attempt, and their exceptions change nothing", async () => {
  const events = [];
  const observe = (hook) => (event) => {
    events.push([hook, event.attempt, event.status ?? event.reason ?? event.method]);
    throw new Error("an observer's own affair");
  };
  let answers = 0;
  const { api } = clientOf(
    () =>
      answers++ === 0 ? json({}, { status: 503, headers: { "retry-after-ms": "1" } }) : anyAnswer(),
    { onRequest: observe("request"), onResponse: observe("response"), onRetry: observe("retry") },
  );
  await api.get(id);
  assert.deepEqual(events, [
    ["request", 1, "GET"],
    ["response", 1, 503],
    ["retry", 1, "InternalServerError"],
    ["request", 2, "GET"],
    ["response", 2, 200],
  ]);
});

test("neither the time of day nor a random number is read before the first request", async () => {
  const read = [];
  const noting = (name, original) =>
    function (...values) {
      read.push(name);
      return Reflect.apply(original, this, values);
    };
  const { Date: RealDate } = globalThis;
  const { random } = Math;
  const source = Object.getPrototypeOf(crypto);
  const { getRandomValues, randomUUID } = source;
  const operations = { ...calls, walk: (api, options) => api.iterate({}, options).next() };
  for (const [name, call] of Object.entries(operations)) {
    let before;
    const noteFirst = () => {
      before ??= [...read];
      return anyAnswer();
    };
    read.length = 0;
    globalThis.Date = new Proxy(RealDate, {
      construct(target, values) {
        read.push("new Date");
        return new target(...values);
      },
      get: (target, key) => (key === "now" ? noting("Date.now", target.now) : target[key]),
    });
    Math.random = noting("Math.random", random);
    source.getRandomValues = noting("getRandomValues", getRandomValues);
    source.randomUUID = noting("randomUUID", randomUUID);
    try {
      for (const token of ["t", async () => "t"]) {
        before = undefined;
        await call(clientOf(noteFirst, { token }).api);
        assert.deepEqual(before, [], name);
        read.length = 0;
      }
      before = undefined;
      await call(clientOf(noteFirst, { idempotency: true }).api);
      assert.deepEqual(before, name === "create" ? ["randomUUID"] : [], name);
      // The recording works.
      assert.ok(read.includes("Date.now"));
    } finally {
      globalThis.Date = RealDate;
      Math.random = random;
      Object.assign(source, { getRandomValues, randomUUID });
    }
  }
});
