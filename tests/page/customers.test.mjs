// Creating, editing and deleting on the demo page.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { counted, names, openPage, settled, startBrowser } from "./support.mjs";

describe("customers", () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  const editor = (page) => page.locator("#editor");
  const save = (page) => editor(page).getByRole("button", { name: "Save" }).click();
  const issueOf = (page, path) => page.locator(`[id="editor-${path}-issue"]`);

  test("a mistake shows once its field was left, and once it is mended the customer is saved", async (t) => {
    const { page } = await openPage(t, browser);
    await counted(page, "100 customers");
    await page.getByRole("button", { name: "New customer" }).click();
    const email = page.locator("#email");
    await page.locator("#first_name").fill("Zoë");
    await page.locator("#last_name").fill("<b>אביבה</b>");
    await email.pressSequentially("zoe@");
    assert.equal(await issueOf(page, "email").textContent(), "");
    await email.press("Tab");
    await issueOf(page, "email").filter({ hasText: "email address" }).waitFor();
    assert.equal(await email.getAttribute("aria-invalid"), "true");
    assert.equal(await email.getAttribute("aria-describedby"), "editor-email-issue");
    await page.locator("#dob").fill("2023-02-29");
    await page.locator("#dob").press("Tab");
    await issueOf(page, "dob").filter({ hasText: "real date" }).waitFor();

    // With an issue left nothing is sent, and the focus is on the first field that has one.
    await save(page);
    assert.equal(await page.evaluate(() => document.activeElement.id), "email");
    await email.fill("zoe@example.com");
    await page.locator("#dob").fill("2024-02-29");
    assert.equal(await issueOf(page, "email").textContent(), "");
    assert.equal(await email.getAttribute("aria-invalid"), null);
    await editor(page).getByRole("checkbox", { name: "VIP" }).check();
    await save(page);

    await counted(page, "101 customers");
    const created = page.locator(".customer").first();
    // Names are texts, never HTML.
    assert.equal(await created.getByRole("button").textContent(), "Zoë <b>אביבה</b>");
    await created.click();
    const panel = page.getByRole("dialog", { name: "Zoë <b>אביבה</b>" });
    assert.match(await panel.textContent(), /zoe@example\.com.*29 Feb 2024.*VIP/s);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Zoë <b>אביבה</b>");
  });

  test("a customer is one line however long the name, and a message can be closed", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const heights = () =>
      page.locator(".customer").evaluateAll((rows) => rows.map((row) => row.offsetHeight));
    const [usual] = await heights();
    await page.getByRole("button", { name: "New customer" }).click();
    await page.locator("#first_name").fill(`\u202e<img src=x>${"W ".repeat(100)}`);
    await save(page);
    await counted(page, "101 customers");
    assert.deepEqual(new Set(await heights()), new Set([usual]));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 1280);

    const notice = page.locator("#notice");
    await notice.filter({ hasText: "Created" }).waitFor();
    await notice.getByRole("button", { name: "Close" }).click();
    assert.equal(await notice.textContent(), "");
    assert.equal(await page.evaluate(() => document.activeElement.id), "results");
  });

  test("an empty form creates nobody, and a filled one is not lost unasked", async (t) => {
    const { page } = await openPage(t, browser);
    await counted(page, "100 customers");
    const writes = [];
    page.on("request", (request) => request.method() === "POST" && writes.push(request.url()));
    await page.getByRole("button", { name: "New customer" }).click();
    await page.locator("#first_name").fill(" ");
    await save(page);
    const alert = editor(page).getByRole("alert");
    await alert.filter({ hasText: "Give a name" }).waitFor();
    assert.deepEqual(writes, []);

    await page.locator("#first_name").fill("Ada");
    await page.keyboard.press("Escape");
    await alert.filter({ hasText: "not saved" }).waitFor();
    assert.equal(await page.locator("#first_name").inputValue(), "Ada");
    const question = page.waitForEvent("dialog");
    const reload = page.reload().catch(() => {});
    const asked = await question;
    assert.equal(asked.type(), "beforeunload");
    await asked.dismiss();
    await reload;
    assert.equal(await page.locator("#first_name").inputValue(), "Ada");
    await page.getByRole("button", { name: "Discard the changes" }).click();
    await editor(page).waitFor({ state: "hidden" });

    // What nobody has changed closes at once.
    await page.getByRole("button", { name: "New customer" }).click();
    await page.keyboard.press("Escape");
    await editor(page).waitFor({ state: "hidden" });
  });

  test("a failed save is told in plain words, in sight", async (t) => {
    const viewport = { width: 390, height: 500 };
    const { page, origin } = await openPage(t, browser, { viewport, expected: [/ERR_FAILED/] });
    await settled(page);
    await page.route(`${origin}/api/customers`, (route) =>
      route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await page.getByRole("button", { name: "New customer" }).click();
    await page.locator("#first_name").fill("Ada");
    await page.locator("#notes").fill("At the very end of the form");
    await save(page);
    const alert = editor(page).getByRole("alert");
    await alert.filter({ hasText: "could not be reached" }).waitFor();
    assert.doesNotMatch(await alert.textContent(), /see |Ms\b/);
    const { y, height } = await alert.boundingBox();
    assert.ok(y >= 0 && y + height <= viewport.height);
  });

  test("a limit counts characters, at the limit and one past it", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    await page.getByRole("button", { name: "New customer" }).click();
    const city = page.locator('[id="company_address.city"]');
    const issue = issueOf(page, "company_address.city");
    await city.fill("🏙".repeat(51));
    await city.press("Tab");
    await issue.filter({ hasText: "50" }).waitFor();
    const counter = page.locator('[data-path="company_address.city"] .counter');
    assert.equal(await counter.textContent(), "51 of 50");
    await city.fill("🏙".repeat(50));
    await issue.waitFor({ state: "hidden" });
    assert.equal(await counter.textContent(), "50 of 50");
  });

  test("an edit sends what was changed and nothing else", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const [name] = await names(page);
    const row = page.locator(".customer").first();
    assert.equal(await row.getByRole("button").textContent(), name);
    const id = await row.getByRole("button").getAttribute("data-id");
    const start = async () => {
      await page.locator(`[data-id="${id}"]`).click();
      await page.locator("#panel").getByRole("button", { name: "Edit" }).click();
    };
    await start();
    await editor(page).waitFor();
    assert.notEqual(await page.locator("#first_name").inputValue(), "");
    await page.locator("#notes").fill("Sits by the window");
    const request = page.waitForRequest((one) => one.method() === "PUT");
    await save(page);
    assert.deepEqual((await request).postDataJSON(), { notes: "Sits by the window" });
    await editor(page).waitFor({ state: "hidden" });
    await page.getByText(`Saved ${name}.`).waitFor();
    await settled(page);

    await start();
    await editor(page).waitFor();
    assert.equal(await page.locator("#notes").inputValue(), "Sits by the window");
    await page.locator("#notes").fill("");
    const clearing = page.waitForRequest((one) => one.method() === "PUT");
    await save(page);
    assert.deepEqual((await clearing).postDataJSON(), { notes: null });
    await editor(page).waitFor({ state: "hidden" });
  });

  test("an edit without a change sends nothing", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const writes = [];
    page.on("request", (request) => request.method() === "PUT" && writes.push(request.url()));
    await page.locator(".customer").first().click();
    await page.locator("#panel").getByRole("button", { name: "Edit" }).click();
    await editor(page).waitFor();
    await save(page);
    await page.getByText("Nothing was changed.").waitFor();
    assert.deepEqual(writes, []);
  });

  test("what only the service refuses shows at the same field", async (t) => {
    const { page, origin } = await openPage(t, browser, { expected: [/status of 422/] });
    await settled(page);
    await page.route(`${origin}/api/customers`, (route) => {
      if (route.request().method() !== "POST") return route.continue();
      const errors = { email: ["Is taken"], "company_address.post_code": ["Is unknown"] };
      const body = JSON.stringify({ message: "The given data was invalid.", errors });
      return route.fulfill({ status: 422, contentType: "application/json", body });
    });
    await page.getByRole("button", { name: "New customer" }).click();
    await page.locator("#email").fill("ada@example.com");
    await save(page);
    await issueOf(page, "email").filter({ hasText: "Is taken" }).waitFor();
    assert.equal(await issueOf(page, "company_address.post_code").textContent(), "Is unknown");
    assert.equal(await page.evaluate(() => document.activeElement.id), "email");
    // It goes when its field is changed; the other one stays.
    await page.locator("#email").fill("grace@example.com");
    await issueOf(page, "email").waitFor({ state: "hidden" });
    assert.equal(await issueOf(page, "company_address.post_code").textContent(), "Is unknown");
  });

  test("a delete asks first: keeping keeps, deleting deletes", async (t) => {
    const { page } = await openPage(t, browser);
    await counted(page, "100 customers");
    const [name] = await names(page);
    const item = page.locator(".customer").first();
    const id = await item.getByRole("button").getAttribute("data-id");
    const ask = async () => {
      await item.click();
      await page.locator("#panel").getByRole("button", { name: "Delete" }).click();
    };
    const question = page.getByRole("alertdialog", { name: `Delete ${name}?` });

    await ask();
    await question.getByRole("button", { name: "Keep" }).click();
    await question.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.id), id);
    await page.reload();
    await counted(page, "100 customers");

    await ask();
    await question.waitFor();
    // The harmless answer has the focus.
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Keep");
    await question.getByRole("button", { name: "Delete" }).click();
    await counted(page, "99 customers");
    assert.equal(await page.locator(`[data-id="${id}"]`).count(), 0);
    await question.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.id), "results");
  });
});
