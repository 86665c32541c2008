// Callers who go away before and after the headers of their answer, and what happens to the requests to the service.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Longer than anything here takes on a busy machine. */
const PATIENCE = 60_000;

/** Waits until a condition is true. */
async function until(isTrue, what) {
  for (const end = Date.now() + PATIENCE; !isTrue(); await sleep(5))
    assert.ok(Date.now() < end, `${what} in ${PATIENCE} ms`);
}

/**
 * Sends two requests to a proxy whose service answers one not at all and the other halfway, and resets their
 * connections: the requests to the service end, too. `startUpstream(respond)` starts the service, and
 * `startProxy({ baseUrl })` the proxy; it resolves to the address of its server.
 */
export async function leavesTogether({ startUpstream, startProxy }) {
  const closed = [];
  const upstream = await startUpstream(({ target }, response) => {
    response.on("close", () => closed.push(target));
    if (target === "/customers/late") {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.write("{");
    }
    return true;
  });
  const { hostname, port } = new URL(await startProxy({ baseUrl: upstream.baseUrl }));
  const arrived = [];
  const callers = ["early", "late"].map((id) => {
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("error", () => {});
    socket.setEncoding("latin1").on("data", (text) => {
      answer += text;
    });
    socket.write(`GET /api/customers/${id} HTTP/1.1\r\nHost: app.example\r\n\r\n`);
    return { socket, answer: () => answer };
  });
  const [, late] = callers;
  await until(() => {
    arrived.push(...upstream.seen().map(({ target }) => target));
    return arrived.length === 2;
  }, "both requests reached the service");
  await until(() => /^HTTP\/1\.1 200 .*\r\n\r\n/s.test(late.answer()), "headers came");
  // While the callers wait, nothing is aborted.
  await sleep(100);
  assert.deepEqual(closed, []);
  for (const { socket } of callers) socket.resetAndDestroy();
  await until(() => closed.length === 2, "both requests to the service ended");
  assert.deepEqual(closed.sort(), ["/customers/early", "/customers/late"]);
}
