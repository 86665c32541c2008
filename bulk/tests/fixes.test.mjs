// Fixes, which are made only if they are named, and their counts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkFile } from "./support/package.mjs";

const collect = async (iterable) => {
  const all = [];
  for await (const one of iterable) all.push(one);
  return all;
};

const file =
  "Name,email,phone,dob,notes\n" +
  ' Ada King Lovelace , ADA@Example.com ,+44 7700\u00a0900123,10/12/1815," a\n"\n' +
  '"Hopper, Grace",grace@example.com,123,9.12.1906,\n' +
  "Bob,bob@example.com,,31-1-1990,x\n";

test("no value changes without a fix", async () => {
  const { valid, fixes, issues, customers } = await checkFile(file.replaceAll(" ADA", "ADA"));
  assert.equal(valid, 0);
  assert.deepEqual(fixes, []);
  assert.deepEqual(
    issues.map(({ code }) => code),
    ["invalid_email", "invalid_date", "invalid_date", "invalid_date"],
  );
  assert.deepEqual(await collect(customers()), []);
  const all = await checkFile("email,phone,notes\nA@B.example,1 2, x \n", {
    fixes: { trim: false },
  });
  assert.deepEqual(await collect(all.customers()), [
    { email: "A@B.example", phone: "1 2", notes: " x " },
  ]);
});

test("every fix, each changed value counted", async () => {
  const fixes = {
    trim: true,
    phoneBlanks: true,
    lowerCaseEmails: true,
    splitNames: true,
    dates: "dmy",
  };
  const report = await checkFile(file, { fixes });
  assert.deepEqual(report.issues, []);
  assert.deepEqual(await collect(report.customers()), [
    {
      email: "ada@example.com",
      first_name: "Ada",
      last_name: "King Lovelace",
      phone: "+447700900123",
      dob: "1815-12-10",
      notes: "a",
    },
    {
      email: "grace@example.com",
      first_name: "Grace",
      last_name: "Hopper",
      phone: "123",
      dob: "1906-12-09",
    },
    { email: "bob@example.com", first_name: "Bob", dob: "1990-01-31", notes: "x" },
  ]);
  assert.deepEqual(
    report.fixes.map(({ fix, column, name, rows }) => [fix, column, name, rows]).sort(),
    [
      ["dates", 4, "dob", 3],
      ["lowerCaseEmails", 2, "email", 1],
      ["phoneBlanks", 3, "phone", 1],
      ["splitNames", 1, "Name", 3],
      ["trim", 2, "email", 1],
      ["trim", 5, "notes", 1],
    ],
  );
  const { column, name, rows, orders, fixed } = report.dates;
  assert.deepEqual([column, name, rows, orders, fixed], [4, "dob", 3, ["dmy"], true]);
});

test("fixes of JSON are the same as those of a table", async () => {
  const json = '{"Name":"Ada Lovelace","email":"ADA@example.com","labels":[" a "]}';
  const report = await checkFile(json, {
    fixes: { splitNames: true, lowerCaseEmails: true, trim: true },
  });
  assert.deepEqual(await collect(report.customers()), [
    { email: "ada@example.com", first_name: "Ada", last_name: "Lovelace", labels: [" a "] },
  ]);
});

test("a name is divided only if its parts have no columns", async () => {
  const { customers, fixes } = await checkFile("Name,Surname\nAda King,Lovelace\n", {
    fixes: { splitNames: true },
  });
  assert.deepEqual(await collect(customers()), [{ last_name: "Lovelace" }]);
  assert.deepEqual(fixes, []);
});

test("the part of a name that is too long is reported", async () => {
  const { issues } = await checkFile(`notes,Name\n"a\n",Ada ${"x".repeat(256)}\n`, {
    fixes: { splitNames: true },
  });
  assert.equal(issues.length, 1);
  const { line, column, path, code } = issues[0];
  assert.deepEqual([line, column, path, code], [3, 2, ["last_name"], "too_long"]);
});

