// Every state of the demo page: what it says, that everyone can use it, and that it fits.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { fulfill, states } from "./states.mjs";
import { counted, deferred, names, openPage, settled, startBrowser } from "./support.mjs";

const axe = createRequire(import.meta.url)("axe-core").source;

describe("states", () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  for (const [name, { show, ...options }] of Object.entries(states)) {
    test(`${name}: axe finds nothing, and it fits every width`, async (t) => {
      const { page, origin } = await openPage(t, browser, { ...options, reducedMotion: "reduce" });
      if (name !== "loading" && !options.address && options.seed !== 0) await settled(page);
      await show(page, origin);
      await page.evaluate(axe);
      for (const [colorScheme, width, height] of [
        ["light", 1280, 860],
        ["dark", 1280, 860],
        ["light", 390, 844],
        ["dark", 390, 844],
      ]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height });
        const violations = await page.evaluate(async () =>
          (await globalThis.axe.run()).violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
          ),
        );
        assert.deepEqual(violations, [], `${colorScheme}, ${width}×${height}`);
      }
      // 640×400 is a screen of 1280×800 at 200 %.
      for (const [width, height] of [
        [320, 640],
        [390, 844],
        [640, 400],
        [1920, 1080],
      ]) {
        await page.setViewportSize({ width, height });
        const wide = await page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll("dialog[open]")]
            .filter((box) => box.scrollWidth > box.clientWidth)
            .map((box) => `${box.tagName}: ${box.scrollWidth}`),
        );
        assert.deepEqual(wide, [], `${width}×${height}`);
      }
    });
  }

  test("the list comes without a jump", async (t) => {
    const { page, origin } = await openPage(t, browser);
    await settled(page);
    const held = deferred();
    await page.route(`${origin}/api/**`, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.reload();
    await page.locator("#list .bone").first().waitFor();
    const box = () => page.locator("#list").boundingBox();
    const before = await box();
    held.resolve();
    await settled(page);
    assert.deepEqual(await box(), before);
  });

  test("whoever is back online has the list without asking", async (t) => {
    const expected = [/ERR_INTERNET_DISCONNECTED/];
    const { page } = await openPage(t, browser, { expected });
    await settled(page);
    await page.clock.install();
    await page.context().setOffline(true);
    await page.getByRole("searchbox").fill("a");
    // The client tries twice more.
    for (let wait = 0; wait < 10; wait += 1) await page.clock.runFor(1_000);
    await page.getByRole("heading", { name: "no internet connection" }).waitFor();
    await page.context().setOffline(false);
    await settled(page);
    await page.locator(".customer").first().waitFor();
  });

  test("a wait for the service is told", async (t) => {
    const { page, origin } = await openPage(t, browser, { expected: [/status of 503/] });
    await settled(page);
    await page.clock.install();
    let answers = 0;
    await page.route(`${origin}/api/customers?*`, (route) => {
      answers += 1;
      return answers === 1
        ? route.fulfill(fulfill(503, { "retry-after": "12" }))
        : route.continue();
    });
    await page.getByRole("checkbox", { name: "VIP" }).check();
    await page.getByText(/trying again in 1\d s/).waitFor();
    await page.clock.runFor(15_000);
    await settled(page);
    assert.equal(answers, 2);
  });

  test("nobody at all is an invitation", async (t) => {
    const { page } = await openPage(t, browser, { seed: 0 });
    await page.getByRole("button", { name: "Create the first customer" }).click();
    await page.locator("#first_name").fill("Ada");
    await page.locator("#editor").getByRole("button", { name: "Save" }).click();
    await counted(page, "1 customer");
    assert.deepEqual(await names(page), ["Ada"]);
  });

  test("nothing moves for those who asked for that", async (t) => {
    const { page } = await openPage(t, browser, { reducedMotion: "reduce" });
    await settled(page);
    const moving = await page.evaluate(() =>
      Array.from(document.querySelectorAll("*"), (one) => getComputedStyle(one)).some(
        ({ transitionDuration, animationName }) =>
          !/^0s(, 0s)*$/.test(transitionDuration) || animationName !== "none",
      ),
    );
    assert.ok(!moving);
  });
});
