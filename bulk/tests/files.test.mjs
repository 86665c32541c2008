// The reports of realistic files: see support/files.mjs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { files, plain, utf8 } from "./support/files.mjs";
import { checkFile } from "./support/package.mjs";

const collect = async (iterable) => {
  const all = [];
  for await (const one of iterable) all.push(one);
  return all;
};

/** Asserts that `found` has everything in `expected`, and lists of the same length. */
const assertHas = (found, expected, where) => {
  if (typeof expected !== "object" || expected === null)
    return assert.deepEqual(found, expected, where);
  if (Array.isArray(expected)) assert.equal(found?.length, expected.length, `${where}.length`);
  for (const key of Object.keys(expected))
    assertHas(found?.[key], expected[key], `${where}.${key}`);
};

for (const [name, [file, customers, said = {}, options]] of Object.entries(files))
  test(`a file with ${name}`, async () => {
    const report = await checkFile(file, options);
    const found = await collect(report.customers());
    if (customers) assert.deepEqual(found, customers);
    assert.equal(report.valid, found.length);
    assertHas(report, { issues: [], damage: [], ...said }, "report");
    assert.equal(report.issueCount, report.issues.length);
  });

test("the report is the same wherever the file is divided", async () => {
  for (const [name, [file, , , options]] of Object.entries(files)) {
    const whole = typeof file === "string" ? utf8(file) : file;
    if (whole.length > 10_000) continue;
    const { customers: _, ...expected } = await checkFile(whole, options);
    for (let at = 0; at <= whole.length; at++) {
      const chunks = async function* () {
        yield whole.subarray(0, at);
        yield whole.subarray(at);
      };
      const { customers: _, ...report } = await checkFile(chunks(), options);
      assert.deepEqual(report, expected, `${name}, divided at ${at}`);
    }
  }
});

test("the same customers give the same issues as CSV, NDJSON and a list in JSON", async () => {
  const rows = [
    ["ada@example.com", "", "1990-02-30", "Rye"],
    ["nobody", "7700900123", "", ""],
    ["", "1".repeat(21), "", "é".repeat(51)],
    ["bob@example.com", "", "2000-02-29", ""],
  ];
  const names = ["email", "Mobile", "D.O.B.", "company_address.city"];
  const objects = rows.map(([email, Mobile, dob, city]) => ({
    email,
    Mobile,
    "D.O.B.": dob,
    company_address: { city },
  }));
  const lines = objects.map((object) => JSON.stringify(object));
  const [csv, ...others] = await Promise.all(
    [
      [names, ...rows].map((cells) => `${cells.join(",")}\n`).join(""),
      lines.join("\n"),
      `[${lines.join(",\n")}]`,
    ].map(async (file) => {
      const { customers, issues, damage, dialect: _, columns, ...report } = await checkFile(file);
      const found = issues.map(({ line, ...issue }) => ({ ...issue, line: line - issue.row }));
      return {
        ...report,
        issues: found.map(({ line: _, ...issue }) => issue),
        damage: damage.map(({ first: { row }, ...seen }) => ({ ...seen, row })),
        columns: columns.map(({ name, field }) => ({ name, field })),
        customers: await collect(customers()),
        below: new Set(found.map(({ line }) => line)).size,
      };
    }),
  );
  assert.equal(csv.issueCount, 4);
  assert.equal(csv.below, 1);
  for (const other of others) assert.deepEqual(other, csv);
});

test("every kind of input gives the same report", async () => {
  const file = utf8(plain.replace("Bob", "Bób"));
  const { customers: _, ...expected } = await checkFile(file);
  const given = [
    new TextDecoder().decode(file),
    file.buffer,
    new DataView(file.buffer),
    new Blob([file]),
    new Blob([file]).stream(),
  ];
  for (const input of given) {
    const { customers: _, ...report } = await checkFile(input);
    assert.deepEqual(report, expected);
  }
});

test("as many issues are kept as asked for, and all are counted", async () => {
  const file = `email\n${"nobody\n".repeat(1001)}`;
  for (const [keep, kept] of [
    [undefined, 1000],
    [0, 0],
    [1, 1],
    [1001, 1001],
    [1002, 1001],
  ]) {
    const report = await checkFile(file, { keep });
    assert.equal(report.issues.length, kept);
    assert.equal(report.issueCount, 1001);
  }
});

