// An export in Chromium: a page streams the customers into a Blob and reads them back.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { root } from "../../tests/support/sandbox.mjs";

const files = {
  "/client.js": "inline.js",
  "/bulk.js": "bulk/inline.js",
  "/sandbox.js": "sandbox/inline.js",
};

let browser;
let server;
let origin;

before(async () => {
  server = createServer(async ({ url }, response) => {
    const file = files[url];
    response.setHeader("content-type", file ? "text/javascript" : "text/html");
    response.end(file ? await readFile(join(root, "pkg/dist", file)) : "<!doctype html>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  server?.close();
});

test("a page streams an export into a Blob, stops, continues, and reads it back", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(origin);
  const found = await page.evaluate(async () => {
    const [{ CustomersApi }, { checkFile, exportCustomers }, { createSandbox }] = await Promise.all(
      ["/client.js", "/bulk.js", "/sandbox.js"].map((url) => import(url)),
    );
    const { baseUrl, fetch, snapshot } = createSandbox({ seed: 200 });
    const api = new CustomersApi({ baseUrl, fetch, token: "sandbox" });
    const { readable, writable } = new TransformStream();
    const blob = new Response(readable).blob();
    const controller = new AbortController();
    const onProgress = ({ customers }) => customers === 60 && controller.abort();
    const { signal } = controller;
    const { resume } = await exportCustomers(api, {}, writable, { signal, onProgress }).catch(
      (error) => error,
    );
    const { customers } = await exportCustomers(api, {}, writable, { resume });
    const report = await checkFile(await blob);
    const phones = [];
    for await (const { phone } of report.customers()) if (phone) phones.push(phone);
    const expected = snapshot().customers.map(({ phone }) => phone);
    return {
      resumedAfter: resume.customers,
      customers,
      rows: report.rows,
      // Invalid customers are left out.
      isSame: phones.length > 100 && phones.every((phone) => expected.includes(phone)),
      hasPlus: phones.some((phone) => phone.startsWith("+")),
    };
  });
  assert.deepEqual(found, {
    resumedAfter: 60,
    customers: 200,
    rows: 200,
    isSame: true,
    hasPlus: true,
  });
});
