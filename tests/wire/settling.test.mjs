// Every promise settles, whatever a server or a `fetch` does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { calls, clientOf, id, json, rejection } from "../support/package.mjs";

/** Long enough for any machine: only a promise that hangs takes this long. */
const PATIENCE = 20_000;

/** How a promise settled: the name of its error, or "resolved". Rejects if it hangs. */
async function settled(promise) {
  let timer;
  const hung = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the promise hangs")), PATIENCE);
  });
  const ended = promise.then(
    () => "resolved",
    (error) => error?.name ?? String(error),
  );
  try {
    return await Promise.race([ended, hung]);
  } finally {
    clearTimeout(timer);
  }
}

const text = (body, init) => () => new Response(body, init);
const bytes = (...values) => text(new Uint8Array(values));
const failing = (when) =>
  new Response(
    new ReadableStream({
      pull(controller) {
        if (when-- > 0) controller.enqueue(new TextEncoder().encode('{"customers":['));
        else controller.error(undefined);
      },
    }),
  );

const UNEXPECTED = "UnexpectedResponseError";
// Answers, and their results for a list, a get and a create.
const answers = {
  nothing: [text(""), UNEXPECTED],
  "a 204 for a list": [text(null, { status: 204 }), UNEXPECTED],
  "half of a JSON text": [text('{"customers":['), UNEXPECTED],
  "JSON that is too deep": [text(`${"[".repeat(200_000)}`), UNEXPECTED],
  "a number": [text("1"), UNEXPECTED],
  null: [text("null"), UNEXPECTED],
  "text in quotes": [text('"customers"'), UNEXPECTED],
  "a list without an envelope": [text("[]"), UNEXPECTED],
  "an object without an envelope": [text("{}"), UNEXPECTED],
  "envelopes of null": [text('{"customer":null,"customers":null}'), UNEXPECTED],
  "envelopes of text": [text('{"customer":"a","customers":"a"}'), UNEXPECTED],
  "envelopes the other way round": [text('{"customer":[],"customers":{}}'), UNEXPECTED],
  "bytes that are no UTF-8": [bytes(0xff, 0xfe, 0x80), UNEXPECTED],
  HTML: [text("<html></html>", { headers: { "Content-Type": "text/html" } }), UNEXPECTED],
  "a body that breaks at once": [() => failing(0), "ConnectionError"],
  "a body that breaks off": [() => failing(1), "ConnectionError"],
  "a body that never ends": [() => new Response(new ReadableStream({})), "TimeoutError"],
  "a body that was read": [
    async () => {
      const response = json({});
      await response.text();
      return response;
    },
    UNEXPECTED,
  ],
  "an error without a body": [text(null, { status: 500 }), "InternalServerError"],
  "an error of HTML": [text("<html>", { status: 502 }), "InternalServerError"],
  "an error that breaks off": [
    () => new Response(failing(1).body, { status: 500 }),
    "InternalServerError",
  ],
  "an error that never ends": [
    () => new Response(new ReadableStream({}), { status: 500 }),
    "TimeoutError",
  ],
  "an error of a megabyte": [text("x".repeat(1 << 20), { status: 400 }), "BadRequestError"],
  "an error of numbers": [text("[1,2]", { status: 404 }), "NotFoundError"],
  "a 422 of nothing": [text("", { status: 422 }), "UnprocessableEntityError"],
  "a 422 of null": [text("null", { status: 422 }), "UnprocessableEntityError"],
  "a 422 of nonsense": [
    text('{"errors":{"a":[1,{}],"b":null,"":[]}}', { status: 422 }),
    "UnprocessableEntityError",
  ],
  "a 422 of strange paths": [
    text('{"errors":{"a..b":["c"],".":["c"],"99999999999999999999.x":["c"],"__proto__":["c"]}}', {
      status: 422,
    }),
    "UnprocessableEntityError",
  ],
  "a 422 that is too deep": [
    text(`{"errors":${'{"a":'.repeat(50_000)}`, { status: 422 }),
    "UnprocessableEntityError",
  ],
  "Response.error()": [() => Response.error(), "ApiError"],
  "a status that no HTTP knows": [
    () => ({ status: 999, ok: false, headers: new Headers(), text: async () => "" }),
    "InternalServerError",
  ],
  "a status of -3": [
    () => ({ status: -3, ok: false, headers: new Headers(), text: async () => "" }),
    undefined,
  ],
  "a status of NaN": [
    () => ({ status: Number.NaN, ok: false, headers: new Headers(), text: async () => "" }),
    undefined,
  ],
  "text that is none": [
    () => ({ status: 200, ok: true, headers: new Headers(), text: async () => 5 }),
    undefined,
  ],
  "headers that throw": [
    () => ({
      status: 200,
      ok: true,
      headers: {
        get() {
          throw new Error("no");
        },
      },
      text: async () => '{"customers":[],"customer":{}}',
    }),
    "resolved",
  ],
  "headers that are no text": [
    () => ({
      status: 429,
      ok: false,
      headers: { get: () => 5 },
      text: async () => '{"message":"later"}',
    }),
    "RateLimitError",
  ],
  "a promise that never settles": [() => new Promise(() => {}), "TimeoutError"],
};

