// The limit for reading an answer, with all kinds of bodies.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import crossFetch from "cross-fetch";
import nodeFetch from "node-fetch";
import nodeFetch2 from "node-fetch-2";
import { CustomersApi, calls, clientOf, id, json, rejection } from "../support/package.mjs";

const bytes = (text) => new TextEncoder().encode(text);

/** A customer whose JSON text has this many bytes. */
function customerOf(size) {
  const empty = JSON.stringify({ customer: { id, notes: "" } });
  const text = JSON.stringify({ customer: { id, notes: "x".repeat(size - empty.length) } });
  assert.equal(bytes(text).length, size);
  return text;
}

/** A body that arrives in pieces and records when it is given up. */
function pieces(text, size, noted) {
  let position = 0;
  const all = bytes(text);
  return new ReadableStream({
    pull(controller) {
      if (position >= all.length) return controller.close();
      controller.enqueue(all.subarray(position, position + size));
      position += size;
      noted.read = position;
    },
    cancel() {
      noted.cancelled = true;
    },
  });
}

test("the body of a response that comes too late is given up", async () => {
  let cancelled;
  const isCancelled = new Promise((resolve) => {
    cancelled = resolve;
  });
  let answer;
  const { api } = clientOf(() => new Promise((resolve) => (answer = resolve)));
  const controller = new AbortController();
  const waiting = rejection(api.get(id, { signal: controller.signal }));
  await new Promise(setImmediate);
  controller.abort("why");
  assert.equal(await waiting, "why");
  answer(new Response(new ReadableStream({ cancel: cancelled })));
  await isCancelled;
});

/** The same text as every kind of body that a `fetch` may return. */
const bodies = {
  "a web stream": (text, noted) => new Response(pieces(text, 50, noted)),
  "a stream of Node's": (text, noted) => ({
    ...duck(text),
    body: (async function* () {
      try {
        const all = Buffer.from(text);
        for (let at = 0; at < all.length; at += 50) yield all.subarray(at, at + 50);
      } finally {
        noted.cancelled = true;
      }
    })(),
  }),
  "a stream of texts": (text, noted) => ({
    ...duck(text),
    body: (async function* () {
      try {
        for (let at = 0; at < text.length; at += 50) yield text.slice(at, at + 50);
      } finally {
        noted.cancelled = true;
      }
    })(),
  }),
  "text alone": (text) => duck(text),
};

const duck = (text) => ({ status: 200, ok: true, headers: new Headers(), text: async () => text });

test("a body is read up to maxResponseBytes, and no further", async (t) => {
  for (const [what, make] of Object.entries(bodies)) {
    await t.test(what, async () => {
      for (const place of ["client", "call"]) {
        const noted = {};
        const options = { maxResponseBytes: 1000 };
        const { api, requests } = clientOf(
          () => make(customerOf(size), noted),
          place === "client" ? options : {},
        );
        const get = () => api.get(id, place === "call" ? options : undefined);
        let size = 1000;
        assert.equal(
          (await get()).notes.length,
          1000 - JSON.stringify({ customer: { id, notes: "" } }).length,
        );
        size = 1001;
        const error = await rejection(get());
        assert.equal(error.name, "UnexpectedResponseError");
        assert.match(
          error.message,
          /a body of more than 1000 bytes: see the option maxResponseBytes/,
        );
        assert.equal(error.status, 200);
        assert.equal(error.body, undefined);
        assert.equal(requests.length, 2, "it is not sent again");
        size = 9000;
        assert.equal((await rejection(get())).name, "UnexpectedResponseError");
        if (what !== "text alone") assert.equal(noted.cancelled, true);
        if (what === "a web stream") assert.ok(noted.read <= 1200, `${noted.read} bytes were read`);
        // A write or a delete may have been carried out all the same.
        for (const name of ["create", "update", "delete"]) {
          const { mayHaveSucceeded } = await rejection(
            calls[name](api, place === "call" ? options : undefined),
          );
          assert.equal(mayHaveSucceeded, true, name);
        }
      }
    });
  }
});

test("a body without an end is given up after ten megabytes", async () => {
  let read = 0;
  let cancelled = false;
  const megabyte = new Uint8Array(1 << 20).fill(0x20);
  const { api, requests } = clientOf(
    () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            read++;
            controller.enqueue(megabyte);
          },
          cancel() {
            cancelled = true;
          },
        }),
      ),
  );
  const error = await rejection(api.list());
  assert.equal(error.name, "UnexpectedResponseError");
  assert.equal(requests.length, 1);
  assert.ok(cancelled && read >= 10 && read <= 13, `${read}`);
});

