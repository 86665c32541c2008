// `npx collins-customers export`, against the sandbox over HTTP.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CustomersApi } from "../../tests/support/package.mjs";
import { root, startSandbox, token } from "../../tests/support/sandbox.mjs";
import { onTerminal, startCommand, startProxy } from "./support/command.mjs";
import { checkFile, command } from "./support/package.mjs";

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "export-"));
});
after(() => rm(folder, { recursive: true }));

const place = (name) => join(folder, name);
const exists = (name) =>
  stat(place(name)).then(
    () => true,
    () => false,
  );

const start = (args, env) => startCommand(folder, ["export", ...args], { env });
const run = (...args) => start(...args).result;

const idsOf = async (name) => {
  const ndjson = await readFile(place(name), "utf8");
  return ndjson
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).id);
};

async function everyone(baseUrl) {
  const ids = [];
  for await (const { id } of new CustomersApi({ baseUrl, token }).iterate()) ids.push(id);
  return ids.sort();
}

test("a file of CSV with a column for every preference, and nothing beside it", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "400");
  const { code, out, error } = await run(["all.csv", "--base-url", baseUrl, "--bom"]);
  assert.deepEqual([code, out], [0, ""], error);
  assert.equal(error, "400 customers written to all.csv (14 requests)\n");
  const csv = await readFile(place("all.csv"));
  assert.deepEqual([...csv.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const { rows, columns } = await checkFile(csv);
  assert.equal(rows, 400);
  assert.ok(columns.filter(({ sent, name }) => sent && name.startsWith("marketing_")).length > 1);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith("all")),
    ["all.csv"],
  );

  const again = await run(["all.csv", "--base-url", baseUrl]);
  assert.equal(again.code, 2);
  assert.match(again.error, /^all\.csv already exists: --force overwrites it\n/);
  const forced = await run(["all.csv", "--base-url", baseUrl, "--force", "--json"]);
  assert.equal(forced.code, 0);
  assert.equal(forced.error, "");
  assert.deepEqual(JSON.parse(forced.out), {
    file: "all.csv",
    customers: 400,
    requests: 14,
    otherFields: 0,
  });
  assert.equal((await readFile(place("all.csv")))[0], "i".charCodeAt(0));
});

test("standard output, a filter, and NDJSON", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "200");
  const args = ["-", "--base-url", baseUrl, "--filter", "labels=VIP", "--format", "ndjson"];
  const { code, out, error } = await run(args);
  assert.equal(code, 0);
  const customers = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.ok(customers.length > 3);
  for (const { labels } of customers) assert.ok(labels.includes("VIP"));
  const requests = Math.ceil(customers.length / 30);
  assert.equal(
    error,
    `${customers.length} customers written to standard output (${requests} requests)\n`,
  );
  const named = await run(["vip.ndjson", "--base-url", baseUrl, "--filter", "labels=VIP"]);
  assert.equal(named.code, 0);
  assert.equal(await readFile(place("vip.ndjson"), "utf8"), out);
});

test("the cost, and nothing written", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "400", "--rate-limit", "10");
  const { code, out, error } = await run(["dry.csv", "--base-url", baseUrl, "--dry-run"]);
  assert.deepEqual([code, error], [0, ""]);
  // 14 requests: 8 in this hour after the plan's, and 6 of the 9 in the next.
  assert.match(out, /^400 customers: 14 requests, 1 hour for the quota, until .+\n$/);
  const json = await run(["dry.csv", "--base-url", baseUrl, "--dry-run", "--json"]);
  const { customers, requests, hours, end } = JSON.parse(json.out);
  assert.deepEqual([customers, requests, Math.ceil(hours)], [400, 14, 1]);
  assert.ok(Math.abs(new Date(end) - Date.now()) <= 3_601_000);
  assert.ok(!(await exists("dry.csv")) && !(await exists("dry.csv.partial")));
});

