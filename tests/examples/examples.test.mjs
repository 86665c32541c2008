// Runs each example as its reader would.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Miniflare } from "miniflare";
import { startBrowser } from "../page/support.mjs";
import { ask, buildRust, fullName, preview, serveBesideApi, startExample } from "./support.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

/** Opens a page. It must have reported no error when the test is over. */
async function open(t, url) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`${error}`));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  t.after(async () => {
    await page.close();
    assert.deepEqual(complaints, []);
  });
  await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await page.goto(url);
  return page;
}

const items = (page) => page.getByRole("listitem");

test("node: prints the birthdays of a month", async (t) => {
  const { project, settings } = await startExample(t, "node");
  const printed = await project.run("node", ["birthdays.mjs", "5"], settings);
  const born = await ask(settings, "dob_month=5&limit=30");
  assert.ok(born.length > 1 && born.length < 30);
  const wanted = born.map((customer) => `${customer.dob.slice(8)}  ${fullName(customer)}`);
  assert.deepEqual(printed.trim().split("\n").sort(), wanted.sort());
});

test("hono: lets staff use the service, and refuses what the schema refuses", async (t) => {
  const { project, settings } = await startExample(t, "hono");
  await project.run("tsc", []);
  const env = { ...settings.env, PORT: "0", STAFF_PASSWORD: "secret" };
  const [url] = await project.serve("node24", ["server.ts"], /http:\S+/, { env });

  const list = (password) =>
    fetch(`${url}/api/customers?labels=VIP`, {
      headers: { Authorization: `Basic ${btoa(`staff:${password}`)}` },
    });
  assert.equal((await list("guess")).status, 401);
  const { customers } = await (await list("secret")).json();
  assert.deepEqual(customers, await ask(settings, "labels=VIP"));

  const post = (guest) =>
    fetch(`${url}/guests`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(guest),
    });
  const refused = await post({ first_name: "Ada", email: "no address" });
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /email/);
  const created = await post({ first_name: "Ada", email: "ada@example.com" });
  assert.equal(created.status, 201);
  const [ada] = await ask(settings, "email=ada@example.com");
  assert.equal((await created.json()).id, ada.id);
});

test("react: searches, turns pages and creates", async (t) => {
  const example = await startExample(t, "react");
  const page = await open(t, await preview(example));
  const tenByName = "sort=last_name,first_name&limit=10";
  for (const [number, query] of [`${tenByName}&page=1`, `${tenByName}&page=2`].entries()) {
    if (number > 0) await page.getByText("Next page").click();
    const names = (await ask(example.settings, query)).map(fullName);
    await items(page).getByText(names[0]).first().waitFor();
    assert.deepEqual(await items(page).allInnerTexts(), names);
  }

  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Email").fill("no address");
  await page.getByText("Create").click();
  await page.getByText("email address").waitFor();
  await page.getByLabel("Email").fill("ada@example.com");
  await page.getByText("Create").click();
  await page.getByText("Ada is a guest now.").waitFor();
  await page.getByRole("searchbox").fill("Ada");
  await items(page).getByText("Ada").first().waitFor();
  assert.equal((await ask(example.settings, "email=ada@example.com")).length, 1);
});

test("vue: searches, turns pages and edits notes", async (t) => {
  const example = await startExample(t, "vue");
  const page = await open(t, await preview(example));
  for (const number of [1, 2]) {
    if (number > 1) await page.getByText("Next page").click();
    const names = (await ask(example.settings, `limit=10&page=${number}`)).map(fullName);
    await items(page).getByText(names[0]).first().waitFor();
    assert.deepEqual(await items(page).allInnerTexts(), names);
  }
  const [, guest] = await ask(example.settings, "limit=10&page=2");
  await items(page).nth(1).getByText(fullName(guest)).click();
  await page.getByLabel("Notes").fill("Likes the window table");
  await page.getByText("Save").click();
  await page.waitForFunction(
    (before) => document.querySelector("output").textContent !== before,
    guest.last_updated,
  );
  const found = await ask(example.settings, "limit=10&page=2");
  assert.deepEqual(
    found.filter(({ notes }) => notes === "Likes the window table").map(({ id }) => id),
    [guest.id],
  );
});

test("page: shows the guests with a label, without a build", async (t) => {
  const example = await startExample(t, "page");
  const cdn = "https://cdn.jsdelivr.net/npm/collins-customers@0/";
  await example.project.replace("index.html", cdn, "/node_modules/collins-customers/");
  const page = await open(t, await serveBesideApi(example));
  await page.getByText("Show").click();
  const vips = (await ask(example.settings, "labels=VIP&limit=30")).map(fullName);
  await page.getByText(/^\d+ guests$/).waitFor();
  assert.deepEqual((await items(page).allInnerTexts()).slice(0, vips.length), vips);
});

test("yew: searches while typing", async (t) => {
  const example = await startExample(t, "yew");
  await buildRust(example, "yew");
  const page = await open(t, await serveBesideApi(example));
  const all = (await ask(example.settings, "limit=10")).map(fullName);
  await items(page).nth(9).waitFor();
  assert.deepEqual(await items(page).allInnerTexts(), all);

  const guests = await ask(example.settings, "limit=30&page=2");
  const guest = guests.find(({ email }) => email);
  const found = await ask(example.settings, `limit=10&query=${encodeURIComponent(guest.email)}`);
  await page.getByRole("searchbox").fill(guest.email);
  await page.waitForFunction(
    (count) => document.querySelectorAll("li").length === count,
    found.length,
  );
  assert.deepEqual(await items(page).allInnerTexts(), found.map(fullName));
});

test("rust-worker: lists the birthdays of a month", async (t) => {
  const example = await startExample(t, "rust-worker");
  await buildRust(example, "rust-worker");
  const { env } = example.settings;
  const worker = new Miniflare({
    modulesRoot: example.project.folder,
    modulesRules: [
      { type: "ESModule", include: ["**/*.mjs", "**/*.js"] },
      { type: "CompiledWasm", include: ["**/*.wasm"] },
    ],
    modules: true,
    scriptPath: `${example.project.folder}/worker.mjs`,
    compatibilityDate: "2026-07-01",
    bindings: env,
  });
  t.after(() => worker.dispose());
  const answer = await worker.dispatchFetch("https://worker.example/?month=5");
  assert.equal(answer.status, 200);
  const lines = (await answer.text()).trim().split("\n");
  const born = await ask(example.settings, "dob_month=5&limit=30");
  assert.deepEqual(
    lines.sort(),
    born.map(({ dob, first_name }) => `${dob.slice(8)}  ${first_name}`).sort(),
  );
  assert.equal((await worker.dispatchFetch("https://worker.example/?month=13")).status, 400);
});
