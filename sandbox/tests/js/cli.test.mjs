// `npx collins-customers sandbox`: the same service over HTTP, without Rust.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { root } from "../../../tests/support/sandbox.mjs";
import { authorization, CustomersApi, clientOf, rejection } from "./support.mjs";

const command = join(root, "pkg/dist/cli.js");

/** Starts it on a free port, and stops it after the test. */
async function start(t, ...args) {
  const options = { stdio: ["ignore", "pipe", "inherit"] };
  const child = spawn(process.execPath, [command, "sandbox", "--port", "0", ...args], options);
  t.after(() => child.kill());
  const [line] = await createInterface(child.stdout)
    [Symbol.asyncIterator]()
    .next()
    .then(({ value }) => [value]);
  const [, origin] = /^listening on (\S+)$/.exec(line);
  return { child, origin, baseUrl: `${origin}/api` };
}

/** The status of a request with exactly these headers. */
const statusOf = (origin, path, headers) =>
  new Promise((resolve, reject) => {
    const sent = request(`${origin}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response);
    });
    sent.on("error", reject);
    sent.end();
  });

test("a client works with it over HTTP", async (t) => {
  const { baseUrl } = await start(t, "--seed", "40", "--token", "other", "--rate-limit", "5");
  const api = new CustomersApi({ baseUrl, token: "other", maxRetries: 0 });
  const page = await api.list({ page: 2 });
  assert.deepEqual(page.pagination, { page: 2, perPage: 30, totalPages: 2, totalResults: 40 });
  const { id } = await api.create({ first_name: "Ada" });
  assert.equal((await api.update(id, { notes: "🎉" })).notes, "🎉");
  await api.delete(id);
  assert.equal((await rejection(api.get(id))).name, "NotFoundError");
  assert.equal((await rejection(api.list())).name, "RateLimitError");
});

test("faults are applied on the wire", async (t) => {
  const { origin } = await start(t, "--seed", "5");
  const names = {
    "status=503": "InternalServerError",
    reset: "ConnectionError",
    lost: "ConnectionError",
    truncate: "ConnectionError",
    html: "InternalServerError",
    stall: "TimeoutError",
    json: "UnexpectedResponseError",
    throttle: "RateLimitError",
  };
  for (const [fault, name] of Object.entries(names)) {
    const baseUrl = `${origin}/scenario/${fault}/${encodeURIComponent(`${fault}, ok`)}/api`;
    // A stalled answer takes all of the time, which is enough for any other.
    const api = clientOf({ baseUrl }, { maxRetries: 0, timeout: 5000 });
    const error = await rejection(api.create({ first_name: "Ada" }));
    assert.equal(error.name, name, fault);
    await api.list();
    const seen = await (
      await fetch(`${origin}/sandbox/scenarios/${encodeURIComponent(fault)}`)
    ).json();
    assert.equal(seen.requests, 2);
  }
  const api = clientOf({ baseUrl: `${origin}/api` });
  // With lost, truncate, stall and json the operation was carried out.
  assert.equal((await api.list()).pagination.totalResults, 9);
});

test("a connection that sends no request, or half of one, is ended", {
  timeout: 60_000,
}, async (t) => {
  const { origin } = await start(t);
  const { port, host } = new URL(origin);
  /** Everything that is received until the connection ends. */
  const ended = (text) =>
    new Promise((resolve) => {
      const socket = connect(Number(port), "127.0.0.1", () => socket.write(text));
      let got = "";
      socket.on("data", (bytes) => {
        got += bytes;
      });
      socket.on("error", () => {});
      socket.on("close", () => resolve(got));
    });
  const [, slow, waiting] = await Promise.all([
    ended(""),
    ended("GET /api/customers HTTP/1.1\r\nHost: "),
    ended(`POST /api/customers HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 9\r\n\r\n`),
  ]);
  for (const answer of [slow, waiting]) assert.doesNotMatch(answer, /^HTTP\/1.1 2/);
  assert.equal((await statusOf(origin, "/api/customers", authorization)).statusCode, 200);
});

test("outside the API it says where the API is", async (t) => {
  const { origin } = await start(t);
  for (const path of ["/", "/favicon.ico", "/customers", "//api/customers", "/apis"]) {
    const response = await fetch(`${origin}${path}`, { headers: authorization });
    assert.equal(response.status, 404, path);
    assert.deepEqual(await response.json(), {
      message: `The base URL of the API is ${origin}/api`,
    });
  }
});

test("it answers only to this machine, and lets pages of it read", async (t) => {
  const { origin } = await start(t, "--host", "sandbox.local");
  const { port } = new URL(origin);
  const status = async (host) =>
    (await statusOf(origin, "/api/customers", { ...authorization, host })).statusCode;
  for (const host of [
    `localhost:${port}`,
    `127.0.0.1:${port}`,
    `[::1]:${port}`,
    `sandbox.local:${port}`,
  ])
    assert.equal(await status(host), 200, host);
  for (const host of [
    `evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    "localhost",
    "localhost:1",
    "sandbox.local",
    `a@localhost:${port}`,
  ])
    assert.equal(await status(host), 421, host);
  for (const [from, allowed] of [
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://localhost.evil.example", undefined],
    ["null", undefined],
  ]) {
    const headers = { ...authorization, origin: from };
    const response = await statusOf(origin, "/api/customers", headers);
    assert.equal(response.headers["access-control-allow-origin"], allowed);
  }
});

test("it reports wrong arguments, and ends on a signal", async (t) => {
  const run = (...args) => spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
  for (const args of [["--nonsense"], ["--port", "65536"], ["--seed", "-1"], ["word"]]) {
    const { status, stderr } = run("sandbox", ...args);
    assert.equal(status, 2);
    assert.match(stderr, /--help/);
  }
  const help = run("sandbox", "--help");
  assert.equal(help.status, 0);
  for (const option of ["--port", "--seed", "--token", "--rate-limit", "--host"])
    assert.ok(help.stdout.includes(option));
  assert.match(run("--help").stdout, /^ {2}sandbox +\S/m);

  const { child, origin } = await start(t);
  const taken = run("sandbox", "--port", new URL(origin).port);
  assert.deepEqual([taken.status, taken.stdout], [1, ""]);
  child.kill("SIGTERM");
  const [code] = await new Promise((resolve) => child.once("exit", (...end) => resolve(end)));
  assert.equal(code, 0);
});
