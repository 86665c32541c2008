// The journal in a browser, in Chromium: pages that are closed in the middle of an import, and a worker that ends it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { CustomersApi } from "../../tests/support/package.mjs";
import { root, startSandbox, token } from "../../tests/support/sandbox.mjs";

const files = {
  "/client.js": "inline.js",
  "/bulk.js": "bulk/inline.js",
  "/journal.js": "bulk/browser-journal.js",
};

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
});
after(() => browser?.close());

/** A site whose /api is the sandbox. `seen` is called with each request that passes. */
async function startSite(t, sandbox, seen) {
  const server = createServer(async (incoming, outgoing) => {
    const { url, method, headers } = incoming;
    if (url.startsWith("/api")) {
      const { host } = new URL(sandbox);
      const options = { method, headers: { ...headers, host } };
      const passed = request(`${sandbox}${url}`, options, async (answer) => {
        // Now the customer has been created, and the answer may be lost.
        await seen(method);
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on("error", () => outgoing.destroy());
      incoming.pipe(passed);
      return;
    }
    const file = files[url];
    outgoing.setHeader("content-type", file ? "text/javascript" : "text/html");
    outgoing.end(file ? await readFile(join(root, "pkg/dist", file)) : "<!doctype html>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

const ROWS = 60;
const file = `email,first_name\r\n${Array.from({ length: ROWS }, (_, at) => `guest${at}@example.com,Guest ${at}\r\n`).join("")}`;

/** The code that runs in a page or in a worker. */
const importer = `
  const { CustomersApi } = await import(origin + "/client.js");
  const { importCustomers } = await import(origin + "/bulk.js");
  const { openJournal } = await import(origin + "/journal.js");
  const api = new CustomersApi({ baseUrl: origin + "/api", token: ${JSON.stringify(token)} });
  const journal = await openJournal("guests.csv");
  const plan = await importCustomers.plan(file, api, { journal });
  const { rest, ...result } = await plan.run({ journal });
  const lines = (await journal.read()).length;
  if (isLast) await journal.remove();
  const left = (await journal.read()).length;
  journal.close();
  return { result, done: plan.done, lines, left };
`;

const inPage = (page, isLast) =>
  page.evaluate(
    ([importer, file, isLast]) => {
      const run = Object.getPrototypeOf(async () => {}).constructor;
      return new run("origin", "file", "isLast", importer)(location.origin, file, isLast);
    },
    [importer, file, isLast],
  );

const inWorker = (page) =>
  page.evaluate(
    ([importer, file]) => {
      const code = `const run = async (origin, file, isLast) => {${importer}};
        onmessage = ({ data: [origin, file] }) => run(origin, file, true).then(
          (value) => postMessage({ value }),
          (error) => postMessage({ error: String(error) }),
        );`;
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
      const answer = new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) =>
          data.error ? reject(new Error(data.error)) : resolve(data.value);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
      worker.postMessage([location.origin, file]);
      return answer;
    },
    [importer, file],
  );

test("closing pages in the middle of an import neither duplicates nor loses customers", async (t) => {
  const { origin: sandbox, baseUrl } = await startSandbox(t, "--seed", "0");
  let page;
  let left = 0;
  const site = await startSite(t, sandbox, async (method) => {
    if (method === "POST" && --left === 0) await page.close();
  });
  const context = await browser.newContext();
  t.after(() => context.close());
  const open = async () => {
    page = await context.newPage();
    await page.goto(site);
  };

  for (const requests of [1, 7, 12]) {
    await open();
    left = requests;
    await assert.rejects(inPage(page, false), /closed/);
  }
  await open();
  left = 0;
  const { result, done, lines, left: rest } = await inWorker(page);
  assert.ok(done.created >= 15, `${done.created} were done before`);
  const { created, skipped, refused, unknown } = result;
  assert.deepEqual([created, skipped, refused, unknown], [ROWS, 0, 0, 0]);
  assert.ok(lines > ROWS);
  assert.equal(rest, 0);
  const emails = [];
  for await (const { email } of new CustomersApi({ baseUrl, token }).iterate()) emails.push(email);
  assert.equal(emails.length, ROWS);
  assert.equal(new Set(emails).size, ROWS);
});

test("a journal is open in one tab at a time, and separate from others", async (t) => {
  const site = await startSite(t, "http://127.0.0.1:1", () => {});
  const context = await browser.newContext();
  t.after(() => context.close());
  const [one, two] = [await context.newPage(), await context.newPage()];
  for (const page of [one, two]) await page.goto(site);
  const lines = (page, name, add) =>
    page.evaluate(
      async ([name, add]) => {
        const { openJournal } = await import("/journal.js");
        const journal = await openJournal(name).catch(({ code, message }) => ({ code, message }));
        if (journal.code) return journal;
        globalThis.journal = journal;
        for (const line of add) await journal.append(line);
        return journal.read();
      },
      [name, add],
    );
  const twelve = Array.from({ length: 12 }, (_, at) => `line ${at}`);
  assert.deepEqual(await lines(one, "a", twelve), twelve);
  const refused = await lines(two, "a", []);
  assert.equal(refused.code, "journal_in_use");
  assert.match(refused.message, /another tab/);
  assert.deepEqual(await lines(two, "b", ["other"]), ["other"]);
  assert.deepEqual(await lines(two, "a b", []), []);
  await one.close();
  // The browser releases the lock of a closed page a moment later.
  let found = await lines(two, "a", ["last"]);
  for (let tries = 0; found.code === "journal_in_use" && tries < 1000; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    found = await lines(two, "a", ["last"]);
  }
  assert.deepEqual(found, [...twelve, "last"]);
});