const dates = (...values) =>
  `email,dob\n${values.map((value) => `a@b.example,${value}\n`).join("")}`;

test("the orders that fit all dates are reported, with the lines that contradict the others", async () => {
  for (const [values, orders, against, either] of [
    [["25/12/1990", "03/04/1990", "1990-01-01"], ["dmy"], { mdy: 2, ymd: 2 }, [3]],
    [["03/04/1990", "12.25.1990"], ["mdy"], { dmy: 3, ymd: 2 }, [2]],
    [["1990/3/4"], ["ymd"], { dmy: 2, mdy: 2 }, []],
    [
      ["05/05/1990", "03/04/1990", "03/04/1991", "3/4/1992", "3/4/1993"],
      ["dmy", "mdy"],
      { ymd: 2 },
      [3, 4, 5],
    ],
    [["25/12/1990", "12/25/1990"], [], { dmy: 3, mdy: 2, ymd: 2 }, []],
  ]) {
    const { dates: found, valid } = await checkFile(dates(...values));
    assert.equal(valid, values.filter((value) => value === "1990-01-01").length);
    assert.equal(found.rows, values.length - valid);
    assert.deepEqual(found.orders, orders);
    assert.deepEqual(
      Object.fromEntries(Object.entries(found.against).map(([order, { line }]) => [order, line])),
      against,
    );
    assert.deepEqual(
      found.either.map(({ line }) => line),
      either,
    );
    assert.equal(found.fixed, false);
  }
  for (const value of ["", "1990-01-01", "32874", "25/12/90", "31/02/1990", "soon", "1/2/3/1990"])
    assert.equal((await checkFile(dates(value))).dates, undefined, value);
});

test("the question about dates is a sentence", async () => {
  for (const [values, order, message] of [
    [["25/12/1990"], undefined, "Dates are not YYYY-MM-DD. They are all dmy, which a fix can read"],
    [
      ["3/4/1990", "4/3/1990"],
      undefined,
      "Dates are not YYYY-MM-DD, and may be dmy and mdy: see lines 2 and 3, ask for the order and name it",
    ],
    [
      ["25/12/1990", "12/25/1990"],
      undefined,
      "Dates are not YYYY-MM-DD, and no single order fits them all: see lines 2 and 3",
    ],
    [["25/12/1990"], "dmy", "Dates were read as dmy: no other order makes other dates of them"],
    [["3/4/1990"], "mdy", "Dates were read as mdy, but dmy fits them as well: make sure by line 2"],
    [
      ["3/4/1990", "25/12/1990"],
      "mdy",
      "Dates are not in the order mdy: line 3 does not fit. No date was changed",
    ],
  ]) {
    const report = await checkFile(dates(...values), { fixes: { dates: order } });
    assert.equal(report.dates.message, message);
  }
});

test("a date that does not fit the named order leaves its whole column unchanged", async () => {
  const file = dates("03/04/1990", "soon", "1990-01-01", "25/12/1990", "5/6/1990");
  const report = await checkFile(file, { fixes: { dates: "mdy" } });
  assert.deepEqual([report.rows, report.valid, report.issueCount], [5, 1, 4]);
  assert.deepEqual(report.fixes, []);
  assert.equal(report.dates.fixed, false);
  assert.deepEqual(
    report.issues.map(({ line, path, code }) => [line, path, code]),
    [2, 3, 5, 6].map((line) => [line, ["dob"], "invalid_date"]),
  );
  assert.deepEqual(await collect(report.customers()), [
    { email: "a@b.example", dob: "1990-01-01" },
  ]);
});

test("wrong fixes are refused, with the right ones", async () => {
  for (const [fixes, message] of [
    [{ dates: "dym" }, /fixes\.dates must be one of "dmy", "mdy", "ymd"/],
    [{ trim: 1 }, /fixes\.trim must be true or false/],
    [{ trims: true }, /unknown name "trims". The names are trim, phoneBlanks/],
    [true, /fixes must be a plain object/],
  ])
    await assert.rejects(checkFile(file, { fixes }), { name: "TypeError", message });
});
