// The drawer of the demo page: the requests, the retries of the client, and the code.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openPage, settled, startBrowser } from "./support.mjs";

describe("the drawer", () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  /** Opens the page with the drawer open, by keyboard. */
  async function openDrawer(t, options) {
    const { page } = await openPage(t, browser, options);
    await settled(page);
    await page.locator("#drawer > summary").press("Enter");
    await page.getByRole("heading", { name: "Attempts" }).waitFor();
    return page;
  }

  const calls = (page) => page.locator("#calls button");
  const steps = (page) => page.locator("#steps > li > p").allTextContents();
  const misbehave = (page, name) => page.getByRole("radio", { name }).check();

  test("shows a request as it was sent, without the token", async (t) => {
    const page = await openDrawer(t);
    await page.getByRole("checkbox", { name: "VIP" }).check();
    await calls(page)
      .first()
      .filter({ hasText: /^GET \/api\/customers\?labels=VIP.*200, \d+ ms$/ })
      .waitFor();
    const sent = await page.locator("#steps pre").textContent();
    assert.match(sent, /^GET http:.*\/api\/customers\?labels=VIP&sort=-created_date$/m);
    assert.match(sent, /^accept: application\/json$/m);
    assert.match(sent, /^authorization: Bearer ••••$/m);
    assert.doesNotMatch(sent, /Bearer sandbox/);
    assert.match(
      await page.locator("#code").textContent(),
      /await api\.list\(\n {2}new CustomerFilter\(\)\n {4}\.labels\(\["VIP"\]\)\n {4}\.sort\(/,
    );
  });

  for (const [name, first, wait] of [
    ["Too many requests (429)", /: 429, /, /^Waited .*: too many requests$/],
    ["Overloaded (503)", /: 503, /, /^Waited .*: the service failed$/],
    ["Answer cut off", /: 200, then cut off, /, /^Waited .*: no complete answer$/],
    ["Answer lost", /: no answer, /, /^Waited .*: no complete answer$/],
    ["Offline", /: no answer, /, /^Waited .*: no complete answer$/],
  ]) {
    test(`shows how the client copes: ${name}`, async (t) => {
      const page = await openDrawer(t, { expected: [/Failed to load resource/] });
      await misbehave(page, name);
      assert.equal(await page.locator("#fault").textContent(), `On purpose: ${name}`);
      await page.getByRole("checkbox", { name: "VIP" }).check();
      await calls(page)
        .first()
        .filter({ hasText: /200, 2 attempts, / })
        .waitFor();
      const [one, two, three, ...more] = await steps(page);
      assert.match(one, first);
      assert.match(two, wait);
      assert.match(three, /^Attempt 2: 200, /);
      assert.deepEqual(more, []);
      const kinds = (row) =>
        page.locator(row).evaluateAll((all) => all.map((rect) => rect.getAttribute("class")));
      assert.deepEqual(await kinds("#steps rect"), ["bad", "wait", "good"]);
      assert.deepEqual(await kinds("#calls [aria-pressed=true] rect"), ["bad", "wait", "good"]);
      await settled(page);
    });
  }

  test("shows a slow answer while it is under way", async (t) => {
    const page = await openDrawer(t);
    await misbehave(page, "Slow, 3 seconds");
    await page.getByRole("checkbox", { name: "VIP" }).check();
    await calls(page)
      .first()
      .filter({ hasText: /under way/ })
      .waitFor();
    assert.deepEqual(await steps(page), ["Attempt 1: under way"]);
    await calls(page)
      .first()
      .filter({ hasText: /200, [\d.]+ s/ })
      .waitFor();
  });

  test("a fault at every attempt fails the call; without it, the call works again", async (t) => {
    const page = await openDrawer(t, { expected: [/Failed to load resource/] });
    await misbehave(page, "Offline");
    await page.getByRole("checkbox", { name: "Every time" }).check();
    await page.getByRole("checkbox", { name: "VIP" }).check();
    await page.getByRole("heading", { name: "The customers could not be loaded" }).waitFor();
    assert.equal((await steps(page)).at(-1).slice(0, 21), "Attempt 3: no answer,");
    await misbehave(page, "Nothing");
    assert.ok(await page.locator("#fault").isHidden());
    await page.getByRole("button", { name: "Try again" }).click();
    await settled(page);
  });

  test("a customer whose answer is lost is not created again", async (t) => {
    const page = await openDrawer(t, { expected: [/Failed to load resource/] });
    await misbehave(page, "Answer lost");
    await page.getByRole("button", { name: "New customer" }).click();
    const editor = page.getByRole("dialog");
    await editor.getByLabel("First name").fill("Once");
    await editor.getByRole("button", { name: "Save" }).click();
    await editor.getByRole("alert").filter({ hasText: "Not saved" }).waitFor();
    const [post, ...others] = (await calls(page).allTextContents()).filter((text) =>
      text.startsWith("POST"),
    );
    assert.match(post, /no answer, \d/);
    assert.deepEqual(others, []);
    assert.deepEqual((await steps(page)).length, 1);
    assert.match(await page.locator("#steps pre").textContent(), /\n\n\{"first_name":"Once"\}$/);
    assert.match(
      await page.locator("#code").textContent(),
      /const created = await api\.create\(\{ first_name: "Once" \}\);$/,
    );
  });

  test("the code of an edit reads the customer first", async (t) => {
    const page = await openDrawer(t);
    const id = await page.locator("[data-id]").first().getAttribute("data-id");
    await page.evaluate((id) => history.replaceState(null, "", `?edit=${id}`), id);
    await page.reload();
    await page.locator("#notes").fill("Sits by the window");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.locator("#drawer > summary").press("Enter");
    await calls(page).filter({ hasText: /^PUT/ }).click();
    assert.ok(
      (await page.locator("#code").textContent()).endsWith(
        `\nconst customer = await api.get("${id}");` +
          '\nconst updated = await api.update(customer, { notes: "Sits by the window" });',
      ),
    );
  });

  test("the code can be copied", async (t) => {
    const page = await openDrawer(t);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy" }).press("Enter");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.locator("#code").textContent());
    assert.match(copied, /^import \{ CustomersApi, CustomerFilter \} from "collins-customers";\n/);
  });

  test("code that cannot be copied is selected", async (t) => {
    const page = await openDrawer(t);
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("forbidden"));
    });
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Press Ctrl+C" }).waitFor();
    const selected = await page.evaluate(() => `${getSelection()}`.trim());
    assert.equal(selected, await page.locator("#code").textContent());
  });

  test("an older call that was picked stays, and twenty are kept", async (t) => {
    const page = await openDrawer(t);
    const vip = page.getByRole("checkbox", { name: "VIP" });
    await vip.check();
    await settled(page);
    await calls(page).nth(1).press("Enter");
    assert.equal(await calls(page).nth(1).getAttribute("aria-pressed"), "true");
    for (let count = 3; count <= 21; count += 1) {
      const before = await calls(page).first().elementHandle();
      await vip.setChecked(count % 2 === 0);
      await page.waitForFunction(
        (button) => document.querySelector("#calls button") !== button,
        before,
      );
      await settled(page);
      const pressed = await page.locator("#calls [aria-pressed=true]").count();
      // The selected call is the second of all; the twenty-first replaces the first one, not this one.
      assert.equal(pressed, count === 21 ? 0 : 1);
    }
    assert.equal(await calls(page).count(), 20);
  });

  test("the quota is a gauge that falls with each request", async (t) => {
    const page = await openDrawer(t);
    const gauge = page.getByRole("meter", { name: "Requests of this hour" });
    const value = () => gauge.evaluate((meter) => meter.value);
    const before = await value();
    await page.getByRole("checkbox", { name: "VIP" }).check();
    await page.waitForFunction((value) => document.querySelector("#gauge").value < value, before);
    assert.equal(await value(), before - 1);
    assert.match(
      await page.locator("#gauge-text").textContent(),
      /^99,99\d of 100,000 left until \d\d:\d\d\s[AP]M$/,
    );
  });

  test("at the smallest width, the choice of faults stays in the window", async (t) => {
    const page = await openDrawer(t, { viewport: { width: 320, height: 640 } });
    await misbehave(page, "Too many requests (429)");
    const { x, width } = await page.locator("#fault").boundingBox();
    assert.ok(width > 40 && x + width <= 320 - 8, `${x} ${width}`);
  });

  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1280, height: 800 },
  ]) {
    test(`the focused element is not behind it at ${viewport.width} pixels`, async (t) => {
      const page = await openDrawer(t, { viewport });
      const edge = (await page.locator("#drawer").boundingBox()).y;
      await page.locator("#list .customer a").first().focus();
      // A row has two controls.
      for (let step = 1; step < 24; step += 1) {
        await page.keyboard.press("Tab");
        const { y, height } = await page.locator(":focus").boundingBox();
        assert.ok(y + height <= edge, `step ${step}`);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width);
    });
  }
});