test("all issues can be read, also those that are not kept, one by one and in pages", async () => {
  const file = `email\n${"nobody\n".repeat(250)}`;
  const lines = (issues) => issues.map(({ line }) => line);
  const every = Array.from({ length: 250 }, (_, place) => place + 2);
  for (const keep of [0, 100, 101, 249, 250, 251]) {
    const { issues } = await checkFile(file, { keep });
    assert.equal(issues.length, Math.min(keep, 250));
    assert.deepEqual(Object.keys(issues), Object.keys([...issues]));
    assert.deepEqual(lines(await collect(issues)), every);
    assert.deepEqual(lines(await issues.page(1)), every.slice(0, 100));
    assert.deepEqual(lines(await issues.page(2)), every.slice(100, 200));
    assert.deepEqual(lines(await issues.page(3)), every.slice(200));
    assert.deepEqual(await issues.page(4), []);
    assert.deepEqual(lines(await issues.page(2, 249)), every.slice(249));
  }
  const { issues } = await checkFile(file);
  for (const number of [0, -1, 1.5, "1", undefined])
    await assert.rejects(issues.page(number), { message: /page must be a whole number from 1/ });
  await assert.rejects(issues.page(1, 0), { message: /size of a page must be a whole number/ });
});

test("a second reading of a stream is an error that says so", async () => {
  const { customers } = await checkFile(new Blob([plain]).stream());
  assert.throws(() => customers(), /only once/);
  const { issues } = await checkFile(new Blob(["email\nx\ny\n"]).stream(), { keep: 1 });
  assert.equal((await issues.page(1, 1)).length, 1);
  await assert.rejects(collect(issues), /only once/);
  await assert.rejects(issues.page(1), /only once/);
});

test("wrong options are refused, with the right ones", async () => {
  for (const [options, message] of [
    [null, /must be a plain object/],
    [{ maping: {} }, /unknown name "maping"/],
    [{ keep: -1 }, /keep must be a whole number/],
    [{ keep: 2 ** 32 }, /keep must be a whole number/],
    [{ dialect: { delimiter: ":" } }, /dialect\.delimiter must be one of/],
    [{ dialect: { encoding: "latin1" } }, /dialect\.encoding must be one of/],
    [{ mapping: { email: 1 } }, /must be the name of a field/],
    [{ mapping: { email: "mail" } }, /no such field/],
    [{ mapping: { email: "id" } }, /no such field/],
    [{ mapping: { Email: "email" } }, /no column "Email"/],
    [{ mapping: { 1: "email" } }, /no column "1"/],
    [{ onProgress: 1 }, /onProgress must be a function/],
  ])
    await assert.rejects(checkFile(plain, options), { name: "TypeError", message });
  for (const input of [undefined, null, 1, {}, []])
    await assert.rejects(checkFile(input), {
      name: "TypeError",
      message: /must be a File or Blob/,
    });
  await assert.rejects(checkFile(new Blob([plain]).stream().pipeThrough(new TextDecoderStream())), {
    name: "TypeError",
    message: /must give bytes/,
  });
});

test("a signal stops the check, and releases the stream", async () => {
  const reason = new Error("enough");
  await assert.rejects(checkFile(plain, { signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  let isCancelled = false;
  const stream = new ReadableStream({
    pull(to) {
      to.enqueue(utf8(plain));
      controller.abort(reason);
    },
    cancel() {
      isCancelled = true;
    },
  });
  await assert.rejects(checkFile(stream, { signal: controller.signal }), reason);
  assert.ok(isCancelled);
});

test("a signal stops a file that stalls", async () => {
  const reason = new Error("enough");
  const never = async function* () {
    yield utf8(plain);
    await new Promise(() => {});
  };
  const stalled = () =>
    new ReadableStream({
      start: (to) => to.enqueue(utf8(plain)),
      pull: () => new Promise(() => {}),
    });
  for (const file of [never(), stalled()]) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 20);
    await assert.rejects(checkFile(file, { signal: controller.signal }), reason);
  }
});

test("progress is reported, up to the end", async () => {
  const row = (email) => `${email},${"a".repeat(240)}\n`;
  const file = utf8(
    `email,notes\n${(row("ada@example.com") + row("ada@@example.com")).repeat(20_000)}`,
  );
  const told = [];
  const { rows, valid, issueCount } = await checkFile(file, {
    onProgress: (progress) => told.push(progress),
  });
  assert.equal(rows, 40_000);
  assert.ok(told.length > 2);
  for (const name of ["bytes", "rows", "valid", "issueCount"]) {
    const numbers = told.map((progress) => progress[name]);
    assert.ok(numbers[0] > 0 && numbers[0] < numbers.at(-1), name);
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
      name,
    );
  }
  const size = file.length;
  assert.deepEqual(told.at(-1), { bytes: size, size, rows, valid, issueCount });
});

test("other tasks get their turn while customers are read", async () => {
  const row = `ada@example.com,${"a".repeat(240)}\n`;
  const { customers } = await checkFile(`email,notes\n${row.repeat(8_000)}`);
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  let rows = 0;
  for await (const _ of customers()) rows += 1;
  clearImmediate(next);
  assert.equal(rows, 8_000);
  // These are 2 MB.
  assert.ok(turns >= 7, `${turns}`);
});
