// A query string is read by the package and by servers with the crate, such as the sandbox. Both accept the same
// queries, and find the same issues.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../support/in-process.mjs";
import { CustomerFilter } from "../support/package.mjs";
import { chance, sentences } from "../support/random.mjs";
import { token } from "../support/sandbox.mjs";

const readHere = (query) => {
  try {
    CustomerFilter.parse(query);
    return {};
  } catch ({ issues }) {
    return sentences(issues);
  }
};

const NAMES = ["labels", "email", "dob_month", "limit", "page", "full_name", "booking_date"];
const OTHERS = [
  "booking_date_to",
  "opted_in",
  "opted_in_date",
  "label",
  "l%61bels",
  "%ff",
  "__proto__",
  "",
];
const PIECES = [
  ..."0,0,1,30,31,12,007,1.5,-1,1e3,99999999999,a,VIP,ada@example.com,2024-02-29,2023-02-29".split(
    ",",
  ),
  ..."%2C,%20,%,%z1,%C3%A9,%C3,%F0%9F%98%80,%ED%A0%80,%C0%80,%00,%3D,%26,%2B".split(","),
  ...[",", ",,", "+", "=", "=="],
];

test("the package reads a query like a server with the crate", async () => {
  const { baseUrl, fetch } = createSandbox({ seed: 3 });
  const { next, oneOf, some } = chance(5);
  const queries = [
    "",
    "&",
    "&&limit=1&",
    "limit",
    "limit=",
    "labels=",
    "query=%",
    "=",
    "=1",
    "??limit=1",
  ];
  for (let made = 0; made < 1500; made++)
    queries.push(
      some(4, () => {
        const name = oneOf(next() < 0.85 ? NAMES : OTHERS);
        return `${name}${next() < 0.97 ? "=" : ""}${some(3, () => oneOf(PIECES)).join("")}`;
      }).join("&"),
    );

  let refused = 0;
  for (const query of queries) {
    const response = await fetch(`${baseUrl}/customers?${query}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const { errors = {} } = await response.json();
    assert.equal(response.status, Object.keys(errors).length ? 422 : 200, query);
    assert.deepEqual(readHere(query), errors, query);
    if (response.status === 422) refused++;
  }
  assert.ok(refused > 300 && refused < queries.length - 300, `${refused} were refused`);
});

test("a hundred issues of a query are listed, and the last one counts the others", () => {
  const issuesOf = (query, options) => {
    try {
      return CustomerFilter.parse(query, options) && [];
    } catch ({ issues }) {
      return issues;
    }
  };
  const repeated = (count) => Array.from({ length: count + 1 }, () => "limit=1").join("&");
  const unreadable = (count) => Array.from({ length: count }, () => "labels=%FF").join("&");
  const unknown = (count) => Array.from({ length: count }, (_, index) => `x${index}=1`).join("&");
  for (const [faults, options] of [
    [repeated],
    [repeated, { unknown: "ignore" }],
    [unknown],
    // A repeated name is an issue, and so is each unreadable value.
    [(count) => unreadable((count + 1) / 2)],
  ]) {
    assert.equal(issuesOf(faults(99), options).length, 99);
    assert.equal(issuesOf(faults(99), options).at(-1).params?.more, undefined);
    for (const count of [101, 10_001]) {
      const issues = issuesOf(faults(count), options);
      assert.equal(issues.length, 101);
      assert.deepEqual(issues[100], {
        path: [],
        code: "more_issues",
        message: `Issues that are not listed here: ${count - 100}`,
        params: { more: count - 100 },
      });
    }
  }
  assert.equal(issuesOf(repeated(100)).length, 100);
  assert.equal(issuesOf(repeated(100)).at(-1).code, issuesOf(repeated(1))[0].code);
});

test("a page is a number, with or without zeros before it", () => {
  for (const page of ["2", "02", "0000000002"]) {
    const filter = CustomerFilter.parse(`page=${page}`);
    assert.deepEqual(filter.toObject(), { page: 2 }, page);
    assert.equal(filter.toQueryString(), "page=2");
    assert.equal(new CustomerFilter({ page }).toQueryString(), "page=2");
  }
});

test("a written query is read back, and written the same again", () => {
  const filter = new CustomerFilter()
    .labels(["VIP", "a b", "100 %", "é😀", "+", "&=?#'"])
    .dobMonth([1, 12])
    .query("Smith, John & co")
    .limit(30)
    .page(2);
  const query = filter.toQueryString();
  const read = CustomerFilter.parse(query);
  assert.deepEqual(read.toObject(), filter.toObject());
  assert.equal(read.toQueryString(), query);
});
