// `npx collins-customers import`, against the sandbox over HTTP.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { CustomersApi } from "../../tests/support/package.mjs";
import { startSandbox, token } from "../../tests/support/sandbox.mjs";
import { lasting } from "../js/cli/files.js";
import { onTerminal, startCommand, startProxy } from "./support/command.mjs";
import { command } from "./support/package.mjs";

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "import-"));
});
after(() => rm(folder, { recursive: true }));

const place = (name) => join(folder, name);
const exists = (name) =>
  stat(place(name)).then(
    () => true,
    () => false,
  );
const start = (args, options) => startCommand(folder, ["import", ...args], options);
const run = (...args) => start(...args).result;

const rows = (count) =>
  Array.from({ length: count }, (_, at) => `guest${at}@example.com,Guest ${at}\r\n`).join("");
const HEADER = "E-mail;First name\r\n";

async function emailsOf(baseUrl) {
  const emails = [];
  for await (const { email } of new CustomersApi({ baseUrl, token }).iterate()) emails.push(email);
  return emails.sort();
}

test("a file is imported, and refused rows come back", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "0");
  const file = `${HEADER}${rows(3).replaceAll(",", ";")}nobody;Olga\r\n`;
  await writeFile(place("guests.csv"), file);
  const args = ["guests.csv", "--base-url", baseUrl, "--yes"];
  const { code, out, error } = await run(args);
  assert.equal(code, 1, error);
  assert.equal(out, "4 rows: 3 created, 0 updated, 0 skipped, 1 refused, 0 unknown (3 requests)\n");
  assert.match(error, /^4 rows: 3 to create, 1 not valid\n/);
  assert.match(error, /\nNot imported: 1 row, in guests\.not-imported\.csv with the reasons\n/);
  assert.equal(
    await readFile(place("guests.not-imported.csv"), "utf8"),
    `E-mail;First name;not imported because\r\nnobody;Olga;email: Must be an email address\r\n`,
  );
  assert.deepEqual(await emailsOf(baseUrl), [
    "guest0@example.com",
    "guest1@example.com",
    "guest2@example.com",
  ]);

  // Again: the rest must not be overwritten, and nothing is repeated.
  const again = await run(args);
  assert.equal(again.code, 2);
  assert.match(again.error, /^guests\.not-imported\.csv already exists/);
  const other = await run([...args, "--rest", "rest.csv", "--json"]);
  assert.equal(other.code, 1);
  const { created, refused, journal, rest } = JSON.parse(other.out);
  assert.deepEqual([created, refused, journal, rest], [3, 1, "guests.csv.journal", "rest.csv"]);
  assert.equal((await emailsOf(baseUrl)).length, 3);

  // The rest, corrected, is a file of its own.
  const mended = (await readFile(place("rest.csv"), "utf8")).replace(
    "nobody;",
    "olga@example.com;",
  );
  await writeFile(place("mended.csv"), mended);
  const last = await run(["mended.csv", "--base-url", baseUrl, "--yes"]);
  assert.equal(last.code, 0, last.error);
  assert.equal((await emailsOf(baseUrl)).length, 4);
  assert.ok(!(await exists("mended.not-imported.csv")));
});

test("the cost, and nothing sent or written", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "0", "--rate-limit", "20");
  await writeFile(place("price.csv"), `email,first_name\r\n${rows(40)}`);
  const { code, out } = await run(["price.csv", "--base-url", baseUrl, "--dry-run"]);
  assert.equal(code, 0);
  assert.match(out, /^40 rows: 40 to create\n40 requests, \d hours for the quota, until .+\n$/);
  const json = await run(["price.csv", "--base-url", baseUrl, "--dry-run", "--json"]);
  assert.equal(JSON.parse(json.out).counts.create, 40);
  // Without a terminal it cannot ask.
  const asked = await run(["price.csv", "--base-url", baseUrl]);
  assert.equal(asked.code, 2);
  assert.match(asked.error, /give --yes/);
  assert.ok(!(await exists("price.csv.journal")));
});

