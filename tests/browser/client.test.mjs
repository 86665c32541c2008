// The client in Chromium: the same faults as in Node, and the behaviour of browsers only.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { testFaults } from "../support/faults.mjs";
import { outcome } from "../support/outcome.mjs";
import { startSandbox, token } from "../support/sandbox.mjs";
import { scenario } from "../support/scenario.mjs";

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
});
after(() => browser?.close());

const module = "/pkg/dist/inline.js";

/** An empty page of the sandbox that imports the package over HTTP. */
async function openPage(t, { origin }) {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${origin}/icon.svg`);
  return page;
}

// Chromium opens six connections to a host and lets other requests wait, which would use up their time.
test("what each fault does to each operation", { concurrency: 5 }, async (t) => {
  const sandbox = await startSandbox(t, "--seed", "1");
  const page = await openPage(t, sandbox);
  await testFaults(t, sandbox, (call) => page.evaluate(outcome, { module, ...call }));
});

test("the operations, from a page of the same origin and of another one", async (t) => {
  const own = await startSandbox(t, "--seed", "70");
  const other = await startSandbox(t, "--seed", "0");
  for (const [what, pageOf] of [
    ["the same origin", own],
    ["another origin", other],
  ]) {
    await t.test(what, async (t) => {
      const page = await openPage(t, pageOf);
      const told = await page.evaluate(
        async ({ module, options }) => {
          const { CustomersApi, CustomerFilter, ValidationError } = await import(module);
          const api = new CustomersApi(options);
          const created = await api.create({ first_name: "Ada", labels: ["Browser"] });
          const { customers } = await api.list(new CustomerFilter().labels(["Browser"]));
          const read = await api.get(created.id);
          const updated = await api.update(created.id, { first_name: "Grace" });
          const deleted = await api.delete(created.id);
          const refused = await api.get("..").catch((error) => error);
          const missing = await api.get(created.id).catch(({ name, status }) => ({ name, status }));
          const page = await api.list();
          const next = await page.nextPage();
          let count = 0;
          for await (const _ of api.iterate()) count += 1;
          return {
            listed: customers.map(({ id }) => id === created.id),
            read: read.first_name,
            updated: updated.first_name,
            deleted: deleted === undefined,
            refused: refused instanceof ValidationError,
            missing,
            pagination: next.pagination,
            limit: page.rateLimit.limit,
            count,
          };
        },
        { module, options: { token, baseUrl: own.baseUrl } },
      );
      assert.deepEqual(told, {
        listed: [true],
        read: "Ada",
        updated: "Grace",
        deleted: true,
        refused: true,
        missing: { name: "NotFoundError", status: 404 },
        pagination: { page: 2, perPage: 30, totalPages: 3, totalResults: 70 },
        limit: 100_000,
        count: 70,
      });
    });
  }
});

test("if the headers are hidden, pagination is null and a walk still ends", async (t) => {
  const hiding = await startSandbox(t, "--seed", "90", "--hide-headers");
  const other = await startSandbox(t, "--seed", "0");
  const page = await openPage(t, other);
  const told = await page.evaluate(
    async ({ module, options }) => {
      const { CustomersApi } = await import(module);
      const api = new CustomersApi(options);
      const { pagination, rateLimit } = await api.list();
      const ids = new Set();
      let count = 0;
      for await (const { id } of api.iterate()) {
        ids.add(id);
        count += 1;
      }
      const last = await api.list({ page: 3 });
      return { pagination, rateLimit, count, unique: ids.size, afterLast: await last.nextPage() };
    },
    { module, options: { token, baseUrl: hiding.baseUrl } },
  );
  // The last page is full, so an empty one after it ends the walk.
  assert.deepEqual(told, {
    pagination: null,
    rateLimit: null,
    count: 90,
    unique: 90,
    afterLast: null,
  });
});

test("an abort rejects with its reason, also in the middle of a wait", async (t) => {
  const sandbox = await startSandbox(t, "--seed", "1");
  const page = await openPage(t, sandbox);
  const { baseUrl, seen } = scenario(sandbox, "status=503;retry-after=50");
  const reason = await page.evaluate(
    async ({ module, options }) => {
      const { CustomersApi } = await import(module);
      const controller = new AbortController();
      const api = new CustomersApi({
        ...options,
        onRetry: () => setTimeout(() => controller.abort("why")),
      });
      return api.list({}, { signal: controller.signal }).catch((error) => error);
    },
    { module, options: { token, baseUrl } },
  );
  assert.equal(reason, "why");
  assert.equal((await seen()).length, 1);
});

test("a token in a page is refused for the service itself, unless it is asked for", async (t) => {
  const sandbox = await startSandbox(t, "--seed", "0");
  const page = await openPage(t, sandbox);
  const told = await page.evaluate(
    async ({ module, baseUrl }) => {
      const { CustomersApi } = await import(module);
      const made = (options) => {
        try {
          new CustomersApi(options);
          return "made";
        } catch ({ name }) {
          return name;
        }
      };
      return [
        made({ token: "t" }),
        made({ token: "t", environment: "playpen" }),
        made({ token: "t", baseUrl: "https://API.collinsbookings.com/api" }),
        made({ token: "t", dangerouslyAllowBrowser: true }),
        made({ baseUrl }),
        made({ token: "t", baseUrl }),
      ];
    },
    { module, baseUrl: sandbox.baseUrl },
  );
  const refused = "ConfigurationError";
  assert.deepEqual(told, [refused, refused, refused, "made", "made", "made"]);
});

/** The script of a worker: it uses the client there, and posts the result. */
const worker = `
  import { CustomersApi } from "/pkg/dist/inline.js";
  const tell = async () => {
    const messageOf = (options) => {
      try {
        new CustomersApi(options);
        return "";
      } catch ({ message }) {
        return message;
      }
    };
    const { customers } = await new CustomersApi({ baseUrl: "/api" }).list({ limit: 1 });
    return {
      guarded: messageOf({ token: "t" }),
      allowed: messageOf({ token: "t", dangerouslyAllowBrowser: true }),
      own: messageOf({ token: "t", baseUrl: "https://proxy.example" }),
      count: customers.length,
    };
  };
  const told = tell().catch((error) => ({ failed: String(error) }));
  globalThis.onconnect = ({ ports: [port] }) => told.then((told) => port.postMessage(told));
  globalThis.onmessage = async ({ source }) => source?.postMessage(await told);
  if (typeof postMessage === "function" && typeof onconnect !== "undefined" && !globalThis.clients)
    told.then((told) => postMessage(told));
`;

test("a token in a worker of a page is refused as in the page, and a path is resolved against its host", async (t) => {
  const packed = await readFile(new URL("../../pkg/dist/inline.js", import.meta.url));
  const html = { "Content-Type": "text/html" };
  const script = { "Content-Type": "text/javascript" };
  const answers = {
    "/": [html, "<!doctype html><title>a page</title>"],
    "/worker.js": [script, worker],
    "/pkg/dist/inline.js": [script, packed],
    "/api/customers": [{ "Content-Type": "application/json" }, '{"customers":[{"id":"1"}]}'],
  };
  const server = createServer(({ url }, response) => {
    const [headers, body] = answers[new URL(url, "http://localhost").pathname] ?? [{}, ""];
    response.writeHead(body ? 200 : 404, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`http://127.0.0.1:${server.address().port}/`);

  const told = await page.evaluate(async () => {
    const script = "/worker.js";
    const module = { type: "module" };
    const message = (target) =>
      new Promise((resolve) => {
        target.onmessage = ({ data }) => resolve(data);
      });
    const dedicated = await message(new Worker(script, module));
    const shared = await message(new SharedWorker(script, module).port);
    await navigator.serviceWorker.register(script, module);
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage("tell");
    const service = await message(navigator.serviceWorker);
    // A worker of a page may also come from a blob, whose own address cannot be the base of paths.
    const source = (await (await fetch(script)).text()).replace('"/pkg', `"${location.origin}/pkg`);
    const blob = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const fromBlob = await message(new Worker(blob, module));

    const { CustomersApi } = await import("/pkg/dist/inline.js");
    let refusal = "";
    try {
      new CustomersApi({ token: "t" });
    } catch (error) {
      refusal = error.message;
    }
    const { customers } = await new CustomersApi({ baseUrl: "/api/" }).list({ limit: 1 });
    return { dedicated, shared, service, fromBlob, refusal, count: customers.length };
  });
  const { refusal, count, ...workers } = told;
  assert.match(refusal, /Everyone can read a token in a browser page/);
  assert.equal(count, 1);
  assert.equal(Object.keys(workers).length, 4);
  for (const [kind, result] of Object.entries(workers))
    assert.deepEqual(result, { guarded: refusal, allowed: "", own: "", count: 1 }, kind);
});