const nothing = [
  "nothing",
  "a 204 for a list",
  "null",
  "a list without an envelope",
  "an object without an envelope",
];

test("whatever is answered, each operation settles", { concurrency: true }, async (t) => {
  const tests = Object.entries(answers).map(([what, [answer, expected]]) =>
    t.test(what, async () => {
      // Nothing but what never ends takes that long, on any machine.
      const timeout = expected === "TimeoutError" ? 400 : 15_000;
      const { api } = clientOf(answer, { maxRetries: 0, timeout });
      for (const [operation, call] of Object.entries(calls)) {
        const how = await settled(call(api));
        // A delete returns nothing: an empty body, or JSON without contents.
        const isNothing = operation === "delete" && nothing.includes(what);
        if (expected) assert.equal(how, isNothing ? "resolved" : expected, operation);
        const both = await settled(call(api).withResponse());
        assert.equal(both, how, `${operation} with its response`);
      }
    }),
  );
  await Promise.all(tests);
});

test("whatever is answered, a call that may retry settles", { concurrency: true }, async (t) => {
  const tests = Object.entries(answers).map(([what, [answer]]) =>
    t.test(what, async () => {
      const { api } = clientOf(answer, { maxRetries: 1, timeout: 200, totalTimeout: 2000 });
      for (const call of Object.values(calls)) await settled(call(api));
      await settled(api.iterate().next());
    }),
  );
  await Promise.all(tests);
});

test("each operation settles with an incomplete signal", async () => {
  const throwing = () => {
    throw new Error("no");
  };
  const rows = {
    "no removeEventListener": { aborted: false, addEventListener() {} },
    "an addEventListener that throws": {
      aborted: false,
      addEventListener: throwing,
      removeEventListener() {},
    },
    "a removeEventListener that throws": {
      aborted: false,
      addEventListener() {},
      removeEventListener: throwing,
    },
    "nothing but a listener": { addEventListener() {} },
  };
  for (const [what, signal] of Object.entries(rows)) {
    for (const [operation, call] of Object.entries(calls)) {
      const { api } = clientOf();
      assert.equal(await settled(call(api, { signal })), "resolved", `${what}: ${operation}`);
      const failing = clientOf(() => Promise.reject(new TypeError("no")), { maxRetries: 0 });
      assert.equal(await settled(call(failing.api, { signal })), "ConnectionError");
      const silent = clientOf(() => new Promise(() => {}), { maxRetries: 0, timeout: 20 });
      assert.equal(await settled(call(silent.api, { signal })), "TimeoutError");
    }
  }
  // A signal that lacks a method still ends the call.
  let abort;
  const signal = {
    aborted: false,
    reason: "why",
    addEventListener: (_, listener) => (abort = listener),
  };
  const { api } = clientOf(() => new Promise(() => {}));
  const waiting = rejection(api.get(id, { signal }));
  await new Promise((resolve) => setImmediate(resolve));
  abort();
  assert.equal(await waiting, "why");
});

test("an observer or a logger that rejects or throws changes nothing", async () => {
  const unhandled = [];
  const note = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  const own = new Error("an observer's own affair");
  const thenable = {
    // biome-ignore lint/suspicious/noThenProperty: it is what is tried
    get then() {
      throw own;
    },
  };
  const ways = [
    () => Promise.reject(own),
    async () => {
      throw own;
    },
    () => {
      throw own;
    },
    () => thenable,
    // biome-ignore lint/suspicious/noThenProperty: it is what is tried
    () => ({ then: (_, reject) => reject(own) }),
    () => new Promise(() => {}),
  ];
  try {
    for (const way of ways) {
      let answers = 0;
      const { api } = clientOf(
        () =>
          answers++ === 0
            ? json({}, { status: 503, headers: { "retry-after-ms": "1" } })
            : json({ customer: { id } }),
        {
          onRequest: way,
          onResponse: way,
          onRetry: way,
          logger: { debug: way, info: way, warn: way, error: way },
          logLevel: "debug",
        },
      );
      assert.equal(await settled(api.get(id)), "resolved");
      assert.equal(answers, 2);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(unhandled, []);
  } finally {
    process.off("unhandledRejection", note);
  }
});

test("an observer is called without a this, because the settings contain the token", async () => {
  const seen = [];
  const observer = function () {
    seen.push(this);
  };
  const { api } = clientOf(undefined, { onRequest: observer, onResponse: observer });
  await api.get(id);
  assert.deepEqual(seen, [undefined, undefined]);
});

test("a rejection without a handler is reported at most once", async () => {
  const unhandled = [];
  const note = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  try {
    const { api } = clientOf(text("", { status: 404 }), { maxRetries: 0 });
    await api.get(id).catch(() => {});
    await api
      .get(id)
      .withResponse()
      .catch(() => {});
    await api
      .get("..")
      .withResponse()
      .catch(() => {});
    const both = api.get(id);
    await Promise.allSettled([both, both.withResponse()]);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(unhandled, []);
  } finally {
    process.off("unhandledRejection", note);
  }
});