test("killed again and again, it continues, and each customer is in the file once", async (t) => {
  const { origin, baseUrl } = await startSandbox(t, "--seed", "200");
  const before = await everyone(baseUrl);
  const api = new CustomersApi({ baseUrl, token });
  let child;
  let requests = 0;
  const between = await startProxy(t, origin, async () => {
    // One page is answered; the next request is the last one of this process.
    if (++requests % 2 === 0) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  });
  const steady = new Set(before);
  let kills = 0;
  for (;;) {
    const running = start(["killed.ndjson", "--base-url", between]);
    child = running.child;
    requests = 0;
    const { code, signal, error } = await running.result;
    if (signal === null) {
      assert.equal(code, 0, error);
      break;
    }
    assert.equal(signal, "SIGKILL");
    assert.ok(!(await exists("killed.ndjson")));
    kills++;
    // Meanwhile customers are created and deleted, and the last line is incomplete, as if the disk was full.
    const [gone] = before.splice(kills * 7, 1);
    steady.delete(gone);
    await api.delete(gone);
    await api.create({ first_name: `New ${kills}` });
    await appendFile(place("killed.ndjson.partial"), '{"position":90,"customers":[{"id":"to');
    assert.ok(kills < 30);
  }
  assert.ok(kills >= 6, `${kills} kills`);
  const ids = await idsOf("killed.ndjson");
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(
    [...steady].filter((id) => !ids.includes(id)),
    [],
  );
  assert.ok(!(await exists("killed.ndjson.partial")));
});

test("after Ctrl-C the same command continues, and no other", async (t) => {
  const { origin, baseUrl } = await startSandbox(t, "--seed", "200");
  let child;
  const between = await startProxy(t, origin, async (requests, left) => {
    if (requests !== 3) return;
    child.kill("SIGINT");
    // It gives the request up. An answer that came as early as the signal would be written as well.
    await left;
  });
  const running = start(["stopped.csv", "--base-url", between]);
  child = running.child;
  const { code, error } = await running.result;
  assert.equal(code, 4);
  assert.equal(
    error,
    "Stopped. stopped.csv.partial has 60 customers: run the same command to continue\n",
  );
  assert.ok(!(await exists("stopped.csv")));
  if (process.platform !== "win32")
    assert.equal((await stat(place("stopped.csv.partial"))).mode & 0o077, 0);
  for (const args of [
    ["--base-url", between, "--filter", "labels=VIP"],
    ["--base-url", baseUrl],
  ]) {
    const other = await run(["stopped.csv", ...args]);
    assert.equal(other.code, 2);
    assert.match(other.error, /belongs to an export with another filter or from another service/);
  }
  const rest = await run(["stopped.csv", "--base-url", between]);
  assert.equal(rest.code, 0);
  assert.equal(
    rest.error,
    "Continuing after 60 customers in stopped.csv.partial\n200 customers written to stopped.csv (5 requests)\n",
  );
  const { rows } = await checkFile(await readFile(place("stopped.csv")));
  assert.equal(rows, 200);
});

test("two exports to one file are kept apart", async (t) => {
  const { origin, baseUrl } = await startSandbox(t, "--seed", "60");
  let second;
  const between = await startProxy(t, origin, async () => {
    second ??= run(["twice.ndjson", "--base-url", baseUrl]);
    await second;
  });
  const { code, error } = await run(["twice.ndjson", "--base-url", between]);
  assert.equal(code, 0, error);
  const refused = await second;
  assert.equal(refused.code, 2);
  assert.match(
    refused.error,
    /Process \d+ is writing twice\.ndjson\.partial: wait until it ends, or name another file/,
  );
  assert.equal((await idsOf("twice.ndjson")).length, 60);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith("twice")),
    ["twice.ndjson"],
  );
});

