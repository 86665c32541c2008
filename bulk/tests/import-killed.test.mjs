// An import of 300 rows whose process is killed again and again, by SIGKILL and at every kind of step of its journal,
// against a server that loses answers, has a quota of 200 requests per hour, and whose hour takes two seconds.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chance } from "../../tests/support/random.mjs";
import { SPEED } from "./support/fast-clock.mjs";
import { FIELDS, fileOf, people, person, sum } from "./support/imports.mjs";
import { command } from "./support/package.mjs";

const support = (name) => fileURLToPath(new URL(`support/${name}`, import.meta.url));
const HOUR = 3_600_000 / SPEED;

/** The average number of rows per process. With fewer it is killed more often, and the test takes longer. */
const ROWS_PER_LIFE = 3;

/** The points at which a process dies. A line of the journal says that something is sent, or that it is done. */
const DEATHS = [
  "before sending",
  "within sending",
  "after sending",
  "on its way",
  "answered",
  "before done",
  "within done",
  "after done",
];

const env = { ...process.env, CLOCK_BEGIN: String(Date.now()) };
const clock = ["--import", support("fast-clock.mjs")];

async function startServer(t) {
  const args = [...clock, command, "sandbox", "--port", "0", "--seed", "0", "--rate-limit", "200"];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill());
  for await (const chunk of child.stdout) {
    const [, origin] = /listening on (\S+)/.exec(String(chunk)) ?? [];
    if (origin) return `${origin}/api`;
  }
  throw new Error("the server did not start");
}

/** Sends a request to the server until it is answered. */
async function ask(url, init) {
  for (;;) {
    const headers = { authorization: "Bearer sandbox", "content-type": "application/json" };
    const response = await fetch(url, { headers, ...init });
    if (response.ok) return response.json();
    assert.equal(response.status, 429);
    await response.text();
    await new Promise((resolve) => setTimeout(resolve, HOUR / 2));
  }
}

async function everybody(baseUrl) {
  const all = [];
  for (let page = 1; ; page++) {
    const { customers } = await ask(`${baseUrl}/customers?limit=30&page=${page}`);
    all.push(...customers);
    if (customers.length < 30) return all;
  }
}

/** Runs the import. Resolves to the results of the rows, or to the reason that ended it. */
async function run(args, more) {
  const child = spawn(process.execPath, [...clock, support("dying-import.mjs"), ...args], {
    env: { ...env, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) =>
    child.once("close", (code, signal) => resolve([code, signal])),
  );
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code, signal] = await ended;
  if (signal === "SIGKILL") return { isKilled: true };
  if (code === 75) return {};
  assert.equal(code, 0, error.slice(-1000));
  return { result: JSON.parse(out) };
}

test("an import that is killed at every step neither loses nor duplicates a customer", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "import-"));
  t.after(() => rm(folder, { recursive: true }));
  const place = (name) => join(folder, name);
  const baseUrl = await startServer(t);

  // Of 300 rows 20 are already customers, 20 are invalid, 20 have no address, and 10 occur twice.
  const there = people(20).map((customer) => ({ ...customer, phone: "1" }));
  for (const customer of there)
    await ask(`${baseUrl}/customers`, { method: "POST", body: JSON.stringify(customer) });
  const withoutEmail = people(20, 1001).map((customer, place) => ({
    ...customer,
    email: "",
    last_name: `Unaddressed ${place}`,
  }));
  const invalid = people(20, 2001).map((customer) => ({ ...customer, email: "nobody" }));
  const rows = [...people(230), ...withoutEmail, ...invalid, ...people(30, 101)];
  // Spread over the file, and always in the same order.
  const order = rows.map((_, row) => (row * 7) % rows.length);
  await writeFile(
    place("file.csv"),
    fileOf(
      order.map((row) => rows[row]),
      FIELDS,
    ),
  );

  const args = [place("file.csv"), place("journal"), baseUrl, place("rest.csv")];
  const begun = performance.now();
  const deaths = Object.fromEntries(DEATHS.map((death) => [death, 0]));
  const luck = chance(1);
  let result;
  for (let number = 0; !result; number++) {
    assert.ok(number < 3000, "it makes no progress");
    const DEATH = DEATHS[number % DEATHS.length];
    const CHANCE = String(1 + Math.floor(luck.next() * 2 * ROWS_PER_LIFE));
    const end = await run(args, { DEATH, CHANCE, FAULTS: String(number + 1) });
    if (end.isKilled) deaths[DEATH]++;
    result = end.result;
  }
  const hours = (performance.now() - begun) / HOUR;

  assert.equal(result.rows, 300);
  assert.equal(sum(result), 300);
  assert.equal(result.refused, 20);
  for (const [death, times] of Object.entries(deaths)) assert.ok(times > 0, death);

  const keyOf = ({ email, first_name, last_name }) => email || `${first_name} ${last_name}`;
  const wanted = new Set([...people(230), ...withoutEmail].map(keyOf));
  const timesOf = (customers) => {
    const times = new Map();
    for (const customer of customers) {
      const key = keyOf(customer);
      assert.ok(wanted.has(key), "somebody is there who is not in the file");
      times.set(key, (times.get(key) ?? 0) + 1);
    }
    return times;
  };
  const customers = await everybody(baseUrl);
  const times = timesOf(customers);
  assert.deepEqual(
    [...times.values()].filter((count) => count !== 1),
    [],
  );
  assert.equal(customers.length, there.length + result.created);

  // Unknown rows are in the rest with what to look for, and importing the rest creates the missing customers.
  const missing = [...wanted].filter((key) => !times.has(key)).length;
  assert.ok(missing <= result.unknown);
  const rest = await readFile(place("rest.csv"), "utf8");
  assert.equal(rest.trimEnd().split("\r\n").length, 1 + result.refused + result.unknown);
  const { result: again } = await run(
    [place("rest.csv"), place("second"), baseUrl, place("last.csv")],
    {},
  );
  assert.equal(again.created, missing);
  assert.equal(again.refused, 20);
  const all = await everybody(baseUrl);
  assert.equal(timesOf(all).size, wanted.size);
  assert.equal(all.length, wanted.size);
  const [first] = all.filter(({ email }) => email === person(1).email);
  assert.equal(first.phone, person(1).phone);

  const { created, updated, skipped, refused, unknown } = result;
  const counted = Object.entries(deaths).map(([death, count]) => `${count} ${death}`);
  t.diagnostic(
    `${Object.values(deaths).reduce((a, b) => a + b)} kills (${counted.join(", ")}) in ${Math.round(hours)} hours of the quota`,
  );
  t.diagnostic(
    `${created} created + ${updated} updated + ${skipped} skipped + ${refused} refused + ${unknown} unknown = ${sum(result)} rows; ${customers.length} customers, each once; with the rest ${all.length} of ${wanted.size}`,
  );
});
