// The list of the demo page: search, filters, pages, addresses, and what stands in its place.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { counted, names, openPage, settled, startBrowser } from "./support.mjs";

describe("the list", () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  test("a search narrows it, and a reload keeps the search", async (t) => {
    const { page } = await openPage(t, browser);
    await counted(page, "100 customers, page 1 of 4");
    const [first] = await names(page);

    await page.getByRole("searchbox", { name: "Search" }).fill(first);
    await page.waitForURL((url) => url.searchParams.get("query") === first);
    await counted(page, /^\d+ customers?$/);
    const found = await names(page);
    assert.ok(found.includes(first));
    assert.ok(found.length < 30);
    assert.match(await page.locator("#sent-code").textContent(), /\n {4}\.query\("/);

    await page.reload();
    await settled(page);
    assert.deepEqual(await names(page), found);
    assert.equal(await page.getByRole("searchbox").inputValue(), first);
  });

  test("only the answer to the last search is shown", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    // The first answer comes after the second one, if it comes at all.
    const held = deferred();
    const asked = deferred();
    await page.route(/query=first/, async (route) => {
      asked.resolve();
      await held.promise;
      await route.abort().catch(() => {});
    });
    const search = page.getByRole("searchbox");
    const aborted = page.waitForEvent("requestfailed", (request) =>
      request.url().includes("query=first"),
    );
    await search.fill("first");
    await asked.promise;
    await search.fill("nobody at all");
    await aborted;
    await page.getByRole("heading", { name: "No customers here" }).waitFor();
    held.resolve();
  });

  test("filters add up, and come back from the address", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    await page.getByRole("checkbox", { name: "VIP" }).check();
    await page.getByRole("checkbox", { name: "Harbour" }).check();
    await page.waitForURL(/\?associated_venues=[0-9a-f]{24}&labels=VIP&sort=-created_date$/);
    await settled(page);
    const items = await page.locator(".customer").allTextContents();
    assert.ok(items.length > 0);
    for (const item of items) {
      assert.match(item, /VIP/);
      assert.match(item, /Harbour/);
    }

    await page.reload();
    await settled(page);
    assert.deepEqual(await page.locator(".customer").allTextContents(), items);
    assert.ok(await page.getByRole("checkbox", { name: "VIP" }).isChecked());

    await page.getByRole("button", { name: "Clear all filters" }).click();
    await counted(page, "100 customers");
    await page.goBack();
    await settled(page);
    assert.deepEqual(await page.locator(".customer").allTextContents(), items);
  });

  test("a range that begins after it ends is an issue at its field, and nothing is sent", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const asked = page.waitForResponse(/created_date_to=2024-01-01/);
    await page.locator("#created_date_to").fill("2024-01-01");
    await asked;
    const requests = [];
    page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.startsWith("/api/")) requests.push(searchParams.get("created_date_from"));
    });
    const from = page.locator("#created_date_from");
    await from.fill("2024-01-02");
    const issue = page.locator("#filter .issue", { hasText: /./ });
    await issue.waitFor();
    await from.fill("2024-01-01");
    await page.waitForURL(/created_date_from=2024-01-01/);
    await settled(page);
    assert.equal(await issue.count(), 0);
    assert.deepEqual(requests, ["2024-01-01"]);
  });

  test("pages follow one another without repeating anyone", async (t) => {
    const { page } = await openPage(t, browser, { address: "?sort=last_name" });
    await counted(page, "page 1 of 4");
    const pages = page.getByRole("navigation", { name: "Pages" });
    const ids = () =>
      page.locator("#list [data-id]").evaluateAll((all) => all.map((one) => one.dataset.id));
    const seen = await ids();
    for (const number of [2, 3, 4]) {
      await pages.getByRole("link", { name: "Next" }).click();
      await counted(page, `page ${number} of 4`);
      seen.push(...(await ids()));
      assert.equal(await page.evaluate(() => document.activeElement.id), "results");
    }
    assert.equal(new Set(seen).size, 100);
    assert.equal(await pages.getByRole("link", { name: "Next" }).count(), 0);
    await page.reload();
    await counted(page, "page 4 of 4");
    await page.goBack();
    await counted(page, "page 3 of 4");
  });

  test("an address beyond the last page leads to the last page", async (t) => {
    const { page } = await openPage(t, browser, { address: "?page=9" });
    await counted(page, "page 4 of 4");
    assert.match(page.url(), /page=4$/);
  });

  test("an address that makes no sense is said to, and leads on", async (t) => {
    const { page } = await openPage(t, browser, { address: "?dob_month=13" });
    const alert = page.getByRole("alert");
    await alert.filter({ hasText: "cannot be used" }).waitFor();
    assert.match(await alert.textContent(), /dob_month/);
    await alert.getByRole("link", { name: "Show all customers" }).click();
    await counted(page, "100 customers");
  });

  test("a parameter of somebody else does no harm", async (t) => {
    const address = "?utm_source=mail&constructor=1&to_object=1&labels=VIP";
    const { page } = await openPage(t, browser, { address });
    await settled(page);
    assert.ok(await page.getByRole("checkbox", { name: "VIP" }).isChecked());
    for (const item of await page.locator(".customer").allTextContents()) {
      assert.match(item, /VIP/);
    }
  });

  test("a search is one step of the history, has a title, and can be cleared where nothing fits", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const searchbox = page.getByRole("searchbox");
    await searchbox.fill("nobody");
    // The best match is first now, and not the newest.
    await page.waitForURL(/\?query=nobody$/);
    await searchbox.fill("nobody at all");
    await page.waitForURL(/query=nobody(\+|%20)at/);
    assert.equal(await page.title(), "“nobody at all” · collins-customers");
    await page.getByRole("heading", { name: "No customers here" }).waitFor();
    await page.goBack();
    await counted(page, "100 customers");
    assert.equal(await page.title(), "Customers · collins-customers");

    await page.goForward();
    await page.getByRole("button", { name: "Clear search and filters" }).click();
    await counted(page, "100 customers");
    assert.equal(await searchbox.inputValue(), "");
    assert.equal(await page.evaluate(() => document.activeElement.id), "results");
  });

  test("a date that is typed is one request and one step of the history", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const requests = [];
    page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.startsWith("/api/")) requests.push(searchParams.get("created_date_from"));
    });
    const steps = await page.evaluate(() => history.length);
    await page.locator("#created_date_from").focus();
    await page.keyboard.type("01022024");
    await page.waitForURL(/created_date_from=2024-01-02/);
    await settled(page);
    assert.deepEqual(requests, ["2024-01-02"]);
    assert.equal(await page.evaluate(() => history.length), steps + 1);
  });

  test("what an input method composes is searched when it is done", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const queries = [];
    page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.startsWith("/api/")) queries.push(searchParams.get("query"));
    });
    await page.getByRole("searchbox").focus();
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", {
      text: "に",
      selectionStart: 1,
      selectionEnd: 1,
    });
    await page.waitForTimeout(1_000);
    assert.deepEqual(queries, []);
    await session.send("Input.insertText", { text: "日本" });
    await page.waitForURL((url) => url.searchParams.get("query") === "日本");
    await page.getByRole("heading", { name: "No customers here" }).waitFor();
    assert.deepEqual(queries, ["日本"]);
  });

  test("each attempt is shown as it was sent, without the token", async (t) => {
    const { page, origin } = await openPage(t, browser, { expected: [/status of 503/] });
    await settled(page);
    let attempts = 0;
    await page.route(`${origin}/api/customers?*`, (route) => {
      attempts += 1;
      return attempts === 1
        ? route.fulfill({ status: 503, headers: { "retry-after": "0" }, body: "" })
        : route.continue();
    });
    await page.locator("#sent > summary").click();
    await page.getByRole("checkbox", { name: "VIP" }).check();
    const requests = page.locator("#requests > li");
    const [last, before] = [requests.nth(0), requests.nth(1)];
    await before.filter({ hasText: /labels=VIP.*503, \d+ ms/ }).waitFor();
    await last.filter({ hasText: /GET .*labels=VIP.*200, \d+ ms/ }).waitFor();
    assert.equal(await requests.count(), 3);
    await last.locator("summary").click();
    const sent = await last.locator("pre").textContent();
    assert.match(sent, /^authorization: Bearer ••••$/m);
    assert.doesNotMatch(sent, /sandbox/);
  });

  test("a failure is explained, and can be tried again", async (t) => {
    const expected = [/status of 403/];
    const { page, origin } = await openPage(t, browser, { expected });
    await settled(page);
    await page.route(`${origin}/api/**`, (route) =>
      route.fulfill({ status: 403, contentType: "application/json", body: "{}" }),
    );
    await page.reload();
    await page.getByRole("heading", { name: "The customers could not be loaded" }).waitFor();
    await page.unroute(`${origin}/api/**`);
    await page.getByRole("button", { name: "Try again" }).click();
    await counted(page, "100 customers");
    assert.equal(await page.evaluate(() => document.activeElement.id), "results");
  });

  test("it fits a telephone", async (t) => {
    const viewport = { width: 390, height: 844 };
    const { page } = await openPage(t, browser, { viewport });
    await settled(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, viewport.width);
  });

  test("what is chosen is seen in forced colours, and controls have edges", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const [edge, ground] = await page.locator("#query").evaluate((input) => {
        const { borderTopColor, backgroundColor } = getComputedStyle(input);
        return [borderTopColor, backgroundColor];
      });
      const ratio = contrast(edge, ground);
      assert.ok(ratio >= 3, `${colorScheme}: ${ratio}`);
    }
    await page.emulateMedia({ forcedColors: "active" });
    const colour = (name) =>
      page
        .locator(".chip", { hasText: name })
        .first()
        .evaluate((chip) => getComputedStyle(chip).backgroundColor);
    await page.getByRole("checkbox", { name: "VIP" }).check();
    assert.notEqual(await colour("VIP"), await colour("Press"));
  });

  for (const [width, height, least] of [
    [390, 844, 3],
    [1280, 800, 10],
  ]) {
    test(`at ${width}×${height} at least ${least} customers are seen without scrolling`, async (t) => {
      const { page } = await openPage(t, browser, { viewport: { width, height } });
      await settled(page);
      const bottoms = await page
        .locator(".customer")
        .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().bottom));
      const seen = bottoms.filter((bottom) => bottom <= height).length;
      assert.ok(seen >= least, `${seen} are seen`);
    });
  }

  test("a header sorts by its column, then the other way round, and keeps the focus", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const header = page.getByRole("columnheader", { name: "Email" });
    for (const [sort, direction] of [
      ["email", "ascending"],
      ["-email", "descending"],
    ]) {
      await header.getByRole("button").press("Enter");
      await page.locator(`th[aria-sort=${direction}]`, { hasText: "Email" }).waitFor();
      assert.equal(new URL(page.url()).searchParams.get("sort"), sort);
      assert.equal(await page.evaluate(() => document.activeElement.dataset.order), "email");
    }
  });
});

/** The contrast of two colours, as WCAG defines it. */
function contrast(...colours) {
  const [dark, light] = colours
    .map((colour) => {
      const [red, green, blue] = colour.match(/\d+/g).map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
