// The demo of `cargo xtask demo --edge` from start to end: a page, the worker in workerd, and the sandbox behind it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { startEdge } from "../../xtask/edge.mjs";
import { complaintsOf, settled, startBrowser } from "../page/support.mjs";
import { CustomersApi } from "../support/package.mjs";
import { root, startSandbox, token } from "../support/sandbox.mjs";

/** Starts what the command starts after the build. Returns its address and its process. */
async function startDemo(t, sandbox) {
  const demo = spawn(process.execPath, ["xtask/edge.mjs", sandbox.origin, "0"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => demo.kill("SIGKILL"));
  for await (const line of createInterface({ input: demo.stdout })) {
    const [, origin] = /^the page and the worker: (\S+)$/.exec(line) ?? [];
    if (origin) return { origin, demo };
  }
  throw new Error("the demo ended before it listened");
}

test("the faults that the page asks for happen behind the worker", async (t) => {
  const sandbox = await startSandbox(t, "--seed", "20");
  const { miniflare, origin } = await startEdge({ sandbox: sandbox.origin });
  t.after(() => miniflare.dispose());
  const browser = await startBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(origin);
  await settled(page);
  await page.locator("#drawer > summary").click();
  const last = page.locator("#calls button").first();
  for (const [fault, outcome, first] of [
    ["Overloaded (503)", /200, 2 attempts, /, /^Attempt 1: 503, /],
    ["Slow, 3 seconds", /200, [\d.]+ s$/, /^Attempt 1: 200, (?!\d+ ms)/],
    // The worker answers if the service does not.
    ["Answer lost", /200, 2 attempts, /, /^Attempt 1: 502, /],
    ["Offline", /200, 2 attempts, /, /^Attempt 1: no answer, /],
    ["Too many requests (429)", /200, 2 attempts, /, /^Attempt 1: 429, /],
  ]) {
    await page.getByRole("radio", { name: fault }).check();
    const before = await last.elementHandle();
    const vip = page.getByRole("checkbox", { name: "VIP" });
    await vip.setChecked(!(await vip.isChecked()));
    await page.waitForFunction((one) => document.querySelector("#calls button") !== one, before);
    await last.filter({ hasText: outcome }).waitFor();
    assert.match(await page.locator("#steps > li > p").first().textContent(), first, fault);
  }
});

test("a customer is created, edited and deleted on the page, and the demo ends when it is interrupted", async (t) => {
  const sandbox = await startSandbox(t, "--seed", "20");
  const service = new CustomersApi({ token, baseUrl: sandbox.baseUrl });
  const { origin, demo } = await startDemo(t, sandbox);
  const browser = await startBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const complaints = complaintsOf(page);
  /** The requests through the worker, by method: only the worker reports the duration of the service. */
  const passed = {};
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith("/api/")) return;
    assert.match(response.headers()["server-timing"], /upstream;dur=/, pathname);
    const method = response.request().method();
    passed[method] = (passed[method] ?? 0) + 1;
  });
  const found = async () => (await service.list({ query: "Lovelace" })).customers;
  const answered = (method) =>
    page.waitForResponse((response) => response.request().method() === method);
  const save = () => page.locator("#editor").getByRole("button", { name: "Save" }).click();

  await page.goto(origin);
  await settled(page);
  await page.getByRole("button", { name: "New customer" }).click();
  await page.locator("#first_name").fill("Ada");
  await page.locator("#last_name").fill("Lovelace");
  let answer = answered("POST");
  await save();
  assert.equal((await answer).status(), 201);
  const [created, ...others] = await found();
  assert.deepEqual(others, []);
  assert.equal(created.first_name, "Ada");

  await page.locator(`[data-id="${created.id}"]`).click();
  await page.locator("#panel").getByRole("button", { name: "Edit" }).click();
  await page.locator("#notes").fill("Sits by the window");
  answer = answered("PUT");
  await save();
  assert.equal((await answer).status(), 200);
  assert.equal((await service.get(created.id)).notes, "Sits by the window");

  await page.locator("#editor").waitFor({ state: "hidden" });
  if (await page.locator("#panel").isHidden())
    await page.locator(`[data-id="${created.id}"]`).click();
  await page.locator("#panel").getByRole("button", { name: "Delete" }).click();
  answer = answered("DELETE");
  await page.getByRole("button", { name: "Delete now" }).click();
  assert.equal((await answer).ok(), true);
  assert.deepEqual(await found(), []);

  assert.deepEqual(complaints, []);
  assert.deepEqual(Object.keys(passed).sort(), ["DELETE", "GET", "POST", "PUT"]);
  await page.close();
  const ended = once(demo, "exit");
  demo.kill("SIGINT");
  // The exit code of a shell for an interrupted process.
  assert.deepEqual(await ended, [130, null]);
  await assert.rejects(fetch(origin), "nobody listens there any more");
});
