// The entry in Chromium, in a page and in a worker: a file is reported there as in Node.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { root } from "../../tests/support/sandbox.mjs";
import { checkFile } from "./support/package.mjs";

const text = `E-mail;Mobile;notes\n${'ada@example.com;7700900123;"a\nb"\nnobody;1;é\n'.repeat(3000)}`;

let browser;
let server;
let origin;

before(async () => {
  const module = await readFile(join(root, "pkg/dist/bulk/inline.js"));
  const worker = await readFile(join(root, "pkg/dist/bulk/worker-inline.js"));
  server = createServer(({ url }, response) => {
    const script = { "/bulk.js": module, "/worker.js": worker }[url];
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script ?? "<!doctype html>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  server?.close();
});

const where = {
  "a page": async (text) => {
    const { checkFile } = await import("/bulk.js");
    const report = await checkFile(new File([text], "customers.csv"));
    const customers = [];
    for await (const customer of report.customers()) customers.push(customer);
    return { ...JSON.parse(JSON.stringify(report)), first: customers[0], count: customers.length };
  },
  "a page, by a worker": async (text) => {
    const { checkFile } = await import("/bulk.js");
    const worker = new Worker("/worker.js", { type: "module" });
    const report = await checkFile(new File([text], "customers.csv"), { worker });
    const customers = [];
    for await (const customer of report.customers()) customers.push(customer);
    return { ...JSON.parse(JSON.stringify(report)), first: customers[0], count: customers.length };
  },
  "a worker": async (text) => {
    const code = `
      import { checkFile } from "${location.origin}/bulk.js";
      onmessage = async ({ data }) => {
        try {
          const report = await checkFile(data);
          const customers = [];
          for await (const customer of report.customers()) customers.push(customer);
          const told = JSON.parse(JSON.stringify(report));
          postMessage({ ...told, first: customers[0], count: customers.length });
        } catch (error) {
          postMessage({ error: String(error) });
        }
      };`;
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const worker = new Worker(url, { type: "module" });
    const answer = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.postMessage(new File([text], "customers.csv"));
    return answer;
  },
};

for (const [name, run] of Object.entries(where))
  test(`a file in ${name}`, async (t) => {
    const { customers: _, ...expected } = await checkFile(text);
    assert.equal(expected.rows, 6000);
    const page = await browser.newPage();
    t.after(() => page.close());
    await page.goto(origin);
    const { first, count, ...report } = await page.evaluate(run, text);
    assert.deepEqual(report, expected);
    assert.equal(count, 3000);
    assert.deepEqual(first, { email: "ada@example.com", phone: "7700900123", notes: "a\nb" });
  });

test("a worker serves many checks, and gives issues, progress and errors as the page would", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(origin);
  const found = await page.evaluate(async (text) => {
    const { checkFile } = await import("/bulk.js");
    const worker = new Worker("/worker.js", { type: "module" });
    const failed = (promise) => promise.then(String, ({ name, message }) => `${name}: ${message}`);
    const told = [];
    const file = new Blob([text]);
    const [one, other] = await Promise.all([
      checkFile(file, { worker, keep: 10, onProgress: ({ bytes }) => told.push(bytes) }),
      checkFile("email\nx\n", { worker, mapping: { email: null } }),
    ]);
    let all = 0;
    for await (const { code } of one.issues) all += code === "invalid_email" ? 1 : 0;
    let first;
    for await (const customer of one.customers()) {
      first = customer.email;
      break;
    }
    const stream = await checkFile(file.stream(), { worker });
    const controller = new AbortController();
    const aborted = failed(checkFile(file, { worker, signal: controller.signal }));
    controller.abort(new Error("enough"));
    return {
      kept: one.issues.length,
      all,
      page: (await one.issues.page(300, 10)).length,
      bytes: told.at(-1) === file.size,
      first,
      other: other.valid,
      stream: stream.rows,
      again: await failed((async () => stream.customers().next())()),
      aborted: await aborted,
      mapping: await failed(checkFile(file, { worker, mapping: { x: "email" } })),
      input: await failed(checkFile(1, { worker })),
      uncloned: await failed(checkFile(() => {}, { worker })),
      // Of a worker that failed before it was given, nothing can be known: it is given at once.
      gone: await failed(
        checkFile(file, { worker: new Worker("/missing.js", { type: "module" }) }),
      ),
      none: await failed(checkFile(file, { worker: {} })),
    };
  }, text);
  const { uncloned, ...rest } = found;
  assert.match(uncloned, /^DataCloneError/);
  assert.deepEqual(rest, {
    kept: 10,
    all: 3000,
    page: 10,
    bytes: true,
    first: "ada@example.com",
    other: 1,
    stream: 6000,
    again:
      "TypeError: A stream can be read only once: give a File, bytes or a text for customers()",
    aborted: "Error: enough",
    mapping: 'TypeError: mapping: the file has no column "x"',
    input:
      "TypeError: The file must be a File or Blob, a stream of bytes, bytes (Uint8Array or ArrayBuffer) or a text",
    gone: "Error: The worker that checks the file failed: undefined",
    none: "TypeError: worker must be a Worker that runs collins-customers/bulk/worker",
  });
});