test("a service that fails, and a token that it refuses", async (t) => {
  const { origin, baseUrl } = await startSandbox(t, "--seed", "100");
  const wrong = await run(["wrong.csv", "--base-url", baseUrl], { COLLINS_TOKEN: "not-it" });
  assert.equal(wrong.code, 3);
  assert.match(wrong.error, /^GET \/customers answered 401: the token was not accepted/);
  assert.ok(!wrong.error.includes("not-it"));
  assert.ok(!(await exists("wrong.csv.partial")));

  const faults = encodeURIComponent("ok, lost, ok, status=503, truncate, ok, status=403");
  const failing = `${origin}/scenario/export/${faults}/api`;
  const stopped = await run(["failing.ndjson", "--base-url", failing]);
  assert.equal(stopped.code, 4);
  assert.match(stopped.error, /answered 403: .*\. failing\.ndjson\.partial has 90 customers/);
  const rest = await run(["failing.ndjson", "--base-url", failing]);
  assert.equal(rest.code, 0, rest.error);
  assert.deepEqual((await idsOf("failing.ndjson")).sort(), await everyone(baseUrl));

  const folderThatIsNot = await run(["no/where.csv", "--base-url", baseUrl]);
  assert.equal(folderThatIsNot.code, 3);
  assert.match(folderThatIsNot.error, /ENOENT/);
});

test("a reader of standard output that stops reading", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "1000");
  const child = spawn(process.execPath, [command, "export", "-", "--base-url", baseUrl], {
    env: { ...process.env, COLLINS_TOKEN: token },
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const [[code], error] = await Promise.all([once(child, "close"), text(child.stderr)]);
  assert.equal(code, 4);
  // Linux has another code for a reader who left in the middle of a write.
  assert.match(
    error,
    /^(write (EPIPE|ECONNRESET)|Stopped)\. Written to standard output: \d+ customers\n$/,
  );
});

test("on a terminal it shows its progress", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "65");
  const line = `"${process.execPath}" "${command}" export "${place("seen.csv")}" --base-url ${baseUrl}`;
  const shown = await onTerminal(line, { env: { COLLINS_TOKEN: token } });
  for (const part of ["30 of 65 customers", "60 of 65 customers", "65 of 65 customers"])
    assert.ok(shown.includes(`\r\x1b[K${part}`), shown);
  assert.match(shown, /65 customers written to .*seen\.csv \(3 requests\)/);
});

test("a token that is asked for is not shown", async () => {
  const service = pathToFileURL(join(root, "bulk/js/cli/service.js"));
  const program = place("ask.mjs");
  const asks = `import { askToken } from "${service}";
    const { length } = await askToken();
    process.stdout.write("got " + length);`;
  await writeFile(program, asks);
  const line = `"${process.execPath}" "${program}"`;
  const shown = await onTerminal(line, { answers: [["Token: ", "s3cret-token"]] });
  assert.match(shown, /got 12/);
  assert.ok(!shown.includes("s3cret"), shown);
});

test("errors in a command", async () => {
  await writeFile(place("there.csv"), "mine\n");
  for (const [args, message, env] of [
    [[], /^Name one file/],
    [["a", "b"], /^Name one file/],
    [["a.csv", "--colour"], /--colour/],
    [["a.csv", "--format", "xlsx"], /^--format must be csv or ndjson/],
    [["a.ndjson", "--bom"], /^--bom is for CSV/],
    [["-", "--json"], /leave out --json/],
    [["a.csv", "--filter", "lables=VIP"], /^--filter: .*lables \(unknown_field\)/],
    [["a.csv", "--filter", "limit=5"], /must not have limit/],
    [["a.csv", "--environment", "test"], /^--environment must be/],
    [["a.csv", "--environment", "playpen", "--base-url", "http://127.0.0.1:1"], /not both/],
    [["a.csv"], /^Set COLLINS_TOKEN/, {}],
    [["there.csv"], /^there\.csv already exists/],
  ]) {
    const { code, out, error } = await run(args, env);
    assert.deepEqual([code, out], [2, ""], `${args.join(" ")}: ${error}`);
    assert.match(error, message);
  }
  assert.equal(await readFile(place("there.csv"), "utf8"), "mine\n");
  assert.ok(!(await exists("a.csv.partial")));
});

test("help", async () => {
  const { code, out } = await run(["--help"]);
  assert.equal(code, 0);
  assert.match(out, /COLLINS_TOKEN/);
  assert.ok(!out.includes("--token"));
  for (const line of out.split("\n")) assert.ok(line.length <= 120, line);
});
