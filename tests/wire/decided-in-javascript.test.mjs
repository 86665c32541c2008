// The tables of what is decided in JavaScript: base URLs, tokens, the classes of statuses, the issues of a
// 422 and the sentence of a ValidationError.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CustomersApi, calls, clientOf, id, json, rejection } from "../support/package.mjs";

const refused = { name: "ConfigurationError" };

test("base URLs are absolute and secure", async () => {
  for (const baseUrl of [
    "https://proxy.example/api/",
    "HTTPS://proxy.example:8443",
    "http://shop.localhost/api",
    "http://127.0.0.1:8787",
    "http://127.1.2.3",
    "http://[::1]:8787/api",
  ]) {
    const { api, requests } = clientOf(undefined, { baseUrl });
    await api.list();
    assert.equal(requests[0].url, `${baseUrl.replace(/\/$/, "")}/customers`);
  }
  for (const baseUrl of [
    "https:///api",
    "http://127.0.0.1.example",
    "http://127.0.0.256",
    "http://128.0.0.1",
    "http://[::2]",
    "https://user:pass@proxy.example",
    "http://localhost@proxy.example",
    "https://proxy.example/#a",
    " https://proxy.example",
    "https://proxy.example\n",
    "javascript://x",
    "http://localhost\\.proxy.example",
    "https://:8443/api",
  ]) {
    assert.throws(() => clientOf(undefined, { baseUrl }), refused, baseUrl);
  }
});

test("the service's own hosts want a token, however they are written", () => {
  for (const baseUrl of [
    undefined,
    "HTTPS://API.collinsbookings.com/other",
    "https://api-playpen.collinsbookings.com./api",
  ]) {
    assert.throws(() => new CustomersApi({ baseUrl }), /token is missing/, baseUrl);
  }
  for (const baseUrl of ["https://proxy.example/api", "http://localhost:1"]) {
    new CustomersApi({ baseUrl });
  }
});

test("tokens hold what a header can carry", async () => {
  for (const token of ["sandbox", "eyJ.a-b_c~+/="]) {
    const { api, requests } = clientOf(undefined, { token });
    await api.list();
    assert.equal(requests[0].headers.get("Authorization"), `Bearer ${token}`);
  }
  for (const token of ["", "a\nb", "a\r", "a b", " a", "a\0", "t\u{f6}ken", "\u{1f511}"]) {
    assert.throws(() => clientOf(undefined, { token }), refused, JSON.stringify(token));
    const { api, requests } = clientOf(undefined, { token: () => token });
    assert.equal((await rejection(api.list())).name, "ConfigurationError");
    assert.equal(requests.length, 0);
  }
});

test("each status has its class, and its sentence says what was asked", async () => {
  for (const [status, name] of [
    [302, "ApiError"],
    [400, "BadRequestError"],
    [401, "AuthenticationError"],
    [402, "ApiError"],
    [403, "PermissionDeniedError"],
    [404, "NotFoundError"],
    [405, "ApiError"],
    [409, "ConflictError"],
    [418, "ApiError"],
    [422, "UnprocessableEntityError"],
    [429, "RateLimitError"],
    [499, "ApiError"],
    [500, "InternalServerError"],
    [503, "InternalServerError"],
    [599, "InternalServerError"],
  ]) {
    const { api } = clientOf(() => json({}, { status }), { maxRetries: 0 });
    for (const call of Object.values(calls)) {
      const error = await rejection(call(api));
      assert.equal(error.name, name, `${status}`);
      assert.match(error.message, new RegExp(`^[A-Z]+ /customers\\S* answered ${status}: \\w`));
    }
  }
});

const rejected = (path, message) => ({ path, code: "rejected", message });

test("the issues of a 422, in every form of its body", async () => {
  const issuesOf = async (body) => {
    const { api } = clientOf(() => new Response(body, { status: 422 }));
    return (await rejection(api.update(id, {}))).issues;
  };
  const wrapped = {
    message: "The given data was invalid.",
    errors: {
      email: ["Must be an email address.", "Is taken."],
      "company_address.post_code": ["Too long."],
      "labels.0": ["Must be text."],
      "marketing_preferences.123456789012": ["Unknown."],
    },
  };
  assert.deepEqual(await issuesOf(JSON.stringify(wrapped)), [
    rejected(["email"], "Must be an email address."),
    rejected(["email"], "Is taken."),
    rejected(["company_address", "post_code"], "Too long."),
    rejected(["labels", 0], "Must be text."),
    rejected(["marketing_preferences", "123456789012"], "Unknown."),
  ]);
  assert.deepEqual(await issuesOf('{"email":["Is taken."]}'), [rejected(["email"], "Is taken.")]);
  for (const body of [
    "",
    "<html><body>502 Bad Gateway</body></html>",
    '{"error":"Unauthenticated."}',
    '{"message":"The requested resource was not found"}',
    '{"errors":null}',
    '{"errors":"x"}',
    '["a"]',
    "null",
    '{"email":[1,{"a":[]},null]}',
  ]) {
    assert.deepEqual(await issuesOf(body), [], body);
  }
});

test("the sentence of a ValidationError names paths and codes alone", async () => {
  const { api, requests } = clientOf();
  const sentence = async (value) => (await rejection(api.create(value))).message;
  assert.equal(await sentence({ email: "no address" }), "1 issue: email (invalid_email)");
  assert.equal(await sentence("text"), "1 issue: (invalid_type)");
  const four = { email: "no", labels: ["a", 5], phone: "1".repeat(21), dob: "x" };
  assert.equal(
    await sentence(four),
    "4 issues: email (invalid_email), labels.1 (invalid_type), phone (too_long), …",
  );
  assert.equal(requests.length, 0);
});
