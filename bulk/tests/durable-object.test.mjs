// An import in a Durable Object, whose storage is the journal: the worker is ended in the middle, and another one goes on.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Miniflare } from "miniflare";
import { CustomersApi } from "../../tests/support/package.mjs";
import { root, startSandbox, token } from "../../tests/support/sandbox.mjs";
import { startProxy } from "./support/command.mjs";
import { fileOf, people } from "./support/imports.mjs";

const ROWS = 40;

const SCRIPT = `
  import { CustomersApi } from "./workerd.js";
  import { importCustomers } from "./bulk/workerd.js";

  const journalIn = (storage) => ({
    read: async () => (await storage.list({ prefix: "line " })).values(),
    async append(line) {
      const number = ((await storage.get("number")) ?? 0) + 1;
      await storage.put({ number, ["line " + String(number).padStart(9, "0")]: line });
      await storage.sync();
    },
  });

  export class Importer {
    constructor({ storage }) {
      this.journal = journalIn(storage);
    }
    async fetch(request) {
      const { file, ...options } = await request.json();
      const api = new CustomersApi({ ...options, dangerouslyAllowUnencryptedToken: true });
      const plan = await importCustomers.plan(file, api, { journal: this.journal });
      const { rest, ...result } = await plan.run({ journal: this.journal });
      return Response.json(result);
    }
  }

  export default {
    fetch: (request, { IMPORTER }) => IMPORTER.get(IMPORTER.idFromName("one")).fetch(request),
  };`;

const contents = (file) => readFileSync(join(root, "pkg/dist", file));
const script = (path) => ({ type: "ESModule", path, contents: contents(path).toString() });
const wasm = (path) => ({ type: "CompiledWasm", path, contents: contents(path) });

/** A worker whose Durable Objects are kept in a folder. */
const workerIn = (folder) =>
  new Miniflare({
    host: "127.0.0.1",
    compatibilityDate: "2024-09-01",
    durableObjects: { IMPORTER: "Importer" },
    durableObjectsPersist: folder,
    modules: [
      { type: "ESModule", path: "worker.mjs", contents: SCRIPT },
      script("workerd.js"),
      wasm("collins_customers.wasm"),
      script("bulk/workerd.js"),
      script("bulk/everywhere.js"),
      wasm("bulk/bulk.wasm"),
    ],
  });

test("an import goes on in the storage of a Durable Object, with nobody twice", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "durable-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { origin, baseUrl } = await startSandbox(t, "--seed", "0");
  let worker;
  let left = 0;
  const between = await startProxy(t, origin, async () => {
    if (--left === 0) await worker.dispose();
  });
  const body = JSON.stringify({ file: fileOf(people(ROWS)), baseUrl: between, token });
  const run = () => worker.dispatchFetch("http://worker.example", { method: "POST", body });

  let killed = 0;
  for (left of [6, 17]) {
    worker = workerIn(folder);
    await run().then(
      async (response) => assert.notEqual(response.status, 200, await response.text()),
      () => {},
    );
    killed++;
  }
  left = 0;
  worker = workerIn(folder);
  t.after(() => worker.dispose());
  const response = await run();
  assert.equal(response.status, 200, await response.clone().text());
  const { created, unknown } = await response.json();
  assert.equal(killed, 2);
  assert.equal(created + unknown, ROWS);
  // A request that ended with its worker may or may not have arrived; in neither case is it sent again.
  assert.ok(unknown <= killed, `${unknown} unknown`);
  const emails = [];
  for await (const { email } of new CustomersApi({ baseUrl, token }).iterate()) emails.push(email);
  assert.equal(emails.length, created);
  assert.equal(new Set(emails).size, created);
});
