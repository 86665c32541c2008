// A create may be sent again if the runtime reports that there was no connection, but not if a connection broke.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { programOf } from "../runtimes/support/tools.mjs";
import { clientOf, module, rejection } from "../support/package.mjs";

const run = promisify(execFile);
const program = fileURLToPath(new URL("../support/not-sent.mjs", import.meta.url));

const listening = (server) =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

/** A port on which nothing listens: one that was just released. */
async function freePort() {
  const server = createTcpServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("a runtime says that there was no connection", { concurrency: true }, async (t) => {
  const pem = await readFile(new URL("../support/self-signed.pem", import.meta.url));
  let answered = 0;
  const secure = createServer({ key: pem, cert: pem }, (_, response) => {
    answered++;
    response.end();
  });
  const breaking = createTcpServer((socket) => socket.on("data", () => socket.resetAndDestroy()));
  const closing = createTcpServer((socket) => socket.on("data", () => socket.end()));
  const servers = [secure, breaking, closing];
  const [securePort, breakingPort, closingPort] = await Promise.all(servers.map(listening));
  t.after(() => {
    for (const server of servers) server.close();
    secure.closeAllConnections();
  });

  const places = {
    refused: `http://127.0.0.1:${await freePort()}`,
    "refused by every address": `http://localhost:${await freePort()}`,
    "unknown host": "https://collins-customers.invalid",
    "self-signed certificate": `https://127.0.0.1:${securePort}`,
    "certificate of another host": `https://localhost:${securePort}`,
    reset: `http://127.0.0.1:${breakingPort}`,
    closed: `http://127.0.0.1:${closingPort}`,
  };
  const runtimes = {
    node: [process.execPath],
    node24: [programOf("node24")],
    deno: [programOf("deno"), "run", "--no-prompt", "--allow-net", "--allow-read"],
    bun: [programOf("bun")],
  };
  const tests = Object.entries(runtimes).map(([name, [runtime, ...args]]) =>
    t.test(name, async () => {
      const { stdout } = await run(runtime, [...args, program, module, JSON.stringify(places)], {
        timeout: 60_000,
      });
      const { reset, closed, ...unconnected } = JSON.parse(stdout.trim().split("\n").at(-1));
      assert.equal(Object.keys(unconnected).length, 5);
      for (const [place, { code, ...result }] of Object.entries(unconnected)) {
        const expected = {
          requests: 2,
          error: "ConnectionError",
          mayHaveSucceeded: false,
          isTold: true,
        };
        assert.deepEqual(result, expected, place);
        // Deno has no codes.
        assert.equal(code === null, name === "deno", `${place}: ${code}`);
      }
      for (const { code, ...result } of [reset, closed]) {
        const expected = {
          requests: 1,
          error: "ConnectionError",
          mayHaveSucceeded: true,
          isTold: false,
        };
        assert.deepEqual(result, expected);
      }
    }),
  );
  await Promise.all(tests);
  assert.equal(answered, 0);
});

test("the reason of a failure is read in the forms of every runtime, and no others", async () => {
  const failed = (cause) => new TypeError("fetch failed", { cause });
  const coded = (code, more) => Object.assign(new Error("no"), { code, ...more });
  const outcome = async (reason) => {
    const { api, requests } = clientOf(() => Promise.reject(reason), { maxRetries: 1 });
    const error = await rejection(api.create({}));
    assert.equal(error.name, "ConnectionError");
    assert.equal(requests.length, error.mayHaveSucceeded ? 1 : 2);
    return error.mayHaveSucceeded;
  };
  const refused = coded("ECONNREFUSED", { syscall: "connect" });
  const timedOut = coded("ETIMEDOUT", { syscall: "connect" });
  const reset = coded("ECONNRESET", { syscall: "read" });
  const rows = [
    [failed(refused), false],
    [refused, false],
    [failed(timedOut), false],
    [failed(coded("UND_ERR_CONNECT_TIMEOUT")), false],
    [failed(coded("EAI_AGAIN", { syscall: "getaddrinfo" })), false],
    [failed(coded("CERT_HAS_EXPIRED")), false],
    [failed(coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE")), false],
    [failed(coded("ERR_TLS_CERT_ALTNAME_INVALID")), false],
    [failed(new AggregateError([refused, timedOut])), false],
    [coded("ConnectionRefused"), false],
    // One of the addresses may have been reached.
    [failed(new AggregateError([refused, reset])), true],
    [failed(Object.assign(new AggregateError([refused, reset]), { code: "ECONNREFUSED" })), true],
    [failed(new AggregateError([])), true],
    [failed(reset), true],
    [failed(coded("ETIMEDOUT", { syscall: "read" })), true],
    [failed(coded("UND_ERR_SOCKET")), true],
    [failed(coded("UND_ERR_HEADERS_TIMEOUT")), true],
    [failed(coded("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED")), true],
    [failed(coded("XECONNREFUSED")), true],
    [failed(coded(["ECONNREFUSED", "ECONNRESET"])), true],
    [failed(), true],
    [coded(20), true],
    ["ECONNREFUSED", true],
    [null, true],
    [new Error("ECONNREFUSED"), true],
    [new Error("error sending request for url (https://a/?q=client%20error%20(Connect))"), true],
    [failed(Object.defineProperty({}, "code", { get: () => assert.fail("a getter") })), true],
  ];
  for (const [index, [reason, expected]] of rows.entries())
    assert.equal(await outcome(reason), expected, `row ${index}`);
  const cycle = new Error("no");
  cycle.cause = cycle;
  cycle.errors = [cycle];
  assert.equal(await outcome(cycle), true);
});
