// The entry in Chromium, in a page and in a worker: a file has the same report there as in Node.

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

test("a worker serves many checks, and gives issues, progress and errors like the page", async (t) => {
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
    none: "TypeError: worker must be a Worker that runs collins-customers/bulk/worker",
  });
});

test("a check by a worker leaves nothing listening, and rejects if the worker fails", {
  timeout: 60_000,
}, async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(origin);
  const found = await page.evaluate(async (text) => {
    const { checkFile } = await import("/bulk.js");
    const failed = (promise) => promise.then(String, ({ name, message }) => `${name}: ${message}`);
    const file = new Blob([text]);
    const scriptOf = (code) => {
      const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      return new Worker(url, { type: "module" });
    };
    const fail =
      'addEventListener("message", ({ data }) => { if (data === "fail") throw Error("later"); });';
    const failing = () => scriptOf(`import "${location.origin}/worker.js"; ${fail}`);
    const event = (target) => new Promise((resolve) => target.addEventListener("error", resolve));

    // It fails while the file, which has no end, is read.
    const reading = failing();
    let begun;
    const hasBegun = new Promise((resolve) => {
      begun = resolve;
    });
    const pull = () => {
      begun();
      return new Promise(() => {});
    };
    const endless = new ReadableStream({ pull }, { highWaterMark: 0 });
    const read = failed(checkFile(endless, { worker: reading }));
    await hasBegun;
    reading.postMessage("fail");
    // It fails between two batches.
    const walking = failing();
    const walk = (await checkFile(file, { worker: walking })).customers();
    await walk.next();
    // It fails after this report, which stays usable.
    const { customers } = await checkFile(file, { worker: walking });
    const walkingFailed = event(walking);
    walking.postMessage("fail");
    await walkingFailed;
    const walkRest = async () => {
      for await (const _ of walk);
    };

    const worker = failing();
    let listeners = 0;
    const counted = (name, step) => {
      const method = worker[name];
      worker[name] = (...args) => {
        listeners += step;
        method.apply(worker, args);
      };
    };
    counted("addEventListener", 1);
    counted("removeEventListener", -1);
    const onProgress = () => {
      throw Error("in the hook");
    };
    await checkFile(file, { worker });
    return {
      missing: await failed(
        checkFile(file, { worker: new Worker("/missing.js", { type: "module" }) }),
      ),
      throwing: await failed(checkFile(file, { worker: scriptOf('throw Error("at once")') })),
      read: await read,
      walk: await failed(walkRest()),
      afterwards: (await customers().next()).done,
      hook: await failed(checkFile(file, { worker, onProgress })),
      listeners,
    };
  }, text);
  const failure = "Error: The worker that checks the file failed";
  assert.deepEqual(found, {
    missing: `${failure}, or its script could not be loaded`,
    throwing: `${failure}: Uncaught Error: at once`,
    read: `${failure}: Uncaught Error: later`,
    walk: `${failure}: Uncaught Error: later`,
    afterwards: false,
    hook: "Error: in the hook",
    listeners: 0,
  });
});

test("a worker that does not answer fails after half a minute, and does not get the file", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.clock.install({ time: 0 });
  await page.goto(origin);
  // Later than it can be by now: until then the clock runs.
  await page.clock.pauseAt(3_600_000);
  const got = await page.evaluate(async (text) => {
    const { checkFile } = await import("/bulk.js");
    const file = new Blob([text]);
    const script = "onmessage = ({ data }) => postMessage(Object.keys(data));";
    const other = new Worker(URL.createObjectURL(new Blob([script])));
    // Its script does not exist, and its error event comes before anything listens.
    const dead = new Worker("/missing.js", { type: "module" });
    await new Promise((resolve) => dead.addEventListener("error", resolve, { once: true }));
    const ended = new Worker("/worker.js", { type: "module" });
    const report = await checkFile(file, { worker: ended });
    ended.terminate();

    const got = new Promise((resolve) => {
      other.onmessage = ({ data }) => resolve(data);
    });
    window.said = [];
    for (const waiting of [
      checkFile(file, { worker: other }),
      checkFile(file, { worker: dead }),
      report.customers().next(),
    ])
      waiting.catch(({ message }) => window.said.push(message));
    return got;
  }, text);
  assert.deepEqual(got, ["checkFile"]);
  await page.clock.fastForward(29_999);
  assert.deepEqual(await page.evaluate(() => window.said), []);
  await page.clock.fastForward(1);
  const said =
    "The worker that checks the file did not answer within 30 s: see that its script is there, and imports collins-customers/bulk/worker";
  assert.deepEqual(await page.evaluate(() => window.said), [said, said, said]);
});
