// Properties on the prototype of all objects are not options of any entry. options.test.mjs tests the client.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { root } from "../support/sandbox.mjs";

test("inherited properties of all objects are not options of bulk, the proxy or the sandbox", async () => {
  const program = fileURLToPath(new URL("../support/inherited.mjs", import.meta.url));
  const entries = ["bulk/node.js", "proxy/node.js", "proxy/memory.js", "sandbox/node.js"];
  const urls = entries.map((entry) => pathToFileURL(join(root, "pkg/dist", entry)).href);
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [program, ...urls], {
    timeout: 120_000,
    maxBuffer: 2 ** 27,
  });
  const [usual, ...rows] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(usual.came.failed, undefined);
  assert.equal(usual.came.bulk[0].rows, 2);
  assert.equal(usual.came.bulk[4].created, 1);
  assert.equal(usual.came.proxy.length, 9);
  assert.match(usual.came.sandbox[0][0], /^InternalServerError/);
  assert.equal(usual.came.sandbox[0][1].customers.length, 1);
  assert.match(usual.came.parse, /^ValidationError/);
  assert.match(usual.came.toArray, /maxItems must be a number/);
  assert.ok(rows.length > 60);
  for (const { name, came, evil } of rows) {
    assert.deepEqual(evil, [], name);
    for (const [entry, found] of Object.entries(came))
      assert.deepEqual(found, usual.came[entry], `${name}: ${entry}`);
  }
});
