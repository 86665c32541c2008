// Every state of the demo page: its texts, its accessibility, and its layout.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { PNG } from "pngjs";
import { fulfill, states } from "./states.mjs";
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

  test("the list is read by itself when the browser is back online", async (t) => {
    const expected = [/ERR_INTERNET_DISCONNECTED/];
    const { page } = await openPage(t, browser, { expected });
    await settled(page);
    await stopClock(page);
    await page.context().setOffline(true);
    await page.getByRole("searchbox").fill("a");
    // The client tries twice more.
    for (let wait = 0; wait < 10; wait += 1) await page.clock.runFor(1_000);
    await page.getByRole("heading", { name: "no internet connection" }).waitFor();
    await page.context().setOffline(false);
    await settled(page);
    await page.locator(".customer").first().waitFor();
  });

  test("a wait for the service is shown", async (t) => {
    const { page, origin } = await openPage(t, browser, { expected: [/status of 503/] });
    await settled(page);
    await stopClock(page);
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

  test("an empty list is an invitation", async (t) => {
    const { page } = await openPage(t, browser, { seed: 0 });
    await page.getByRole("button", { name: "Create the first customer" }).click();
    await page.locator("#first_name").fill("Ada");
    await page.locator("#editor").getByRole("button", { name: "Save" }).click();
    await counted(page, "1 customer");
    assert.deepEqual(await names(page), ["Ada"]);
  });

  /** The number of colours in a picture of an element, without those of smoothed edges. */
  async function coloursOf(locator) {
    const { data } = PNG.sync.read(await locator.screenshot());
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
      const colour = data.readUInt32BE(at);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts.values()].filter((count) => count > data.length / 4 / 100).length;
  }

  /** Some properties of an element's style, as a comparable text. */
  const look = (locator, ...names) =>
    locator.evaluate((one, names) => {
      const style = getComputedStyle(one);
      return names.map((name) => style[name]).join(" ");
    }, names);
  const edge = ["borderTopStyle", "borderTopWidth"];

  for (const colorScheme of ["light", "dark"]) {
    test(`in forced ${colorScheme} colours, what is chosen, wrong or on top is seen`, async (t) => {
      const { page } = await openPage(t, browser, {
        address: "?dob_month=13",
        forcedColors: "active",
        colorScheme,
        expected: [/status of 503/],
      });
      // A filter that is wrong, beside the button for all.
      const chip = page.locator("#chips .wrong");
      await chip.waitFor();
      assert.notEqual(await look(chip, ...edge), await look(page.locator("#chips .all"), ...edge));
      await page.getByRole("button", { name: "Clear all filters" }).click();
      await settled(page);
      const [label] = await page.locator(".label").all();
      assert.match(await look(label, "outlineStyle", "outlineWidth"), /^solid 1px$/);

      // The menu and its item.
      await page.locator("[data-menu]").first().press("Enter");
      assert.equal(await look(page.getByRole("menu"), ...edge), "solid 1px");
      const items = page.getByRole("menuitem");
      assert.notEqual(
        await look(items.first(), "outlineStyle"),
        await look(items.last(), "outlineStyle"),
      );
      await page.keyboard.press("Escape");

      // The drawer: the call that is picked, its attempts, the fault, and the gauge.
      await page.locator("#drawer > summary").press("Enter");
      await page.getByRole("radio", { name: "Overloaded (503)" }).check();
      await page.getByRole("checkbox", { name: "VIP" }).check();
      await page.locator("#calls .outcome", { hasText: "200, 2 attempts" }).waitFor();
      await settled(page);
      assert.equal(await look(page.locator("#drawer"), ...edge), "solid 1px");
      const calls = page.locator("#calls button");
      const chosen = ["outlineStyle", "borderTopColor"];
      assert.notEqual(await look(calls.first(), ...chosen), await look(calls.last(), ...chosen));
      const faults = page.locator("#faults .chip");
      assert.notEqual(
        await look(faults.filter({ hasText: "503" }), "backgroundColor"),
        await look(faults.filter({ hasText: "Nothing" }), "backgroundColor"),
      );
      const kinds = await page
        .locator("#steps rect")
        .evaluateAll((all) => all.map((one) => getComputedStyle(one).fill));
      assert.equal(new Set(kinds).size, 3, "a failure, a wait, and an answer");
      const ground = await look(page.locator("#steps svg").first(), "backgroundColor");
      assert.ok(!kinds.includes(ground));
      assert.ok((await coloursOf(page.locator("#gauge"))) >= 2);
      await page.locator("#drawer > summary").press("Enter");

      // The pictures: bars, and the one whose list is shown.
      await page.getByRole("button", { name: "Clear all filters" }).click();
      await settled(page);
      await page.locator("#pictures > summary").press("Enter");
      const canvas = await look(page.locator("body"), "backgroundColor");
      for (const bar of ["#by-month .bar", "#by-label .bar"]) {
        const [fill, stroke] = await Promise.all(
          ["fill", "stroke"].map((name) => look(page.locator(bar).first(), name)),
        );
        const ratios = [fill, stroke]
          .filter((colour) => colour !== "none")
          .map((colour) => contrast(colour, canvas));
        assert.ok(Math.max(...ratios) >= 3, `${bar}: ${ratios}`);
      }
      const bars = page.locator("#by-month a");
      await bars.first().press("Enter");
      await page.locator("#by-month [aria-current]").waitFor();
      const named = (link) => look(link.locator("text").first(), "textDecorationLine");
      assert.notEqual(await named(bars.first()), await named(bars.last()));
      await settled(page);

      // A message, and a form with an issue.
      await page.locator("[data-menu]").first().click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      assert.equal(await look(page.locator(".toast"), ...edge), "solid 1px");
      assert.notEqual(await look(page.locator(".toast"), "borderTopColor"), canvas);
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByRole("button", { name: "New customer" }).click();
      await page.locator("#email").fill("ada@");
      await page.locator("#email").press("Tab");
      await page.getByText("Must be an email address").waitFor();
      assert.equal(await look(page.locator("#editor"), ...edge), "solid 1px");
      const fields = ["#email", "#first_name"].map((one) => look(page.locator(one), ...edge));
      assert.notEqual(...(await Promise.all(fields)));
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Discard the changes" }).click();

      // The report about a file.
      await page.getByRole("button", { name: "Files" }).click();
      await page.getByRole("button", { name: "Try a sample file" }).click();
      await page.getByText("11 customers").waitFor();
      for (const part of ["#bulk", "#bulk .report", "#bulk .report select", "#existing"])
        assert.match(await look(page.locator(part).first(), ...edge), /^solid [1-9]/, part);
      const box = page.locator("#fixes input").first();
      const before = await box.screenshot();
      await box.check();
      await page.locator("#fixes .note:not(:empty)").waitFor();
      assert.notDeepEqual(await box.screenshot(), before);
    });
  }

  test("nothing moves if reduced motion is set", async (t) => {
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
