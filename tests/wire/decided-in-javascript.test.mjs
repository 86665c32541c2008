// Tables of the decisions that are made in JavaScript: base URLs, tokens, the classes of statuses, the issues of a 422
// and the sentence of a ValidationError.

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

test("tokens contain only characters that are valid in a header", async () => {
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

test("each status has its class, and its sentence names the request", async () => {
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

test("only answers that a browser would follow are reported as redirects", async () => {
  const messageOf = async (status) => {
    const { api } = clientOf(() => new Response(null, { status }), { maxRetries: 0 });
    return (await rejection(api.list())).message;
  };
  for (const status of [301, 302, 303, 307, 308])
    assert.match(await messageOf(status), /answered 30\d: redirects are not followed/);
  for (const status of [300, 304, 305, 306])
    assert.match(await messageOf(status), /answered 30\d: the API does not document this status/);
  const opaque = { status: 0, ok: false, type: "opaqueredirect", headers: new Headers() };
  const of = async (response) => {
    const { api } = clientOf(() => ({ ...response, text: async () => "" }));
    return (await rejection(api.list())).message;
  };
  assert.match(await of(opaque), /answered with a redirect: redirects are not followed/);
  assert.match(await of({ ...opaque, type: "error" }), /answered 0: the API does not/);
});

test("a delete has succeeded if the answer is empty, or contains the customer", async () => {
  const come = async (body, status = 200) => {
    const { api, requests } = clientOf(() => new Response(body, { status }));
    const error = await api.delete(id).then(
      (value) => assert.equal(value, undefined),
      (error) => error,
    );
    assert.equal(requests.length, 1);
    return error;
  };
  for (const [body, status] of [
    [null, 204],
    [null, 205],
    ["", 200],
    ["", 202],
    [" \n", 200],
    ["{}", 200],
    ["null", 200],
    ["[ ]", 200],
    [`{"customer":{"id":"${id}"}}`, 200],
  ])
    assert.equal(await come(body, status), undefined, `${status} ${body}`);
  for (const body of [
    "<html><body>Sign in</body></html>",
    '{"error":"Unauthenticated."}',
    '{"message":"Too Many Attempts."}',
    '{"customer":null}',
    '{"customer":[]}',
    '{"customers":[]}',
    '{"customer":',
    "OK",
    "1",
    '""',
    "true",
    "[null]",
  ]) {
    for (const status of [200, 201, 202]) {
      const error = await come(body, status);
      assert.equal(error?.name, "UnexpectedResponseError", body);
      assert.equal(error.mayHaveSucceeded, true);
      assert.equal(error.status, status);
    }
  }
});

test("a list with anything other than customers is refused", async () => {
  for (const customers of [[null], [{ id }, "a"], [[]], [1], {}]) {
    const { api } = clientOf(() => json({ customers }));
    assert.equal((await rejection(api.list())).name, "UnexpectedResponseError");
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
  const taken = [rejected(["email"], "Is taken.")];
  const street = [rejected(["company_address", "street"], "Too long.")];
  for (const [body, expected] of [
    // texts instead of lists
    [{ errors: { email: "Is taken." } }, taken],
    [{ errors: { "company_address.street": "Too long." } }, street],
    // nested objects, of texts and of lists
    [{ errors: { company_address: { street: ["Too long."] } } }, street],
    [{ errors: { company_address: { street: "Too long." } } }, street],
    [{ errors: { labels: { 0: ["Must be text."] } } }, [rejected(["labels", 0], "Must be text.")]],
    // lists of objects
    [{ errors: [{ field: "email", message: "Is taken." }] }, taken],
    [{ errors: [{ path: ["company_address", "street"], message: "Too long." }] }, street],
    [{ errors: [{ pointer: "/company_address/street", detail: "Too long." }] }, street],
    [{ errors: [{ pointer: "#/email", detail: "Is taken." }] }, taken],
    [{ errors: [{ message: "Is taken." }] }, [rejected([], "Is taken.")]],
    [{ errors: ["Is taken."] }, [rejected([], "Is taken.")]],
    [{ errors: { email: [{ message: "Is taken." }] } }, taken],
    // detail
    [{ detail: [{ loc: ["body", "email"], msg: "Is taken." }] }, taken],
    [{ detail: [{ loc: ["body", "labels", 0], msg: "No." }] }, [rejected(["labels", 0], "No.")]],
    [{ title: "Invalid", detail: "Is taken." }, [rejected([], "Is taken.")]],
    [{ errors: null, detail: "Is taken." }, [rejected([], "Is taken.")]],
  ])
    assert.deepEqual(await issuesOf(JSON.stringify(body)), expected, JSON.stringify(body));

  const nested = (depth) => `{"errors":${'{"a":'.repeat(depth)}"x"${"}".repeat(depth)}}`;
  assert.equal((await issuesOf(nested(8)))[0].path.length, 8);
  assert.deepEqual(await issuesOf(nested(9)), [], "deeper than any value of the API");
  assert.deepEqual(await issuesOf(nested(9000)), []);

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
