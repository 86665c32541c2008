// Creating, editing and deleting on the demo page.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  counted,
  deferred,
  names,
  openPage,
  settled,
  startBrowser,
  stopClock,
} from "./support.mjs";

describe("customers", () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  const editor = (page) => page.locator("#editor");
  const save = (page) => editor(page).getByRole("button", { name: "Save" }).click();
  /** Opens the form of the first customer of the list. */
  const editFirst = async (page) => {
    await page.locator(".customer").first().click();
    await page.locator("#panel").getByRole("button", { name: "Edit" }).click();
    await editor(page)
      .getByRole("heading", { name: /^Edit / })
      .waitFor();
  };
  const issueOf = (page, path) => page.locator(`[id="editor-${path}-issue"]`);

  test("a mistake is shown when its field is left, and the corrected customer is saved", async (t) => {
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
    await page.locator("#dob").focus();
    await page.keyboard.type("02292023");
    await email.focus();
    await issueOf(page, "dob").filter({ hasText: "real date" }).waitFor();

    // While an issue is left nothing is sent, and the focus is on the first field with one.
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
    assert.equal(await created.getByRole("link").textContent(), "Zoë <b>אביבה</b>");
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

    const message = page.locator(".toast", { hasText: "Created" });
    await message.getByRole("button", { name: "Close" }).click();
    assert.equal(await page.locator(".toast").count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.id), "results");
  });

  test("an empty form creates nobody, and a filled one is not lost without a question", async (t) => {
    const { page } = await openPage(t, browser);
    await counted(page, "100 customers");
    const writes = [];
    page.on("request", (request) => request.method() === "POST" && writes.push(request.url()));
    await page.getByRole("button", { name: "New customer" }).click();
    await page.locator("#first_name").fill(" ");
    await save(page);
    const alert = editor(page).getByRole("alert");
    await alert.filter({ hasText: "Enter a name" }).waitFor();
    assert.deepEqual(writes, []);

    await page.locator("#first_name").fill("Ada");
    await page.keyboard.press("Escape");
    await alert.filter({ hasText: "unsaved" }).waitFor();
    // The safe answer has the focus.
    await page.keyboard.press("Enter");
    await alert.waitFor({ state: "hidden" });
    assert.equal(await page.locator("#first_name").inputValue(), "Ada");
    await page.keyboard.press("Escape");
    await alert.waitFor();
    const question = page.waitForEvent("dialog");
    // A reload that is declined never ends.
    page.reload().catch(() => {});
    const asked = await question;
    assert.equal(asked.type(), "beforeunload");
    await asked.dismiss();
    assert.equal(await page.locator("#first_name").inputValue(), "Ada");
    await page.getByRole("button", { name: "Discard the changes" }).click();
    await editor(page).waitFor({ state: "hidden" });

    // An unchanged form closes at once.
    await page.getByRole("button", { name: "New customer" }).click();
    await page.keyboard.press("Escape");
    await editor(page).waitFor({ state: "hidden" });
  });

  for (const [screen, viewport] of [
    ["a telephone", { width: 390, height: 500 }],
    // A screen of 1280×800 at 200 %.
    ["a screen at 200 %", { width: 640, height: 400 }],
  ]) {
    test(`a failed save is told in plain words, in sight on ${screen}`, async (t) => {
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
  }

  test("while it is saved the button says so, and a second click sends nothing", async (t) => {
    const { page, origin } = await openPage(t, browser);
    await settled(page);
    const held = deferred();
    const sent = [];
    await page.route(`${origin}/api/customers`, async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      sent.push(route.request().postDataJSON());
      await held.promise;
      return route.continue();
    });
    await page.getByRole("button", { name: "New customer" }).click();
    await page.locator("#first_name").fill("Ada");
    await save(page);
    const saving = editor(page).getByRole("button", { name: "Saving…" });
    await saving.click();
    await page.locator("#first_name").press("Enter");
    held.resolve();
    await counted(page, "101 customers");
    assert.deepEqual(sent, [{ first_name: "Ada" }]);
    await editor(page).waitFor({ state: "hidden" });
  });

  test("counters are visual: a screen reader does not announce all of them", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    await page.getByRole("button", { name: "New customer" }).click();
    const counters = editor(page).locator(".counter");
    assert.equal(await counters.count(), 10);
    assert.equal(await editor(page).locator(".counter[aria-hidden=true]").count(), 10);
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
    assert.equal(await row.getByRole("link").textContent(), name);
    const id = await row.getByRole("link").getAttribute("data-id");
    const start = async () => {
      await page.locator(`[data-id="${id}"]`).click();
      await page.locator("#panel").getByRole("button", { name: "Edit" }).click();
    };
    await start();
    await editor(page)
      .getByRole("heading", { name: /^Edit / })
      .waitFor();
    assert.notEqual(await page.locator("#first_name").inputValue(), "");
    await page.locator("#notes").fill("Sits by the window");
    const request = page.waitForRequest((one) => one.method() === "PUT");
    await save(page);
    assert.deepEqual((await request).postDataJSON(), { notes: "Sits by the window" });
    await editor(page).waitFor({ state: "hidden" });
    await page.getByText(`Saved ${name}.`).waitFor();
    await settled(page);

    await start();
    await editor(page)
      .getByRole("heading", { name: /^Edit / })
      .waitFor();
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
    await editFirst(page);
    await save(page);
    await page.getByText("Nothing was changed.").waitFor();
    assert.deepEqual(writes, []);
  });

  test("a part of an address without a field is not lost", async (t) => {
    const { page, origin } = await openPage(t, browser);
    await settled(page);
    await page.route(`${origin}/api/customers/*`, async (route) => {
      if (route.request().method() !== "GET") return route.continue();
      const response = await route.fetch();
      const { customer } = await response.json();
      customer.company_address = { street: null, city: "London", country: "GB" };
      await route.fulfill({ response, json: { customer } });
    });
    await editFirst(page);
    await page.locator("#notes").fill("Sits by the window");
    const sent = async () => {
      const request = page.waitForRequest((one) => one.method() === "PUT");
      await save(page);
      return (await request).postDataJSON();
    };
    assert.deepEqual(await sent(), { notes: "Sits by the window" });
    await editor(page).waitFor({ state: "hidden" });

    // It is not an issue of an edit either.
    await page.route(`${origin}/api/customers/*`, (route) =>
      route.request().method() === "PUT"
        ? route.fulfill({ json: { customer: {} } })
        : route.fallback(),
    );
    await editFirst(page);
    await page.locator("#company_address\\.city").fill("Leeds");
    const company_address = { street: null, city: "Leeds", country: "GB" };
    assert.deepEqual(await sent(), { company_address });
  });

  test("a value that only the service refuses has its message at the same field", async (t) => {
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
    // The issue disappears when its field is changed; the other one stays.
    await page.locator("#email").fill("grace@example.com");
    await issueOf(page, "email").waitFor({ state: "hidden" });
    assert.equal(await issueOf(page, "company_address.post_code").textContent(), "Is unknown");
  });

  test("Back and a reload keep the values of a form", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    await page.getByRole("button", { name: "New customer" }).click();
    await page.waitForURL(/[?&]edit=new$/);
    await page.locator("#first_name").fill("Ada");
    await editor(page).getByRole("checkbox", { name: "VIP" }).check();
    await page.goBack();
    await editor(page).waitFor({ state: "hidden" });
    await page
      .locator(".toast", { hasText: "kept" })
      .getByRole("button", { name: "Go on" })
      .click();
    assert.equal(await page.locator("#first_name").inputValue(), "Ada");

    page.on("dialog", (dialog) => dialog.accept());
    await page.reload();
    await page.getByText("Your unsaved changes are back").waitFor();
    assert.equal(await page.locator("#first_name").inputValue(), "Ada");
    assert.ok(await editor(page).getByRole("checkbox", { name: "VIP" }).isChecked());

    // A discarded draft does not come back.
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Discard the changes" }).click();
    await editor(page).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "New customer" }).click();
    assert.equal(await page.locator("#first_name").inputValue(), "");
  });

  test("a browser that stores nothing for the page keeps a draft for as long as it is open", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    await page.evaluate(() => {
      const refuse = () => {
        throw new DOMException("Access is denied", "SecurityError");
      };
      Object.assign(Storage.prototype, { getItem: refuse, setItem: refuse, removeItem: refuse });
    });
    await page.getByRole("button", { name: "New customer" }).click();
    await page.locator("#first_name").fill("Ada");
    await page.goBack();
    await page.getByRole("button", { name: "Go on" }).click();
    assert.equal(await page.locator("#first_name").inputValue(), "Ada");
    await save(page);
    await counted(page, "101 customers");
    await page.getByRole("button", { name: "New customer" }).click();
    assert.equal(await page.locator("#first_name").inputValue(), "");
  });

  test("a draft of an edit keeps the changes, on top of the current customer", async (t) => {
    const { page, origin } = await openPage(t, browser);
    await settled(page);
    const id = await page.locator("[data-id]").first().getAttribute("data-id");
    await page.goto(`${origin}/?edit=${id}`);
    await page.locator("#notes").fill("Sits by the window");
    await page.goBack();
    await settled(page);
    const put = { company: "Changed elsewhere", phone: null };
    await page.evaluate(
      ([url, body]) =>
        fetch(url, {
          method: "PUT",
          headers: { authorization: "Bearer sandbox", "content-type": "application/json" },
          body,
        }),
      [`${origin}/api/customers/${id}`, JSON.stringify(put)],
    );
    await page.goto(`${origin}/?edit=${id}`);
    await page.getByText("Your unsaved changes are back").waitFor();
    assert.equal(await page.locator("#company").inputValue(), "Changed elsewhere");
    const request = page.waitForRequest((one) => one.method() === "PUT");
    await save(page);
    assert.deepEqual((await request).postDataJSON(), { notes: "Sits by the window" });
    await editor(page).waitFor({ state: "hidden" });
  });

  test("each customer has an address, and Back closes the panel", async (t) => {
    const { page, origin } = await openPage(t, browser);
    await settled(page);
    const panel = page.locator("#panel");
    const link = page.locator("[data-id]").nth(2);
    const [name, id] = [await link.textContent(), await link.getAttribute("data-id")];
    const steps = await page.evaluate(() => history.length);
    await link.press("Enter");
    await panel.getByRole("heading", { name }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get("customer"), id);
    await page.goBack();
    await panel.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.id), id);
    await page.goForward();
    await panel.getByRole("heading", { name }).waitFor();

    // Closing is one step back, too: no step of the history is left.
    await panel.getByRole("button", { name: "Close" }).click();
    await panel.waitFor({ state: "hidden" });
    await page.waitForURL((url) => !url.searchParams.has("customer"));
    assert.equal(await page.evaluate(() => history.length), steps + 1);

    // A double click does not leave the page.
    await link.press("Enter");
    await panel.getByRole("heading", { name }).waitFor();
    await panel.getByRole("button", { name: "Close" }).evaluate((button) => {
      button.click();
      button.click();
    });
    await panel.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => history.state), null);
    assert.ok(page.url().startsWith(origin));

    // The address alone opens the customer, also one who is not in the list.
    await page.goto(`${origin}/?query=nobody&customer=${id}`);
    await panel.getByRole("heading", { name }).waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    await page.waitForURL(/\?query=nobody$/);
  });

  for (const what of ["customer", "edit", "files"]) {
    test(`a dialog that is closed and opened again at once stays open: ${what}`, async (t) => {
      const { page } = await openPage(t, browser);
      await settled(page);
      const id = await page.locator("[data-id]").first().getAttribute("data-id");
      const dialog = page.locator("dialog[open]");
      const address = `?sort=-created_date&${what}=${what === "files" ? "open" : id}`;
      const visit = (...addresses) =>
        page.evaluate((addresses) => {
          for (const address of addresses) {
            history.replaceState(null, "", address);
            dispatchEvent(new PopStateEvent("popstate"));
          }
        }, addresses);
      await visit(address);
      await dialog.waitFor();
      const closed = page.evaluate(
        () =>
          new Promise((resolve) => {
            const dialog = document.querySelector("dialog[open]");
            dialog.addEventListener("close", () => setTimeout(resolve), { once: true });
          }),
      );
      // Browsers report the closing after it is open again.
      await visit("?sort=-created_date", address);
      await closed;
      await dialog.waitFor();
      assert.ok(page.url().endsWith(address));
    });
  }

  test("the page says that a customer was deleted elsewhere", async (t) => {
    const expected = [/status of 404/];
    const { page, origin } = await openPage(t, browser, { expected });
    await settled(page);
    const id = await page.locator("[data-id]").first().getAttribute("data-id");
    const address = `${origin}/api/customers/${id}`;
    const drop = () =>
      page.evaluate(
        (url) => fetch(url, { method: "DELETE", headers: { authorization: "Bearer sandbox" } }),
        address,
      );
    await page.locator("[data-id]").first().click();
    await page.locator("#panel").getByRole("button", { name: "Edit" }).click();
    await page.locator("#notes").fill("Sits by the window");
    await drop();
    await save(page);
    await editor(page).getByRole("alert").filter({ hasText: "not found" }).waitFor();
    assert.equal(await page.locator("#notes").inputValue(), "Sits by the window");

    page.on("dialog", (dialog) => dialog.accept());
    await page.reload();
    await page.getByRole("heading", { name: "cannot be edited" }).waitFor();
    await page.goto(`${origin}/?customer=${id}`);
    await page.locator("#panel").getByRole("alert").filter({ hasText: "not found" }).waitFor();
    assert.ok(await page.locator("#panel").getByRole("button", { name: "Edit" }).isDisabled());
  });

  test("a row has one menu, which works by keyboard", async (t) => {
    const { page } = await openPage(t, browser, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await counted(page, "100 customers");
    const id = await page.locator("[data-id]").nth(1).getAttribute("data-id");
    const name = await page.locator("[data-id]").nth(1).textContent();
    const button = page.getByRole("button", { name: `Actions for ${name}`, exact: true });
    const menu = page.getByRole("menu");
    const focused = () => page.evaluate(() => document.activeElement.textContent);

    await button.press("Enter");
    assert.equal(await focused(), "Edit");
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(), "Delete");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "Edit");
    await page.keyboard.press("End");
    assert.equal(await focused(), "Delete");
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.menu), id);

    // Its row may disappear.
    await page.locator("[data-order=email]").click();
    await page.waitForURL(/sort=email/);
    await settled(page);
    await page.locator("[data-menu]").first().click();
    await menu.waitFor();
    await page.goBack();
    await menu.waitFor({ state: "hidden" });
    await page.waitForURL((url) => !url.search.includes("sort=email"));
    await settled(page);

    await button.click();
    await menu.getByRole("menuitem", { name: "Copy link" }).click();
    await page.getByText("Link copied.").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(new URL(link).searchParams.get("customer"), id);

    await button.press("Enter");
    await page.keyboard.press("Enter");
    await editor(page)
      .getByRole("heading", { name: `Edit ${name}` })
      .waitFor();
    await page.keyboard.press("Escape");
    await editor(page).waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.menu), id);

    const next = await page.locator("[data-id]").nth(2).getAttribute("data-id");
    await button.press("Enter");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.locator(`[data-id="${id}"]`).waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.id), next);
  });

  test("text of any kind stays text, on one line of the list and inside the panel", async (t) => {
    const { page, origin } = await openPage(t, browser, { viewport: { width: 390, height: 844 } });
    await counted(page, "100 customers");
    const customers = [
      { first_name: "<img src=x onerror=alert(1)>", email: "markup@example.com" },
      { first_name: "\u202eevil\u202d אביבה", notes: "\u202e".repeat(1000) },
      { last_name: "W".repeat(255), labels: ["W".repeat(1000), "<b>bold</b>"] },
      { notes: "No name at all" },
    ];
    for (const customer of customers) {
      const status = await page.evaluate(
        async ([url, body]) => {
          const headers = { authorization: "Bearer sandbox", "content-type": "application/json" };
          return (await fetch(url, { method: "POST", headers, body })).status;
        },
        [`${origin}/api/customers`, JSON.stringify(customer)],
      );
      assert.equal(status, 201);
    }
    await page.reload();
    await counted(page, "104 customers");
    const rows = page.locator(".customer");
    const heights = await rows.evaluateAll((all) => all.map((row) => row.offsetHeight));
    assert.equal(new Set(heights).size, 1);
    // If there is space for the labels, they are on the same line, too.
    await page.setViewportSize({ width: 1280, height: 844 });
    const withLabels = await rows.evaluateAll((all) => all.map((row) => row.offsetHeight));
    assert.deepEqual(new Set(withLabels), new Set(heights));
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate(() => {
      const { right } = document.querySelector("#list").getBoundingClientRect();
      const links = Array.from(document.querySelectorAll("#list a"));
      return links.filter((link) => link.getBoundingClientRect().right > right).length;
    });
    assert.equal(wide, 0);
    const texts = await names(page);
    // They have the same date.
    assert.deepEqual(texts.slice(0, 4).sort(), [
      "<img src=x onerror=alert(1)>",
      "Customer without a name",
      "W".repeat(255),
      "\u202eevil\u202d אביבה",
    ]);
    for (const index of [0, 1, 2, 3]) {
      await rows.nth(index).locator("a").click();
      await page.locator("#panel:not(:has([disabled]))").waitFor();
      const [width, inner] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.querySelector("#panel").scrollWidth,
      ]);
      assert.equal(width, 390);
      assert.ok(inner <= 390);
      await page.keyboard.press("Escape");
      await page.locator("#panel").waitFor({ state: "hidden" });
    }
  });

  /** Deletes the first customer of the list from its panel. Returns the name and the id. */
  async function deleteFirst(page) {
    const link = page.locator("[data-id]").first();
    const customer = { name: await link.textContent(), id: await link.getAttribute("data-id") };
    await link.click();
    await page.locator("#panel").getByRole("button", { name: "Delete" }).click();
    await page.locator("#panel").waitFor({ state: "hidden" });
    return customer;
  }

  const ofId = (page, id) => page.locator(`[data-id="${id}"]`);
  const focusedId = (page) => page.evaluate(() => document.activeElement.dataset.id);

  test("a delete can be undone until its time is over, then it is sent", async (t) => {
    const { page } = await openPage(t, browser);
    await counted(page, "100 customers");
    await stopClock(page);
    const sent = [];
    page.on("request", (request) => request.method() === "DELETE" && sent.push(request.url()));
    const next = await page.locator("[data-id]").nth(1).getAttribute("data-id");

    const { name, id } = await deleteFirst(page);
    assert.equal(await ofId(page, id).count(), 0);
    assert.equal(await focusedId(page), next);
    const message = page.locator(".toast", { hasText: `${name} will be deleted.` });
    await message.getByText("8", { exact: true }).waitFor();
    await page.clock.runFor(5_000);
    await message.getByText("3", { exact: true }).waitFor();
    // "Undo" cannot be pressed while a form covers it.
    await page.getByRole("button", { name: "New customer" }).click();
    await page.clock.runFor(20_000);
    await message.getByText("3", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await editor(page).waitFor({ state: "hidden" });
    // It also exists on another page of the list.
    await page.getByRole("link", { name: "Page 2" }).click();
    await counted(page, "page 2 of 4");
    await page.goBack();
    await counted(page, "page 1 of 4");
    assert.equal(await ofId(page, id).count(), 0);
    await message.getByRole("button", { name: "Undo" }).click();
    assert.equal(await focusedId(page), id);
    await page.clock.runFor(10_000);
    assert.deepEqual(sent, []);

    // By keyboard, too.
    await deleteFirst(page);
    await page.keyboard.press("Control+z");
    await ofId(page, id).waitFor();
    assert.equal(await page.locator(".toast").count(), 0);

    await deleteFirst(page);
    await page.clock.runFor(7_750);
    assert.deepEqual(sent, []);
    await page.clock.runFor(500);
    await counted(page, "99 customers");
    assert.equal(sent.length, 1);
    assert.equal(await page.locator(".toast").count(), 0);
  });

  test("the time to undo stands still while one is about to, and can be cut short", async (t) => {
    const { page } = await openPage(t, browser);
    await counted(page, "100 customers");
    await stopClock(page);
    const { id } = await deleteFirst(page);
    const message = page.locator(".toast");
    await message.getByRole("button", { name: "Undo" }).focus();
    await page.clock.runFor(20_000);
    await message.getByText("8", { exact: true }).waitFor();
    await message.getByRole("button", { name: "Delete now" }).click();
    await counted(page, "99 customers");
    assert.equal(await ofId(page, id).count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.id), "results");
  });

  test("leaving while a delete can be undone asks first, and deletes nobody", async (t) => {
    const { page } = await openPage(t, browser);
    await counted(page, "100 customers");
    const { id } = await deleteFirst(page);
    const asked = page.waitForEvent("dialog");
    const reload = page.reload();
    const question = await asked;
    assert.equal(question.type(), "beforeunload");
    await question.accept();
    await reload;
    await counted(page, "100 customers");
    await ofId(page, id).waitFor();
  });

  test("a page that the browser keeps for Back has undone it, too", async (t) => {
    const { page } = await openPage(t, browser);
    await counted(page, "100 customers");
    const { id } = await deleteFirst(page);
    await page.evaluate(() =>
      dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })),
    );
    await ofId(page, id).waitFor();
    assert.equal(await page.locator(".toast").count(), 0);
  });

  test("a delete that fails brings the customer back and shows the reason", async (t) => {
    const { page, origin } = await openPage(t, browser, { expected: [/status of 403/] });
    await counted(page, "100 customers");
    await page.route(`${origin}/api/customers/*`, (route) =>
      route.fulfill({ status: 403, contentType: "application/json", body: "{}" }),
    );
    const { name, id } = await deleteFirst(page);
    await page.getByRole("button", { name: "Delete now" }).click();
    const message = page.locator(".toast", { hasText: `${name} was not deleted. You are not` });
    await message.waitFor();
    await ofId(page, id).waitFor();
    await page.unroute(`${origin}/api/customers/*`);
    await message.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("button", { name: "Delete now" }).click();
    await counted(page, "99 customers");
  });
});
