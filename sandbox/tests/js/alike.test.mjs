// The sandbox in WebAssembly gives the same answers as the server, to the byte. (tests/wire/alike.rs compares the
// stores in Rust. This compares the letters that JavaScript folds, and the values that cross to the module and back.)

import assert from "node:assert/strict";
import { test } from "node:test";
import { chance } from "../../../tests/support/random.mjs";
import { startSandbox } from "../../../tests/support/sandbox.mjs";
import { authorization, createSandbox } from "./support.mjs";

const now = "2025-06-15T12:34:56Z";

const TEXTS = [
  ...[
    "",
    " ",
    "a",
    "Ada",
    "ADA LOVELACE",
    "José",
    "Jose\u0301",
    "Straße",
    "ΣΊΣΥΦΟΣ",
    "Βλάχος",
    "İpek",
    "김민준",
  ],
  ...[
    "Nguyễn",
    "🎉",
    "a\u0000b",
    "\t\n",
    "%",
    "'\"\\",
    "+44 (20) 7946-0123",
    "ᾼ",
    "ǅ",
    "ﬁ",
    "K",
    "ⱥ",
    "й",
    "q\u0301\u0323",
  ],
  ...[
    "\u2003a\u2003",
    "\u1e9e",
    "ȸ\u0300",
    "한\u0301",
    "शर्मा",
    "ıİ",
    "\u0345\u0301x",
    "Ω",
    "ſ\u0323",
  ],
];

const FIELDS = ["first_name", "last_name", "company", "notes", "custom_field_value"];

test("the same random operations give the same bytes", async (t) => {
  const { oneOf, next, some } = chance(3);
  const { origin } = await startSandbox(t, "--seed", "80", "--dice", "0", "--now", now, "--quiet");
  const sandbox = createSandbox({ seed: 80, baseUrl: `${origin}/api`, now: new Date(now) });
  let ids = [];
  const body = () =>
    JSON.stringify({
      ...Object.fromEntries(some(4, () => [oneOf(FIELDS), oneOf(TEXTS)])),
      ...(next() < 0.3 && { labels: some(3, () => oneOf(TEXTS)) }),
      ...(next() < 0.2 && { email: `${oneOf(["José", "ΣΑΣ", "İ", "ada", "a b"])}@example.com` }),
    });
  const query = () => {
    const parameters = {
      ...(next() < 0.5 && { query: oneOf(TEXTS) }),
      ...(next() < 0.1 && { full_name: `${oneOf(TEXTS)} ${oneOf(TEXTS)}` }),
      ...(next() < 0.1 && { labels: some(3, () => oneOf(TEXTS)) }),
      ...(next() < 0.5 && { sort: oneOf(["first_name", "-last_name", "company", "-email,notes"]) }),
      ...(next() < 0.5 && { page: oneOf(["1", "2", "9"]) }),
      limit: oneOf(["3", "30"]),
    };
    return new URLSearchParams(parameters).toString();
  };
  const statuses = new Set();
  for (let number = 0; number < 1500; number += 1) {
    const id = oneOf([...ids.slice(-9), "none", "%2e%2e"]);
    const [method, path] = oneOf([
      ["GET", `?${query()}`],
      ["GET", `?${query()}`],
      ["POST", ""],
      ["PUT", `/${id}`],
      ["GET", `/${id}`],
      ["DELETE", `/${oneOf([id, "none", "none"])}`],
    ]);
    const url = `${origin}/api/customers${path}`;
    const init = {
      method,
      headers: { ...authorization, "content-type": "application/json" },
      ...(["POST", "PUT"].includes(method) && { body: body() }),
    };
    const [one, other] = await Promise.all([sandbox.fetch(url, init), fetch(url, init)]);
    const text = await one.text();
    const what = `${number}: ${method} ${path} ${init.body ?? ""}`;
    assert.deepEqual([one.status, text], [other.status, await other.text()], what);
    for (const [name, value] of one.headers)
      if (name !== "content-length" || value !== "0")
        assert.equal(other.headers.get(name), value, what);
    statuses.add(`${method} ${one.status}`);
    if (one.status === 201) ids.push(JSON.parse(text).customer.id);
    if (one.status === 204) ids = ids.filter((other) => !path.endsWith(other));
  }
  for (const wanted of [
    "GET 200",
    "GET 404",
    "GET 422",
    "POST 201",
    "POST 422",
    "PUT 200",
    "DELETE 204",
  ])
    assert.ok(statuses.has(wanted), wanted);
});