test("Ctrl-C stops it, and the same command continues", async (t) => {
  const { origin, baseUrl } = await startSandbox(t, "--seed", "0");
  await writeFile(place("stopped.csv"), `email,first_name\r\n${rows(60)}`);
  let child;
  const between = await startProxy(t, origin, async (requests) => {
    if (requests === 30) child.kill("SIGINT");
  });
  const args = ["stopped.csv", "--base-url", between, "--yes"];
  const running = start(args);
  child = running.child;
  const { code, error } = await running.result;
  assert.equal(code, 4, error);
  assert.match(
    error,
    /Stopped\. The progress is in stopped\.csv\.journal: run the same command to continue\n$/,
  );
  const before = (await emailsOf(baseUrl)).length;
  assert.ok(before > 20 && before < 40, `${before}`);

  // Another file, other options or another service: the journal is refused.
  await writeFile(place("other.csv"), `email,first_name\r\n${rows(61)}`);
  for (const other of [
    ["other.csv", "--journal", "stopped.csv.journal", "--base-url", between, "--yes"],
    [...args, "--existing", "update"],
    ["stopped.csv", "--base-url", baseUrl, "--yes"],
  ]) {
    const refused = await run(other);
    assert.equal(refused.code, 3);
    assert.match(refused.error, /^The journal belongs to another import/);
  }
  assert.equal((await emailsOf(baseUrl)).length, before);

  const rest = await run([...args, "--json"]);
  assert.equal(rest.code, 0, rest.error);
  assert.match(
    rest.error,
    new RegExp(`^60 rows: ${before} already done, ${60 - before} to create\n`),
  );
  assert.equal(JSON.parse(rest.out).created, 60);
  const emails = await emailsOf(baseUrl);
  assert.equal(new Set(emails).size, 60);
  assert.equal(emails.length, 60);
});

test("a file that is changed during its import is not read further", async (t) => {
  const { origin, baseUrl } = await startSandbox(t, "--seed", "0");
  // More than is read at once, so that the second half is read after the first one was imported.
  const file = `email,Shoe size\r\n${Array.from(
    { length: 400 },
    (_, at) => `guest${at}@example.com,${"9".repeat(20_000)}\r\n`,
  ).join("")}`;
  await writeFile(place("changed.csv"), file);
  const between = await startProxy(t, origin, async (requests) => {
    if (requests === 30) await writeFile(place("changed.csv"), file.replaceAll("guest", "other"));
  });
  const args = ["changed.csv", "--base-url", between, "--yes"];
  const { code, error } = await run(args);
  assert.equal(code, 4, error);
  assert.match(
    error,
    /changed\.csv was changed during the import: restore it\. The progress is in changed\.csv\.journal/,
  );
  const other = await run(args);
  assert.equal(other.code, 3);
  assert.match(other.error, /the file has changed since/);
  await writeFile(place("changed.csv"), file);
  const last = await run(args);
  assert.equal(last.code, 0, last.error);
  const emails = await emailsOf(baseUrl);
  assert.equal(emails.length, 400);
  assert.ok(emails.every((email) => email.startsWith("guest")));
});

test("two imports that begin at the same instant", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "0");
  await writeFile(place("twice.csv"), `email,first_name\r\n${rows(30)}`);
  const both = await Promise.all(
    Array.from({ length: 4 }, () => run(["twice.csv", "--base-url", baseUrl, "--yes"])),
  );
  for (const { code, error } of both)
    if (code !== 0) {
      assert.equal(code, 3, error);
      assert.match(error, /^Process \d+ is importing with twice\.csv\.journal: wait until it ends/);
    }
  assert.ok(both.some(({ code }) => code === 0));
  assert.equal((await emailsOf(baseUrl)).length, 30);
  assert.ok(!(await exists("twice.csv.journal.lock")));
});

test("the plan says what a spreadsheet did to the file", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "0");
  await writeFile(place("phones.csv"), "email,phone\nada@example.com,4.47E+11\n");
  const { out } = await run(["phones.csv", "--base-url", baseUrl, "--dry-run"]);
  assert.match(out, /^Column 2 \(phone\), 1 row from line 2 on: Long numbers were shortened/m);
});

