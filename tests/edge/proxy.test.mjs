// The worker of edge/ as deployed: in workerd, with its ledger, in front of a sandbox; and the demo page on it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startEdge } from "../../xtask/edge.mjs";
import { complaintsOf, names, settled, startBrowser } from "../page/support.mjs";
import { AuthenticationError, CustomersApi, NotFoundError } from "../support/package.mjs";
import { root, startSandbox } from "../support/sandbox.mjs";

let sandbox;
let edge;
const stops = [];
before(async () => {
  sandbox = await startSandbox({ after: (stop) => stops.push(stop) }, "--seed", "100");
  edge = await startEdge({ sandbox: sandbox.origin });
});
after(async () => {
  await edge.miniflare.dispose();
  for (const stop of stops) stop();
});

const client = (token) =>
  new CustomersApi({ token, baseUrl: `${edge.origin}/api`, idempotency: true, maxRetries: 0 });

test("the five operations go through the worker, with quota and idempotency", async () => {
  const api = client("sandbox");
  const created = await api.create({ first_name: "Ada", labels: ["Edge"] });
  const page = await api.list({ labels: ["Edge"] });
  assert.deepEqual(
    page.customers.map(({ id }) => id),
    [created.id],
  );
  assert.equal(page.pagination.totalResults, 1);
  assert.ok(page.rateLimit.limit > 0);
  assert.equal((await api.update(created.id, { notes: "x" })).notes, "x");
  assert.equal((await api.get(created.id)).notes, "x");
  await api.delete(created.id);
  await assert.rejects(api.get(created.id), NotFoundError);
});

test("requests without a known key are refused", async () => {
  await assert.rejects(client("other").list(), AuthenticationError);
  await assert.rejects(client(undefined).list(), AuthenticationError);
});

test("the demo page works on it, unchanged", async (t) => {
  const browser = await startBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const complaints = complaintsOf(page);
  const paths = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/api/")) paths.push([pathname, response.headers()["server-timing"]]);
  });
  await page.goto(edge.origin);
  await settled(page);
  assert.equal((await names(page)).length > 0, true);
  assert.ok(paths.length > 0);
  for (const [path, timing] of paths) assert.match(timing, /upstream;dur=/, path);
  assert.deepEqual(complaints, []);
});

test("the configuration names what the worker exports and reads", () => {
  const text = readFileSync(join(root, "edge/wrangler.jsonc"), "utf8");
  const config = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ""));
  assert.deepEqual(config.durable_objects.bindings, [{ name: "LEDGER", class_name: "Ledger" }]);
  assert.deepEqual(config.migrations, [{ tag: "v1", new_sqlite_classes: ["Ledger"] }]);
  const source = readFileSync(join(root, "edge", config.main), "utf8");
  for (const name of Object.keys(config.vars)) assert.match(source, new RegExp(`\\b${name}\\b`));
});
