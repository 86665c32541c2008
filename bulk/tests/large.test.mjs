// A file that is larger than what the module may hold of it.

import assert from "node:assert/strict";
import { test } from "node:test";

/** The memories of all modules: no package shows its own. */
const memories = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...sources) {
    super(...sources);
    for (const exported of Object.values(this.exports))
      if (exported instanceof WebAssembly.Memory) memories.push(exported);
  }
};
const { checkFile } = await import("./support/package.mjs");

const MEGABYTE = 1024 * 1024;
const encoder = new TextEncoder();

/** So many chunks of a megabyte, after a first one. */
async function* repeated(first, chunk, times) {
  yield encoder.encode(first);
  for (let time = 0; time < times; time++) yield chunk;
}

/** The bytes of all modules after each report of progress. */
async function sizesFor(stream) {
  const sizes = [];
  const onProgress = () => sizes.push(memories.reduce((sum, it) => sum + it.buffer.byteLength, 0));
  const { rows } = await checkFile(stream, { onProgress });
  return { rows, sizes };
}

const kinds = {
  CSV: ["email,notes\n", `ada@example.com,${"a".repeat(111)}\n`],
  NDJSON: ["{}\n", `${JSON.stringify({ email: "ada@example.com", notes: "a".repeat(89) })}\n`],
  JSON: ["[{}", `,${JSON.stringify({ email: "ada@example.com", notes: "a".repeat(89) })}`],
};

for (const [name, [first, row]] of Object.entries(kinds))
  test(`the memory for ${name} does not grow with the file`, async () => {
    assert.equal(MEGABYTE % row.length, 0);
    const chunk = encoder.encode(row.repeat(MEGABYTE / row.length));
    const { rows, sizes } = await sizesFor(repeated(first, chunk, 96));
    assert.ok(rows >= (96 * MEGABYTE) / row.length);
    assert.ok(sizes.length > 20 && sizes[0] > 0);
    assert.equal(sizes.at(-1), sizes[0]);
  });

test("the memory grows with the longest row, and by no more than a few times", async () => {
  const chunk = encoder.encode("a".repeat(MEGABYTE));
  const { sizes } = await sizesFor(repeated("email,notes\nada@example.com,", chunk, 8));
  assert.ok(sizes.at(-1) > 8 * MEGABYTE);
  const most = memories.reduce((sum, { buffer }) => Math.max(sum, buffer.byteLength), 0);
  assert.ok(most < 64 * MEGABYTE, `${most} bytes`);
});
