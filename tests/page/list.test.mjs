// The list of the demo page: search, filters, pages, addresses, and its messages.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  contrast,
  counted,
  deferred,
  names,
  openPage,
  settled,
  startBrowser,
  stopClock,
} from "./support.mjs";

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
    assert.match(await page.locator("#code").textContent(), /\n {4}\.query\("/);

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
    await page.getByRole("heading", { name: "No customers match" }).waitFor();
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
    await page.locator("summary", { hasText: "Dates" }).click();
    await page.locator("#filter-created_date_to").fill("2024-01-01");
    await asked;
    const requests = watch(page, "created_date_from");
    const from = page.locator("#filter-created_date_from");
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

  test("the page reports an invalid address, and offers a way on", async (t) => {
    const { page } = await openPage(t, browser, { address: "?dob_month=13" });
    const alert = page.getByRole("alert");
    await alert.filter({ hasText: "cannot be used" }).waitFor();
    assert.match(await alert.textContent(), /Birthday in: Must be from 1 to 12\./);
    await alert.getByRole("link", { name: "Show all customers" }).click();
    await counted(page, "100 customers");
  });

  test("an invalid address has a chip for each of its filters", async (t) => {
    const address =
      "?dob_month=99&labels=VIP,Press&created_date_from=2024-13-01&page=0&opted_in_date=x";
    const { page } = await openPage(t, browser, { address });
    await page.getByRole("heading", { name: "cannot be used" }).waitFor();
    assert.equal(await page.title(), "A filter that cannot be used · collins-customers");
    const chips = page.locator("#chips li");
    assert.deepEqual(await chips.allTextContents(), [
      "Birthday in: 99 ✕",
      "Label: VIP, Press ✕",
      "Created from: 2024-13-01 ✕",
      "Page: 0 ✕",
      "Opted in on: x ✕",
      "Clear all filters",
    ]);
    assert.equal(await page.locator("#chips .wrong").count(), 4);
    // The valid filters are set.
    assert.ok(await page.getByRole("checkbox", { name: "VIP" }).isChecked());

    const remove = (name) =>
      page.getByRole("button", { name: `Remove the filter ${name}` }).press("Enter");
    await remove("Birthday in: 99");
    await page.waitForURL((url) => !url.searchParams.has("dob_month"));
    assert.match(await page.evaluate(() => document.activeElement.textContent), /^Label: VIP/);
    await page.getByRole("heading", { name: "cannot be used" }).waitFor();
    await remove("Created from: 2024-13-01");
    await remove("Opted in on: x");
    await remove("Page: 0");
    await page.waitForURL((url) => url.search === "?labels=VIP%2CPress");
    await counted(page, /^\d+ customers?/);
    assert.deepEqual(await chips.allTextContents(), [
      "Label: VIP ✕",
      "Label: Press ✕",
      "Clear all filters",
    ]);
    await page.goBack();
    await page.getByRole("heading", { name: "cannot be used" }).waitFor();
    await page.getByRole("button", { name: "Clear all filters" }).click();
    await counted(page, "100 customers");
    assert.equal(await chips.count(), 0);
  });

  test("an invalid address closes open panels", async (t) => {
    const { page, origin } = await openPage(t, browser, { address: "?dob_month=99" });
    await page.getByRole("heading", { name: "cannot be used" }).waitFor();
    await page.getByRole("link", { name: "Show all customers" }).click();
    await settled(page);
    await page.locator("[data-id]").first().click();
    await page.locator("#panel").waitFor();
    await page.evaluate((url) => {
      history.replaceState(null, "", url);
      dispatchEvent(new PopStateEvent("popstate"));
    }, `${origin}/?dob_month=99`);
    await page.getByRole("heading", { name: "cannot be used" }).waitFor();
    await page.locator("#panel").waitFor({ state: "hidden" });
  });

  test("a venue that the page does not know is a filter like any other", async (t) => {
    const address = "?associated_venues=5b5b2f0a4c1e6d0001a1ffff";
    const { page } = await openPage(t, browser, { address });
    await page.getByRole("heading", { name: "No customers match" }).waitFor();
    assert.ok(await page.getByRole("checkbox", { name: "unknown (…ffff)" }).isChecked());
    await page.getByRole("button", { name: "Remove the filter Venue: unknown (…ffff)" }).click();
    await counted(page, "100 customers");
  });

  test("an unknown parameter does no harm", async (t) => {
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
    await page.getByRole("heading", { name: "No customers match" }).waitFor();
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
    const requests = watch(page, "created_date_from");
    const steps = await page.evaluate(() => history.length);
    await page.locator("summary", { hasText: "Dates" }).click();
    await page.locator("#filter-created_date_from").focus();
    await page.keyboard.type("01022024");
    await page.waitForURL(/created_date_from=2024-01-02/);
    await settled(page);
    assert.deepEqual(requests, ["2024-01-02"]);
    assert.equal(await page.evaluate(() => history.length), steps + 1);
  });

  test("a date that is typed slowly is not asked for half-way", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const requests = watch(page, "booking_date_to");
    const steps = await page.evaluate(() => history.length);
    await page.locator("summary", { hasText: "Dates" }).click();
    await page.locator("#filter-booking_date_to").focus();
    await stopClock(page);
    for (const key of "01022024") {
      await page.keyboard.press(key);
      await page.clock.runFor(2_000);
    }
    await page.waitForURL(/booking_date_to=2024-01-02/);
    assert.deepEqual(requests, ["2024-01-02"]);
    // The day is corrected: that is the same step.
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("03");
    await page.clock.runFor(2_000);
    await page.waitForURL(/booking_date_to=2024-01-03/);
    assert.equal(await page.evaluate(() => history.length), steps + 1);
  });

  test("the best match is offered for a search alone", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const options = () => page.locator("#sort option").allTextContents();
    assert.ok(!(await options()).includes("Best match"));
    await page.getByRole("searchbox").fill("a");
    await page.waitForURL(/\?query=a$/);
    assert.equal(await page.locator("#sort option:checked").textContent(), "Best match");
    await page.getByRole("searchbox").fill("");
    await page.waitForURL(/\?sort=-created_date$/);
    assert.ok(!(await options()).includes("Best match"));

    // An order that somebody chose stays.
    await page.locator("#sort").selectOption("Last name");
    await page.getByRole("searchbox").fill("a");
    await page.waitForURL(/\?query=a&sort=last_name,first_name$/);
    // One from the address has a name, too.
    await page.goto(page.url().replace(/sort=.*/, "sort=-email"));
    await settled(page);
    assert.equal(await page.locator("#sort option:checked").textContent(), "Email, descending");
  });

  const [harbour, news] = ["5b5b2f0a4c1e6d0001a1b002", "5c0e4a5f7d2b3c0001f3e001"];

  test("every filter of the address has a control, and a chip that removes it", async (t) => {
    // Each filter, and the text of its chip.
    const all = [
      ["associated_venues", harbour, "Venue: Harbour"],
      ["booking_date", "2024-02-01", "Booked on: 1 Feb 2024"],
      ["booking_date_from", "2024-01-01", "Booked from: 1 Jan 2024"],
      ["booking_date_to", "2024-03-01", "Booked until: 1 Mar 2024"],
      ["created_date", "2023-02-01", "Created on: 1 Feb 2023"],
      ["created_date_from", "2023-01-01", "Created from: 1 Jan 2023"],
      ["created_date_to", "2023-03-01", "Created until: 1 Mar 2023"],
      ["dob_month", "5", "Birthday in: May"],
      ["email", "ada@example.com", "Email: ada@example.com"],
      ["full_name", "Ada", "Name: Ada"],
      ["labels", "VIP", "Label: VIP"],
      ["last_updated", "2022-02-01", "Changed on: 1 Feb 2022"],
      ["last_updated_from", "2022-01-01", "Changed from: 1 Jan 2022"],
      ["last_updated_to", "2022-03-01", "Changed until: 1 Mar 2022"],
      ["opted_in", news, "Opted in to: News by email"],
      ["opted_in_date", "2021-02-01", "Opted in on: 1 Feb 2021"],
      ["opted_in_date_from", "2021-01-01", "Opted in from: 1 Jan 2021"],
      ["opted_in_date_to", "2021-03-01", "Opted in until: 1 Mar 2021"],
      ["opted_out", news, "Opted out of: News by email"],
      ["opted_out_date", "2020-02-01", "Opted out on: 1 Feb 2020"],
      ["opted_out_date_from", "2020-01-01", "Opted out from: 1 Jan 2020"],
      ["opted_out_date_to", "2020-03-01", "Opted out until: 1 Mar 2020"],
      ["query", "a", "Search: a"],
      ["limit", "7", "Customers per page: 7"],
    ];
    const address = (filters) =>
      filters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    const { page } = await openPage(t, browser, { address: `?${address(all)}&sort=email` });
    await page.getByRole("heading", { name: "No customers match" }).waitFor();
    const chips = page.locator("#chips li");
    const texts = all.map(([, , chip]) => `${chip} ✕`);
    assert.deepEqual(await chips.allTextContents(), [...texts, "Clear all filters"]);

    // The controls have the same values: applying them requests the same list.
    await page.getByRole("searchbox").fill("b");
    await page.waitForURL(
      (url) => url.search === `?${address(all).replace("query=a", "query=b")}&sort=email`,
    );

    // Every chip removes its own filter, and the dates of an opt-in with it.
    const left = [...all];
    const remove = async (name) => {
      const [, , chip] = all.find(([one]) => one === name);
      const label = name === "query" ? "Search: b" : chip;
      await page.getByRole("button", { name: `Remove the filter ${label}`, exact: true }).click();
      const dropped = (one) => one === name || one.startsWith(`${name}_date`);
      const gone = /^opted_(in|out)$/.test(name) ? dropped : (one) => one === name;
      for (let index = left.length - 1; index >= 0; index -= 1) {
        if (gone(left[index][0])) left.splice(index, 1);
      }
      const rest = address(left).replace("query=a", "query=b");
      const expected = `?${[rest, "sort=email"].filter(Boolean).join("&")}`;
      await page.waitForURL((url) => url.search === expected);
    };
    await remove("opted_in");
    await remove("opted_out");
    for (const [name] of [...left]) await remove(name);
    await counted(page, "100 customers");
    assert.equal(await chips.count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.id), "results");
  });

  test("the dates of an opt-in are offered with an opt-in, and go with it", async (t) => {
    const { page } = await openPage(t, browser, { address: `?opted_in=${news}` });
    await settled(page);
    const date = page.locator("#filter-opted_in_date_from");
    await date.fill("2020-01-01");
    await page.waitForURL(/opted_in_date_from=2020-01-01/);
    await page.locator('[data-choices="opted_in"]').getByRole("checkbox").first().uncheck();
    await page.waitForURL((url) => !url.search.includes("opted_in"));
    await date.waitFor({ state: "hidden" });
    await page.locator("#filter-opted_out_date").waitFor({ state: "hidden" });
  });

  test("a chip keeps the focus among the chips, and the title follows", async (t) => {
    const address = `?associated_venues=${harbour}&dob_month=1,2&labels=VIP`;
    const { page } = await openPage(t, browser, { address });
    await settled(page);
    assert.equal(await page.title(), "Harbour, Jan, Feb and 1 more · collins-customers");
    await page.getByRole("button", { name: "Remove the filter Birthday in: Jan" }).press("Enter");
    await page.waitForURL(/dob_month=2&/);
    assert.equal(await page.title(), "Harbour, Feb, VIP · collins-customers");
    const focused = () => page.evaluate(() => document.activeElement.textContent);
    assert.match(await focused(), /^Birthday in: Feb/);
    await page.getByRole("button", { name: "Clear all filters" }).click();
    await counted(page, "100 customers");
    assert.equal(await page.title(), "Customers · collins-customers");

    await page.getByRole("link", { name: "Page 2" }).click();
    await counted(page, "page 2 of 4");
    assert.equal(await page.title(), "Customers, page 2 · collins-customers");
    const [name] = await names(page);
    await page.getByRole("link", { name }).click();
    await page.waitForFunction((text) => document.title === text, `${name} · collins-customers`);
  });

  test("an issue of a filter is shown at its control, in words", async (t) => {
    const { page } = await openPage(t, browser, { address: "?created_date_to=2020-01-01" });
    await settled(page);
    const requests = watch(page, "limit");
    await page.locator("#filter-created_date_from").fill("2021-01-01");
    await page.getByText("Must not be after the “until” date").waitFor();
    await page.locator("#filter-created_date_from").fill("");
    await page.locator("#more summary", { hasText: "More" }).click();
    const limit = page.locator("#filter-limit");
    await limit.fill("31");
    await limit.press("Tab");
    await page.getByText("Must be from 1 to 30").waitFor();
    assert.deepEqual(requests.filter(Boolean), []);
    await limit.fill("30");
    await limit.press("Tab");
    await page.waitForURL(/limit=30/);
    // Half an email address is not an error while it is typed.
    const email = page.locator("#filter-email");
    await email.pressSequentially("ada@");
    assert.equal(await page.locator("#filter-email-issue").textContent(), "");
    await email.press("Tab");
    await page.getByText("Must be an email address").waitFor();
    await email.fill("ada@example.com, grace@example.com");
    await email.press("Enter");
    await page.waitForURL(/email=ada(@|%40)example.com,grace(@|%40)example.com/);
  });

  test("no address shows a wire name", async (t) => {
    const { page, origin } = await openPage(t, browser);
    for (const [search, sentence] of [
      ["?page=99999999999", "Page: There is no such page."],
      [
        "?created_date_from=2021-01-01&created_date_to=2020-01-01",
        "Created from: Must not be after",
      ],
      ["?opted_in_date=2021-01-01", "Opted in on: Requires “Opted in to”."],
    ]) {
      await page.goto(`${origin}/${search}`);
      const alert = page.getByRole("alert").filter({ hasText: sentence });
      await alert.waitFor();
      assert.doesNotMatch(await alert.textContent(), /_|4294967295/);
    }
  });

  test("those who type slowly search once", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const queries = watch(page, "query");
    await page.getByRole("searchbox").focus();
    await stopClock(page);
    for (const key of "anna") {
      await page.keyboard.press(key);
      await page.clock.runFor(700);
    }
    await page.clock.runFor(500);
    await page.waitForURL(/query=anna/);
    await settled(page);
    assert.deepEqual(queries, ["anna"]);
  });

  test("what an input method composes is searched when it is done", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const queries = watch(page, "query");
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
    await page.getByRole("heading", { name: "No customers match" }).waitFor();
    assert.deepEqual(queries, ["日本"]);
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

  test("the selection is visible in forced colours, and controls have edges", async (t) => {
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
    await page.getByRole("checkbox", { name: "VIP" }).uncheck();
    await counted(page, "100 customers");
    const ground = (link) => getComputedStyle(link).backgroundColor;
    const pages = page.locator("#pages a");
    assert.notEqual(
      await pages.and(page.locator("[aria-current]")).evaluate(ground),
      await pages.last().evaluate(ground),
    );
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
      // The drawer covers the lower edge of the window.
      const edge = (await page.locator("#drawer").boundingBox()).y;
      const seen = bottoms.filter((bottom) => bottom <= edge).length;
      assert.ok(seen >= least, `${seen} are seen`);
    });
  }

  test("typed text is not lost if something else is clicked before it is searched", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    await stopClock(page);
    await page.getByRole("searchbox").fill("a");
    await page.getByRole("columnheader", { name: "Email" }).getByRole("button").click();
    await page.waitForURL(/\?query=a&sort=email$/);
    assert.equal(await page.getByRole("searchbox").inputValue(), "a");
  });

  test("typed text is not lost if a chip, a page or a bar is clicked before it is searched", async (t) => {
    const { page, origin } = await openPage(t, browser, {
      address: "?labels=VIP&sort=-created_date",
    });
    await settled(page);
    await stopClock(page);
    const search = page.getByRole("searchbox");
    await search.fill("a");
    await page.getByRole("button", { name: "Remove the filter Label: VIP" }).click();
    await page.waitForURL((url) => url.search === "?query=a");
    await settled(page);
    // The chip of a search removes the current search.
    await search.fill("ab");
    await page.getByRole("button", { name: "Remove the filter Search: a" }).click();
    await page.waitForURL((url) => url.search === "?sort=-created_date");
    assert.equal(await search.inputValue(), "");
    await counted(page, "100 customers");

    // The pages belong to the list that is about to be replaced.
    await search.fill("a");
    await page.getByRole("link", { name: "Page 2" }).click();
    await page.waitForURL((url) => url.search === "?query=a");

    await page.goto(`${origin}/`);
    await settled(page);
    await page.locator("#pictures > summary").click();
    await search.fill("a");
    await page.locator("#by-month a").first().click();
    await page.waitForURL((url) => url.search === "?dob_month=1&query=a");
    assert.equal(await search.inputValue(), "a");
  });

  test("the first customer is a few keys away", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "results");
    const isCustomer = () => page.evaluate(() => "id" in document.activeElement.dataset);
    let keys = 0;
    while (!(await isCustomer())) {
      await page.keyboard.press("Tab");
      keys += 1;
      // Two buttons, the pictures, and the headers that sort.
      assert.ok(keys <= 7);
    }
  });

  test("the headers stay in sight, and focused elements are not behind them", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    await page.locator("[data-id]").last().focus();
    const header = await page.locator("thead th").first().boundingBox();
    assert.equal(header.y, 0);
    for (let step = 0; step < 56; step += 1) {
      await page.keyboard.press("Shift+Tab");
      const { y } = await page.locator(":focus").boundingBox();
      assert.ok(y >= header.height, `step ${step}`);
    }
  });

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

/** The values of one parameter, in the requests that the page makes from now on. */
function watch(page, parameter) {
  const values = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.startsWith("/api/")) values.push(searchParams.get(parameter));
  });
  return values;
}
