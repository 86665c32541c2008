// Bodies in workerd, which passes one on in one step if its length is known. The stated length may be wrong.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { startUpstream, token } from "./support/upstream.mjs";
import { module, modules, startProxy, startWorker } from "./support/workerd.mjs";

const BODY = '{"first_name":"Ada"}';
const MOST = 1000;

/** `[the stated length, the bytes that arrive, status]`; a body without an end is null. */
const rows = {
  "as said": [`${BODY.length}`, BODY.length, 201],
  "not said": [null, BODY.length, 201],
  "less than it is": ["5", BODY.length, 201],
  "more than it is": ["500", BODY.length, 201],
  "no number": ["many", BODY.length, 201],
  negative: ["-3", BODY.length, 201],
  "a fraction": ["20.5", BODY.length, 201],
  none: ["0", 0, 400],
  "at the limit": [`${MOST}`, MOST, 201],
  "at the limit, and one more": [`${MOST}`, MOST + 1, 413],
  "one past the limit": [`${MOST + 1}`, MOST + 1, 413],
  "much less than an endless one": ["5", null, 413],
  "the limit of an endless one": [`${MOST}`, null, 413],
  "unsaid and endless": [null, null, 413],
};

test("a body is read up to its limit in workerd, for any stated length", async (t) => {
  const { url } = await startWorker(t, {
    modules: [module("worker.mjs", "proxy/tests/support/lengths-worker.mjs"), ...modules],
  });
  for (const type of ["bytes", "any"]) {
    for (const [name, [said, comes, status]] of Object.entries(rows)) {
      await t.test(`${name}, a stream of ${type}`, async () => {
        const ask = JSON.stringify({ type, body: BODY, said, comes, most: MOST });
        const response = await fetch(url, { method: "POST", body: ask });
        const result = await response.json();
        assert.equal(result.said, said);
        assert.equal(result.status, status, JSON.stringify(result));
        // The body is filled up with blanks behind the object.
        const sent = status === 201 ? [BODY.padEnd(comes)] : [];
        assert.deepEqual(result.sent, sent);
        assert.ok(result.pulled <= MOST + 2 * 64, `${result.pulled} bytes were read`);
      });
    }
  }
});

test("a stalled body is given up at the deadline in workerd, with a length or without", async (t) => {
  const upstream = await startUpstream(t);
  const { baseUrl } = upstream;
  const url = new URL(await startProxy(t, { token, baseUrl, allow: ["create"], timeout: 500 }));
  for (const [name, length, piece] of [
    ["with a length", "Content-Length: 100", '{"notes":'],
    ["without one", "Transfer-Encoding: chunked", '9\r\n{"notes":\r\n'],
  ]) {
    await t.test(name, async () => {
      const socket = connect(Number(url.port), url.hostname);
      t.after(() => socket.destroy());
      const head = ["POST /api/customers HTTP/1.1", "Host: app.example", length];
      socket.write([...head, "Content-Type: application/json", "", piece].join("\r\n"));
      const [answer] = await once(socket, "data");
      assert.match(answer.toString(), /^HTTP\/1\.1 408 /);
      assert.deepEqual(upstream.seen(), []);
    });
  }
});
