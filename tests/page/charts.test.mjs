// The pictures of the demo page: their counts, and the links of their bars.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { counted, openPage, settled, startBrowser } from "./support.mjs";

describe("the pictures", () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  async function openPictures(t, options) {
    const { page, origin } = await openPage(t, browser, options);
    await settled(page);
    await page.locator("#pictures > summary").press("Enter");
    await page.locator("#by-month a").first().waitFor();
    return { page, origin };
  }

  /** All customers, straight from the service. */
  async function everyone(origin) {
    const all = [];
    for (let page = 1; ; page += 1) {
      const answer = await fetch(`${origin}/api/customers?limit=30&page=${page}`, {
        headers: { authorization: "Bearer sandbox" },
      });
      const { customers } = await answer.json();
      all.push(...customers);
      if (customers.length < 30) return all;
    }
  }

  const source = (page) => page.locator("#pictures-source");
  const readAll = async (page) => {
    await page.locator("#pictures-read").press("Enter");
    await source(page).filter({ hasText: "Drawn from 100 customers." }).waitFor();
  };
  const barsOf = (page, picture) =>
    page.locator(`${picture} a`).evaluateAll((bars) =>
      bars.map((bar) => {
        const [, name, count] = /^(.*): (\d+) customers?$/.exec(bar.getAttribute("aria-label"));
        return [name, Number(count)];
      }),
    );
  const sum = (bars) => bars.reduce((all, [, count]) => all + count, 0);

  test("count the loaded customers, and all of them once they are read", async (t) => {
    const { page, origin } = await openPictures(t);
    assert.equal(await source(page).textContent(), "Drawn from 30 of 100 customers.");
    assert.equal(
      await page.locator("#pictures-read").textContent(),
      "Read all 100 of this list (4 requests)",
    );
    const before = sum(await barsOf(page, "#by-month"));
    assert.ok(before <= 30);
    await readAll(page);

    const all = await everyone(origin);
    const months = await barsOf(page, "#by-month");
    assert.equal(months.length, 12);
    months.forEach(([, count], index) => {
      const born = all.filter(({ dob }) => Number(dob?.slice(5, 7)) === index + 1);
      assert.equal(count, born.length);
    });
    const labels = await barsOf(page, "#by-label");
    for (const [name, count] of labels) {
      assert.equal(count, all.filter((one) => one.labels?.includes(name)).length, name);
    }
    assert.ok(labels.length > 5 && labels.length <= 50);
    for (const id of await page
      .locator("#pictures-preference option")
      .evaluateAll((options) => options.map(({ value }) => value))) {
      await page.locator("#pictures-preference").selectOption(id);
      const opted = all.filter((one) =>
        one.marketing_preferences?.some((choice) => choice.id === id && choice.opted_in),
      );
      const bars = await barsOf(page, "#by-time");
      assert.equal(sum(bars), opted.length);
      assert.ok(bars.length <= 50);
    }
  });

  for (const picture of ["#by-month", "#by-label", "#by-time"]) {
    for (const how of ["mouse", "keyboard"]) {
      test(`a bar of ${picture} leads to the list that it counts, by ${how}`, async (t) => {
        const { page } = await openPictures(t);
        await readAll(page);
        const bars = await barsOf(page, picture);
        const most = Math.max(...bars.map(([, count]) => count));
        const index = bars.findIndex(([, count]) => count === most);
        const bar = page.locator(`${picture} a`).nth(index);
        if (how === "mouse") await bar.click();
        else await bar.press("Enter");
        await counted(page, new RegExp(`^${most} customers?(, page 1 of \\d+)?$`));
        // The focus stays on the bar, which is now marked; once more, and the filter is off.
        assert.equal(await bar.getAttribute("aria-current"), "true");
        assert.equal(await page.locator("#pictures [aria-current]").count(), 1);
        assert.ok(await bar.evaluate((link) => link === document.activeElement));
        await page.keyboard.press("Enter");
        await counted(page, "100 customers");
        assert.equal(await page.locator("#pictures [aria-current]").count(), 0);
        await page.goBack();
        await counted(page, new RegExp(`^${most} customers?`));
      });
    }
  }

  test("all customers are read with the announced number of requests", async (t) => {
    // The last page is full.
    const { page } = await openPictures(t, { seed: 60 });
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.getByRole("button", { name: "Read all 60 of this list (2 requests)" }).click();
    await source(page).filter({ hasText: "Drawn from 60 customers." }).waitFor();
    assert.equal(asked.length, 2);
  });

  test("the result stays until something else is read", async (t) => {
    const { page } = await openPictures(t);
    await readAll(page);
    const before = await barsOf(page, "#by-label");
    await page.locator("#by-month a").first().click();
    await counted(page, /^\d customers?$|^1\d customers$/);
    assert.deepEqual(await barsOf(page, "#by-label"), before);
    await page.getByRole("button", { name: /^Read all \d+ of this list \(1 request\)$/ }).click();
    await source(page)
      .filter({ hasText: /^Drawn from \d\d? customers\.$/ })
      .waitFor();
    const [first, ...others] = await barsOf(page, "#by-month");
    assert.ok(first[1] > 0);
    assert.equal(sum(others), 0);
  });

  test("reading can be stopped, and the customers read so far are drawn", async (t) => {
    const { page, origin } = await openPictures(t);
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route(`${origin}/api/customers?*page=3*`, async (route) => {
      await held;
      await route.abort().catch(() => {});
    });
    const asked = page.waitForRequest(/page=3/);
    await page.locator("#pictures-read").click();
    await asked;
    assert.equal(await page.getByRole("progressbar").evaluate(({ value }) => value), 60);
    await page.getByRole("button", { name: "Stop" }).click();
    await source(page).filter({ hasText: "Drawn from 60 of 100 customers." }).waitFor();
    assert.ok(await page.getByRole("progressbar").isHidden());
    release();
  });

  test("a failure is shown, and the customers read so far are drawn", async (t) => {
    const { page, origin } = await openPictures(t, { expected: [/status of 403/] });
    await page.route(`${origin}/api/customers?*page=2*`, (route) =>
      route.fulfill({ status: 403, contentType: "application/json", body: "{}" }),
    );
    await page.locator("#pictures-read").click();
    await source(page)
      .filter({ hasText: /^Drawn from 30 of 100 customers\. \w.*\.$/ })
      .waitFor();
  });

  test("hostile labels do no harm", async (t) => {
    const { page, origin } = await openPage(t, browser);
    await settled(page);
    const hostile = ["<img src=x onerror=alert(1)>", "\u202Etxt.exe", "x".repeat(200)];
    const created = await fetch(`${origin}/api/customers`, {
      method: "POST",
      headers: { authorization: "Bearer sandbox", "content-type": "application/json" },
      body: JSON.stringify({ first_name: "Hostile", labels: hostile }),
    });
    assert.equal(created.status, 201);
    await page.reload();
    await settled(page);
    await page.locator("#pictures > summary").click();
    for (const label of hostile) {
      await page.locator(`#by-label a[aria-label^=${JSON.stringify(label)}]`).waitFor();
    }
    assert.equal(await page.locator("#pictures img").count(), 0);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 1280);
  });

  test("they fit the smallest telephone, with room for a finger at each bar", async (t) => {
    const { page } = await openPictures(t, { viewport: { width: 320, height: 640 } });
    await readAll(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    const sizes = await page.locator("#pictures .hit").evaluateAll((all) =>
      all.map((one) => {
        const { width, height } = one.getBoundingClientRect();
        return Math.min(width, height);
      }),
    );
    assert.ok(Math.min(...sizes) >= 24, `${Math.min(...sizes)}`);
  });
});