test("a timeout and an abort give up a body that ignores the signal", async () => {
  for (const status of [200, 500]) {
    let cancelled = 0;
    const stream = () => new ReadableStream({ cancel: () => void cancelled++ });
    const { api } = clientOf(() => new Response(stream(), { status }), { maxRetries: 0 });
    assert.equal((await rejection(api.list({}, { timeout: 20 }))).name, "TimeoutError");
    assert.equal(cancelled, 1);
    const controller = new AbortController();
    const waiting = rejection(api.list({}, { signal: controller.signal }));
    setTimeout(() => controller.abort("why"), 20);
    assert.equal(await waiting, "why");
    assert.equal(cancelled, 2);
  }
});

test("a response that was read already is told as such, and an error keeps its status", async () => {
  for (const [status, name] of [
    [200, "UnexpectedResponseError"],
    [404, "NotFoundError"],
  ]) {
    const response = json({ customer: { id } }, { status });
    await response.text();
    const { api, requests } = clientOf(() => response);
    const error = await rejection(api.get(id));
    assert.equal(error.name, name);
    assert.equal(requests.length, 1);
  }
});

test("a response that was read already counts if its text can be read again", async () => {
  const response = json({ customer: { id } });
  const text = await response.text();
  response.text = async () => text;
  const { api } = clientOf(() => response);
  assert.equal((await api.get(id)).id, id);
});

test("a character that is split between two pieces is read correctly", async () => {
  const text = JSON.stringify({ customer: { id, notes: "Zoë 😀 \ufeff" } });
  for (const size of [1, 2, 3, 5]) {
    const { api } = clientOf(() => new Response(pieces(text, size, {})));
    assert.equal((await api.get(id)).notes, "Zoë 😀 \ufeff");
  }
  const marked = clientOf(() => new Response(bytes(`\ufeff${text}`)));
  assert.equal((await marked.api.get(id)).id, id);
});

test("other implementations of fetch lose nothing", async () => {
  const server = createServer((request, response) => {
    const [status, body] =
      request.method === "POST"
        ? [422, { message: "The given data was invalid.", errors: { email: ["Is taken."] } }]
        : [200, { customers: [{ id, notes: "😀" }], customer: { id, notes: "x".repeat(5000) } }];
    const text = JSON.stringify(body);
    response.writeHead(status, {
      "Content-Type": "application/json",
      "X-RateLimit-Limit": "9",
      "X-RateLimit-Remaining": "8",
    });
    // In two pieces.
    response.write(text.slice(0, 20));
    setTimeout(() => response.end(text.slice(20)), 5);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${server.address().port}/api`;
  try {
    const implementations = { nodeFetch, nodeFetch2, crossFetch, global: globalThis.fetch };
    for (const [name, fetch] of Object.entries(implementations)) {
      const api = new CustomersApi({ token: "t", baseUrl, fetch, maxRetries: 0 });
      const page = await api.list();
      assert.deepEqual(page.customers, [{ id, notes: "😀" }], name);
      assert.equal(page.rateLimit.remaining, 8);
      const error = await rejection(api.create({ email: "ada@example.com" }));
      assert.equal(error.name, "UnprocessableEntityError", name);
      assert.deepEqual(error.issues, [{ path: ["email"], code: "rejected", message: "Is taken." }]);
      assert.equal(error.body.message, "The given data was invalid.");
      const large = await rejection(api.get(id, { maxResponseBytes: 1000 }));
      assert.equal(large.name, "UnexpectedResponseError", name);
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("an error's body is read up to 64 KB, from every kind of body", async () => {
  const text = JSON.stringify({ message: "x".repeat(100_000) });
  for (const [what, make] of Object.entries(bodies)) {
    const noted = {};
    const { api } = clientOf(
      () => {
        const response = make(text, noted);
        return response instanceof Response
          ? new Response(response.body, { status: 400 })
          : { ...response, status: 400, ok: false };
      },
      { maxRetries: 0 },
    );
    const error = await rejection(api.get(id));
    assert.equal(error.name, "BadRequestError", what);
    assert.equal(error.body.length, 65_536, what);
  }
  const short = clientOf(() => json({ message: "no" }, { status: 400 }));
  assert.deepEqual((await rejection(short.api.get(id))).body, { message: "no" });
});
