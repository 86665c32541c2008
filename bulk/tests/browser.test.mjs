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
  server = createServer(({ url }, response) => {
    const isModule = url === "/bulk.js";
    response.setHeader("content-type", isModule ? "text/javascript" : "text/html");
    response.end(isModule ? module : "<!doctype html>");
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
