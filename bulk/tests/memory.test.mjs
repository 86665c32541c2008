// Ten thousand customers: an export holds a page of them, and the ids of those that it wrote.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root, startSandbox, token } from "../../tests/support/sandbox.mjs";

const PROGRAM = `
  const [, client, bulk, baseUrl] = process.argv;
  const { CustomersApi } = await import(client);
  const { exportCustomers } = await import(bulk);
  const api = new CustomersApi({ baseUrl, token: ${JSON.stringify(token)} });
  const used = [];
  let pages = 0;
  const onProgress = () => {
    pages++;
    if (pages !== 50 && pages !== 330) return;
    gc();
    used.push(process.memoryUsage().heapUsed);
  };
  let length = 0;
  const { customers } = await exportCustomers(api, {}, (text) => { length += text.length; }, { onProgress });
  console.log(JSON.stringify({ customers, length, used }));
`;

test("memory does not grow with the customers, but for their ids", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "10000");
  const entry = (file) => pathToFileURL(join(root, "pkg/dist", file)).href;
  const child = spawn(process.execPath, [
    "--expose-gc",
    "--input-type=module",
    "--eval",
    PROGRAM,
    entry("node.js"),
    entry("bulk/node.js"),
    baseUrl,
  ]);
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.equal(error, "");
  const { customers, length, used } = JSON.parse(out);
  assert.equal(customers, 10_000);
  assert.ok(length > 2_000_000, `${length} characters were written`);
  // 8,400 ids of 24 characters, in a set: about 0.7 MB.
  assert.ok(used[1] - used[0] < 1_500_000, `${used[1] - used[0]} bytes more`);
});
