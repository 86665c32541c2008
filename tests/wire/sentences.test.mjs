// The texts of errors: `message` for developers, `userMessage` for the person in front of a page.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CustomersApi,
  CustomersApiError,
  calls,
  clientOf,
  id,
  json,
  rejection,
} from "../support/package.mjs";

const TELL = "Please tell the people who run this page.";
const LATER = "Please try again later.";
const MAYBE = "The change may have been made all the same: please check before you try again.";

const answering = (status, body = {}, headers = {}) =>
  clientOf(() => json(body, { status, headers }), { maxRetries: 0 }).api;

test("a message for developers says what was expected, what was found and what to do", async () => {
  const messageOf = async (answer, call = calls.list, options = {}) => {
    const { api } = clientOf(answer, { maxRetries: 0, ...options });
    return (await rejection(call(api))).message;
  };
  const status = (status) => () => json({}, { status });
  const text = (body) => () => new Response(body);
  const list = 'GET /customers answered 200: expected JSON with "customers", got';
  const rows = [
    [status(404), calls.list, "GET /customers answered 404: nothing is served there: check baseUrl, to which /customers is appended"],
    [status(404), calls.create, "POST /customers answered 404: nothing is served there: check baseUrl, to which /customers is appended"],
    [status(404), calls.get, "GET /customers/{customerId} answered 404: there is no such customer, or baseUrl leads elsewhere"],
    [status(401), calls.list, "GET /customers answered 401: the token was not accepted: check it, and that it belongs to this environment"],
    [status(405), calls.delete, "DELETE /customers/{customerId} answered 405: the server at baseUrl refused this: if it is a proxy, see its options authorize and allow"],
    [status(429), calls.delete, "DELETE /customers/{customerId} answered 429: the quota of this hour is used up: see retryAfterMs and resetAt"],
    [status(503), calls.update, "PUT /customers/{customerId} answered 503: the service, or a gateway in front of it, failed: try again later"],
    [text(""), calls.list, `${list} an empty body`],
    [text("<!doctype html><p>Sign in"), calls.list, `${list} a page of HTML: check baseUrl`],
    [text("customers"), calls.list, `${list} text that is not JSON: check baseUrl`],
    [text('{"customers":[{"id":"'), calls.list, `${list} JSON that was cut off`],
    [text('{"data":[]}'), calls.list, `${list} other JSON`],
    [text("<html>"), calls.delete, "DELETE /customers/{customerId} answered 200: expected an empty body, got a page of HTML: check baseUrl"],
    [async () => "OK", calls.list, "GET /customers: fetch resolved to something that is not a readable Response: check the option fetch"],
    [() => Promise.reject(new TypeError("Failed to fetch")), calls.list, "GET /customers: the connection failed or the response was cut off (TypeError): in a page, check CORS as well"],
    [() => Promise.reject(Object.assign(new Error(), { code: "ENOTFOUND" })), calls.list, "GET /customers: there was no connection (Error: ENOTFOUND), so nothing was sent: check baseUrl"],
    [() => Promise.reject("why"), calls.list, "GET /customers: the connection failed or the response was cut off (Error: not an Error, but of type string): in a page, check CORS as well"],
  ]; // biome-ignore format: a table
  for (const [answer, call, expected] of rows)
    assert.equal(await messageOf(answer, call), expected);
  // Without a token it is the caller who was refused.
  for (const code of [401, 403])
    assert.equal(
      await messageOf(status(code), calls.list, { token: undefined }),
      `GET /customers answered ${code}: the server at baseUrl refused this: if it is a proxy, see its options authorize and allow`,
    );
  const never = () => new Promise(() => {});
  assert.equal(
    await messageOf(never, calls.get, { timeout: 20 }),
    "GET /customers/{customerId}: no complete response within 20 ms: check the service, or raise timeout and totalTimeout",
  );
});

