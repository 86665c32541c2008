// The sandbox as a `fetch`: its arguments, its answers, and aborts.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { authorization, call, createSandbox, rejection } from "./support.mjs";

/** Waits until something is true. */
async function until(isTrue) {
  while (!isTrue()) await new Promise(setImmediate);
}

test("it takes the arguments of fetch", async () => {
  const { baseUrl, fetch } = createSandbox({ seed: 3 });
  const url = `${baseUrl}/customers?limit=1`;
  const headers = { AUTHORIZATION: "Bearer sandbox" };
  const inputs = [
    [url, { headers }],
    [new URL(url), { headers: new Headers(headers) }],
    [new Request(url, { headers })],
    [new Request(url), { headers: Object.entries(headers) }],
  ];
  for (const [input, init] of inputs) {
    const response = await fetch(input, init);
    assert.ok(response instanceof Response);
    assert.equal(response.status, 200);
    assert.equal(response.url, url);
    assert.equal((await response.json()).customers.length, 1);
  }
  const body = JSON.stringify({ first_name: "Ada" });
  const bodies = [body, new TextEncoder().encode(body), new Blob([body]), new Response(body).body];
  for (const body of bodies) {
    const headers = { ...authorization, "content-type": "application/json; charset=utf-8" };
    const response = await fetch(`${baseUrl}/customers`, {
      method: "post",
      headers,
      body,
      duplex: "half",
    });
    assert.equal(response.status, 201);
    assert.equal((await response.json()).customer.first_name, "Ada");
  }
});

test("a path that cannot be decoded gets an answer, and a HEAD no body", async () => {
  const sandbox = createSandbox({ seed: 1 });
  const { origin } = new URL(sandbox.baseUrl);
  assert.equal((await call(sandbox, "GET", "/customers/%zz")).status, 404);
  assert.equal(sandbox.requests[0].id, "%zz");
  const scenario = await sandbox.fetch(`${origin}/sandbox/scenarios/%zz`);
  assert.deepEqual(await scenario.json(), { requests: 0, seen: [] });
  const head = new Request(`${sandbox.baseUrl}/customers`, { method: "HEAD" });
  assert.equal((await sandbox.fetch(head)).body, null);
  assert.equal((await call(sandbox, "GET", "/customers")).status, 200, "it goes on");
});

test("a response is read once, and a 204 has nothing to read", async () => {
  const sandbox = createSandbox({ seed: 1 });
  const listed = await call(sandbox, "GET", "/customers");
  assert.equal(listed.headers.get("Content-Type"), "application/json");
  const text = await listed.clone().text();
  assert.equal(listed.headers.get("CONTENT-LENGTH"), String(Buffer.byteLength(text)));
  const [{ id }] = (await listed.json()).customers;
  await assert.rejects(listed.text(), TypeError);
  const deleted = await call(sandbox, "DELETE", `/customers/${id}`);
  assert.deepEqual([deleted.status, deleted.body], [204, null]);
  assert.equal(await deleted.text(), "");
  const head = await call(sandbox, "HEAD", "/customers");
  assert.deepEqual([head.status, head.body], [200, null]);
});

test("headers are hidden as a browser hides them, on request", async () => {
  const names = ["x-pagination-total-results", "x-ratelimit-remaining", "date", "retry-after"];
  for (const exposeHeaders of [true, false]) {
    const sandbox = createSandbox({ seed: 1, exposeHeaders });
    sandbox.fail("create", { status: 429, headers: { "retry-after": "7" } });
    const { headers } = await call(sandbox, "GET", "/customers");
    const limited = await call(sandbox, "POST", "/customers", {});
    const found = [...headers.keys(), ...limited.headers.keys()];
    for (const name of names) assert.equal(found.includes(name), exposeHeaders, name);
    assert.ok(headers.get("content-type") && headers.get("content-length"));
  }
});

test("requests outside of it are refused, and nothing is sent", async (t) => {
  const real = globalThis.fetch;
  t.after(() => {
    globalThis.fetch = real;
  });
  globalThis.fetch = () => assert.fail("a request has left");
  const { fetch, requests } = createSandbox({ baseUrl: "https://api.example/v2/api/" });
  for (const url of [
    "https://api.collinsbookings.com/api/customers?query=secret",
    "http://api.example/v2/api/customers",
    "https://api.example:444/v2/api/customers",
    "https://api.example/v2/apis/customers",
    "https://api.example/v2",
    "https://api.example/api/customers",
    "data:text/plain,secret",
  ]) {
    const error = await rejection(fetch(url, { headers: authorization }));
    assert.equal(error.name, "TypeError");
    assert.equal(error.code, "OUTSIDE_SANDBOX");
    assert.match(error.message, /https:\/\/api\.example\/v2\/api and nothing else/);
    assert.doesNotMatch(error.message, /secret/);
  }
  const unknown = await fetch("https://api.example/v2/api/venues", { headers: authorization });
  assert.equal(unknown.status, 404);
  const known = await fetch("https://api.example/v2/api/customers", { headers: authorization });
  assert.equal(known.status, 200);
  assert.deepEqual(
    requests.map(({ operation }) => operation),
    [null, "list"],
  );
});

