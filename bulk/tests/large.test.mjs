// Files that are larger than the memory that the module may use for them.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { memories } from "../../tests/support/memories.mjs";

const { checkFile } = await import("./support/package.mjs");

const MEGABYTE = 1024 * 1024;
const encoder = new TextEncoder();

/** This many chunks of a megabyte, after a first one. */
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

/** The size of the file of the last test. For a gigabyte: `SIZE_IN_MB=1024 node --test bulk/tests/large.test.mjs` */
const SIZE = Number(process.env.SIZE_IN_MB ?? 128);

/** Checks this many megabytes, generated while they are read, and prints by how much the process's memory grew. */
const PROGRAM = `
  const [, entry, size] = process.argv;
  const { checkFile } = await import(entry);
  const row = (number) =>
    \`ada.lovelace\${number}@a.example,Zoë,07\${number},"12, High St",1990-02-0\${number % 9},"a\\nb"\\n\`;
  const rows = Array.from({ length: 10_000 }, (_, number) => row(100_000_000 + number)).join("");
  const chunk = new TextEncoder().encode(rows);
  const times = Math.ceil((size * 1024 * 1024) / chunk.length);
  let before = 0;
  async function* file() {
    yield new TextEncoder().encode("email,first_name,phone,company_address.street,dob,notes\\n");
    for (let time = 0; time < times; time++) {
      // By then the module runs and V8 has compiled it.
      if (time === 16) before = process.resourceUsage().maxRSS;
      yield chunk;
    }
  }
  const { rows: count, issueCount, issues } = await checkFile(file());
  const grown = (process.resourceUsage().maxRSS - before) / 1024;
  console.log(JSON.stringify({ bytes: times * chunk.length, count, expected: times * 10_000, issueCount, listed: issues.length, grown }));
`;

test(`a file of ${SIZE} MB takes no more memory than its first megabytes`, async (t) => {
  const entry = new URL("../../pkg/dist/bulk/node.js", import.meta.url).href;
  const options = ["--input-type=module", "--eval", PROGRAM, entry, `${SIZE}`];
  const child = spawn(process.execPath, options);
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.equal(error, "");
  const { bytes, count, expected, issueCount, listed, grown } = JSON.parse(out);
  t.diagnostic(`${bytes} bytes, ${count} rows: ${grown} MB more at the peak`);
  assert.ok(bytes >= SIZE * MEGABYTE);
  assert.equal(count, expected);
  // Every ninth date has the day 0: 1,111 per chunk.
  assert.equal(issueCount, (expected / 10_000) * 1111);
  assert.equal(listed, 1000);
  assert.ok(grown < 64, `${grown} MB more`);
});