test("a sentence for the person in front of a page, by class and by what may have happened", async () => {
  const of = async (api, call = calls.get) => (await rejection(call(api))).userMessage;
  for (const [status, call, expected] of [
    [400, calls.get, `The request was not understood. ${TELL}`],
    [401, calls.get, "You are not signed in, or not any more. Please sign in again. If that does not help, please tell the people who run this page."],
    [402, calls.get, `Something went wrong. ${LATER}`],
    [403, calls.get, `You are not allowed to do this. ${TELL}`],
    [404, calls.get, `This customer was not found. ${TELL}`],
    [404, calls.list, `The list of customers was not found. ${TELL}`],
    [404, calls.create, `The list of customers was not found. ${TELL}`],
    [409, calls.update, "Someone else made a change at the same time. Please reload and try again."],
    [422, calls.update, "Some of the details were not accepted. Please correct them and try again."],
    [429, calls.get, `Too many requests were made. ${LATER}`],
    [500, calls.get, `The service has a problem. ${LATER}`],
    [500, calls.create, `The service has a problem. ${MAYBE}`],
    [502, calls.delete, `The service has a problem. ${MAYBE}`],
  ]) // biome-ignore format: a table
    assert.equal(await of(answering(status), call), expected, `${status}`);

  const lost = clientOf(() => Promise.reject(new TypeError("no")), { maxRetries: 0 }).api;
  const unreachable = "The service could not be reached.";
  assert.equal(
    await of(lost),
    `${unreachable} Please check the internet connection and try again.`,
  );
  assert.equal(await of(lost, calls.create), `${unreachable} ${MAYBE}`);
  const silent = clientOf(() => new Promise(() => {}), { maxRetries: 0, timeout: 20 }).api;
  assert.equal(await of(silent), `The service took too long to answer. ${LATER}`);
  const html = clientOf(() => new Response("<html>")).api;
  assert.equal(await of(html), `The service gave an answer that cannot be used. ${LATER}`);
  const invalid = (api) => api.create({ email: "no address" });
  assert.equal(
    await of(html, invalid),
    "Some of the details are not valid. Please correct them and try again.",
  );
  const set = (api) => api.get(id, { retries: 3 });
  assert.equal(await of(html, set), `This page is not set up correctly. ${TELL}`);
});

test("the quota's end is told in the time and the form of the reader", async () => {
  const reset = new Date(Date.now() + 3_000_000);
  const limited = answering(429, {}, { "X-RateLimit-Reset": reset.toISOString() });
  const { userMessage, resetAt } = await rejection(limited.list());
  const time = resetAt.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  assert.equal(userMessage, `The hourly quota is used up until ${time}. ${LATER}`);
  assert.match(time, /\d/);
});

test("no sentence for people contains a code, a wire name or the name of an option", async () => {
  const errors = [];
  for (const status of [0, 302, 400, 401, 403, 404, 409, 422, 429, 500])
    for (const call of Object.values(calls)) {
      const answer = () => ({ status, ok: false, headers: new Headers(), text: async () => "{}" });
      errors.push(await rejection(call(clientOf(answer, { maxRetries: 0 }).api)));
    }
  assert.ok(errors.every((error) => error instanceof CustomersApiError));
  for (const { userMessage, message } of errors) {
    assert.doesNotMatch(userMessage, /\d{3}|_|\/|[A-Z]{2}|[a-z][A-Z]|Error|JSON|token|status/);
    assert.match(userMessage, /^[A-Z].*\.$/);
    assert.notEqual(userMessage, message);
  }
});

test("a class that a user derived, and the base itself, have a sentence", () => {
  class Own extends CustomersApiError {}
  assert.equal(new Own("x").userMessage, `Something went wrong. ${LATER}`);
  assert.equal(Object.keys(new Own("x")).length, 0);
});

test("errors name their call", async () => {
  const lost = clientOf(() => Promise.reject(new TypeError("no")), { maxRetries: 0 }).api;
  for (const api of [answering(500), lost, clientOf(() => new Response("x")).api]) {
    const { method, route, attempts } = await rejection(api.update(id, {}));
    assert.deepEqual([method, route, attempts], ["PUT", "/customers/{customerId}", 1]);
  }
  assert.throws(() => new CustomersApi({}), {
    userMessage: `This page is not set up correctly. ${TELL}`,
  });
});