test("an abort before, during and after", async () => {
  const sandbox = createSandbox({ seed: 50 });
  const reason = new Error("enough");
  const url = `${sandbox.baseUrl}/customers`;
  const init = {
    method: "POST",
    headers: { ...authorization, "content-type": "application/json" },
  };
  const post = (signal) => sandbox.fetch(url, { ...init, body: "{}", signal });
  const total = async () =>
    (await call(sandbox, "GET", "/customers")).headers.get("x-pagination-total-results");

  assert.equal(await rejection(post(AbortSignal.abort(reason))), reason);
  assert.equal(sandbox.requests.length, 0);

  const early = new AbortController();
  const pending = post(early.signal);
  early.abort(reason);
  assert.equal(await rejection(pending), reason);
  assert.equal(await total(), "50", "what was aborted before it was sent is not carried out");

  for (const fault of [{ delay: 60_000 }, "stall"]) {
    sandbox.fail("create", fault);
    const during = new AbortController();
    const before = sandbox.requests.length;
    const answered = post(during.signal).then((response) => response.text());
    // A stalled answer is aborted once it is there, a delayed one before.
    if (fault === "stall") await until(() => sandbox.requests.length > before);
    else await new Promise((resolve) => setTimeout(resolve, 20));
    during.abort(reason);
    assert.equal(await rejection(answered), reason);
    assert.equal(getEventListeners(during.signal, "abort").length, 0);
  }
  assert.equal(await total(), "51", "a stalled answer is of an operation that was carried out");

  const after = new AbortController();
  const response = await post(after.signal);
  after.abort(reason);
  assert.equal(await rejection(response.text()), reason);

  const late = new AbortController();
  const read = await post(late.signal);
  await read.text();
  assert.equal(getEventListeners(late.signal, "abort").length, 0);
  late.abort(reason);

  // A signal of the request itself, and one that replaces it.
  const request = new Request(url, { headers: authorization, signal: AbortSignal.abort(reason) });
  assert.equal(await rejection(sandbox.fetch(request)), reason);
  assert.equal((await sandbox.fetch(request, { signal: null })).status, 200);
});

test("an answer that never comes ends only with the abort", async () => {
  const sandbox = createSandbox({ seed: 1 });
  const [{ id }] = (await (await call(sandbox, "GET", "/customers")).json()).customers;
  sandbox.fail("delete", "stall");
  const controller = new AbortController();
  const before = sandbox.requests.length;
  const answered = sandbox.fetch(`${sandbox.baseUrl}/customers/${id}`, {
    method: "DELETE",
    headers: authorization,
    signal: controller.signal,
  });
  await until(() => sandbox.requests.length > before);
  controller.abort(new DOMException("late", "TimeoutError"));
  const error = await rejection(answered);
  assert.equal(error.name, "TimeoutError");
  assert.equal(sandbox.requests.at(-1).status, null);
});

test("a redirect is not followed", async () => {
  const sandbox = createSandbox();
  const url = `${sandbox.baseUrl}/customers`;
  for (const redirect of ["follow", "error"]) {
    sandbox.fail("list", "redirect");
    await assert.rejects(sandbox.fetch(url, { headers: authorization, redirect }), TypeError);
  }
  sandbox.fail("list", "redirect");
  const response = await sandbox.fetch(url, { headers: authorization, redirect: "manual" });
  assert.equal(response.status, 302);
});

test("a body is read up to the limit of the service", async () => {
  const sandbox = createSandbox();
  const text = (length) => JSON.stringify({ notes: "a".repeat(length - 12) });
  const status = async (body) =>
    (await call(sandbox, "POST", "/customers", undefined, { body })).status;
  assert.equal(text(100).length, 100);
  assert.equal(await status(text(2 ** 20)), 422);
  assert.equal(await status(text(2 ** 20 + 1)), 413);
  assert.equal(await status(new Uint8Array([0x7b, 0xff, 0x7d])), 400);
});

test("an answer lists a hundred issues and counts the others, however many there are", async () => {
  const sandbox = createSandbox();
  const issues = async (wrong) => {
    const response = await call(sandbox, "POST", "/customers", { labels: Array(wrong).fill(1) });
    assert.equal(response.status, 422);
    return Object.keys((await response.json()).errors);
  };
  assert.equal((await issues(99)).length, 99);
  assert.equal((await issues(100)).length, 100);
  assert.equal((await issues(101)).length, 101);
  // A megabyte, the limit of what is read.
  assert.deepEqual(await issues(500_000), await issues(101));
});