test("the plan says what is known of dates", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "0");
  await writeFile(place("dates.csv"), "email,dob\nada@example.com,31/12/1990\n");
  const args = ["dates.csv", "--base-url", baseUrl, "--dry-run"];
  const { code, out } = await run(args);
  assert.equal(code, 0);
  assert.match(out, /^Column 2 \(dob\): Dates are not YYYY-MM-DD\. They are all dmy/m);
  const fixed = await run([...args, "--fix", "dates=dmy"]);
  assert.match(fixed.out, /^Column 2 \(dob\): Dates were read as dmy/m);
});

test("it asks on a terminal", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "0");
  await writeFile(place("asked.csv"), `email,first_name\r\n${rows(2)}`);
  const line = `"${process.execPath}" "${command}" import asked.csv --base-url ${baseUrl}`;
  const options = { cwd: folder, env: { COLLINS_TOKEN: token } };
  const no = await onTerminal(line, { ...options, answers: [["[y/N] ", "n"]] });
  assert.match(no, /2 rows: 2 to create/);
  assert.match(no, /Nothing was imported/);
  assert.equal((await emailsOf(baseUrl)).length, 0);
  assert.ok(!(await exists("asked.csv.journal")));
  const yes = await onTerminal(line, { ...options, answers: [["[y/N] ", "y"]] });
  assert.match(yes, /2 rows: 2 created/);
  assert.equal((await emailsOf(baseUrl)).length, 2);
});

test("fixes are made to what is sent", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "0");
  await writeFile(place("fixed.csv"), "email,dob\r\nADA@example.com,31/12/1990\r\n");
  const fixes = ["--fix", "lower-case-emails", "--fix", "dates=dmy"];
  const { code, error } = await run(["fixed.csv", "--base-url", baseUrl, "--yes", ...fixes]);
  assert.equal(code, 0, error);
  const { customers } = await new CustomersApi({ baseUrl, token }).list();
  assert.deepEqual(
    customers.map(({ email, dob }) => [email, dob]),
    [["ada@example.com", "1990-12-31"]],
  );
});

test("standard input, and errors in a command", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "0");
  const input = `email,first_name\r\n${rows(2)}`;
  const named = ["--journal", "input.journal", "--rest", "input.rest.csv", "--yes"];
  const { code, error } = await run(["-", "--base-url", baseUrl, ...named], { input });
  assert.equal(code, 0, error);
  await writeFile(place("a.csv"), input);
  for (const [args, expected, message, options] of [
    [[], 2, /^Name one file/],
    [["-", "--base-url", baseUrl], 2, /^With - give --journal/],
    [["a.csv", "--colour"], 2, /--colour/],
    [["a.csv", "--existing", "replace"], 2, /^--existing must be/],
    [["a.csv", "--max-refusals", "few"], 2, /^--max-refusals must be/],
    [["a.csv", "--encoding", "latin1"], 2, /must be one of/],
    [["a.csv", "--base-url", baseUrl, "--map", "Mail=email", "--yes"], 2, /no column "Mail"/],
    [["a.csv", "--yes"], 2, /^Set COLLINS_TOKEN/, { env: {} }],
    [["missing.csv", "--base-url", baseUrl, "--yes"], 3, /ENOENT/],
    [["a.csv", "--base-url", baseUrl, "--yes"], 3, /401/, { env: { COLLINS_TOKEN: "not-it" } }],
  ]) {
    const wrong = await run(args, options);
    assert.deepEqual([wrong.code, wrong.out], [expected, ""], `${args}: ${wrong.error}`);
    assert.match(wrong.error, message);
    assert.ok(!wrong.error.includes("not-it"));
  }
  assert.ok(!(await exists("a.csv.journal")));
});

test("a file that was emptied or cut is not read as one without customers", async () => {
  for (const rest of ["", "email\n"]) {
    await writeFile(place("emptied.csv"), "email\nada@example.com\n");
    const { stream } = await lasting(place("emptied.csv"));
    await writeFile(place("emptied.csv"), rest);
    await assert.rejects(text(stream()), /emptied\.csv was changed during the import/);
  }
});
