// The main path of the demo page in the other two engines. CI would have to install two more browsers, so this runs
// only on request: ENGINES=firefox,webkit node --test tests/page/engines.test.mjs

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startSandbox } from "../support/sandbox.mjs";

const wanted = process.env.ENGINES?.split(",") ?? [];

/** The time limit of a step, in milliseconds, on a busy machine. */
const PATIENCE = 120_000;

describe("the main path", () => {
  after(async () => {
    if (wanted.length === 0) return;
    const { closeBrowsers } = await import("../runtimes/support/browsers.mjs");
    await closeBrowsers();
  });

  for (const engine of ["firefox", "webkit"]) {
    const skip = !wanted.includes(engine) && "set ENGINES to the browsers that are installed";
    test(`works in ${engine}`, { skip }, async (t) => {
      const { browser } = await import("../runtimes/support/browsers.mjs");
      const { origin } = await startSandbox(t, "--seed", "100");
      const { open, version } = await browser(engine);
      t.diagnostic(version);
      const page = await open(origin);
      t.after(() => page.close());

      /** Waits until an expression is true in the page. */
      const until = async (expression) => {
        const end = Date.now() + PATIENCE;
        while (!(await page.evaluate(expression))) {
          if (Date.now() > end) {
            const text = await page.evaluate("document.body.innerText.slice(0, 2000)");
            throw new Error(`not in time: ${expression}\n${text}\n${page.console.join("\n")}`);
          }
          await sleep(50);
        }
      };
      const shows = (selector, text) =>
        until(
          `(document.querySelector(${JSON.stringify(selector)})?.innerText ?? "").includes(${JSON.stringify(text)})`,
        );

      // The list, and a search that narrows it.
      await shows("#count", "100 customers, page 1 of 4");
      const name = await page.evaluate('document.querySelector("#list .name").innerText');
      await page.type("#query", name);
      await until('new URL(location).searchParams.get("query") !== null');
      await until('!document.querySelector("#count").innerText.includes("100")');
      await shows("#list .name", name);

      // A customer, who is edited.
      await page.click("#list .name");
      await until('document.querySelector("#panel").open');
      await page.click('#panel [value="edit"]');
      await until('document.querySelector("#editor").open');
      // There are no fields until the customer has been read.
      await until('!document.querySelector("#editor form").dataset.state');
      await page.type("#notes", " Sits by the window");
      await page.click("#editor [type=submit]");
      await until('!document.querySelector("#editor").open');
      await shows("#toasts", `Saved ${name}.`);
      await until('!document.querySelector("dialog[open]:not(#panel)")');
      if (await page.evaluate('document.querySelector("#panel").open')) {
        await page.click('#panel [value="close"]');
      }

      // The drawer, and the retries of the client.
      await page.click("#drawer > summary");
      await page.click('#faults input[value="status=503"]');
      await until('document.querySelector("#fault").innerText.includes("503")');
      const retried = '(document.querySelector("#drawer .last").innerText).includes("2 attempts")';
      assert.equal(await page.evaluate(retried), false);
      // It may cover what is clicked next.
      await page.click("#drawer > summary");
      await page.click("[data-order=email]");
      await until(retried);
      await page.click("#drawer > summary");
      await shows("#steps", "the service failed");
      await page.click('#faults input[value=""]');
      await page.click("#drawer > summary");

      // The pictures, of everyone.
      await page.click("#pictures > summary");
      await shows("#pictures-source", "Drawn from");
      await until('document.querySelectorAll("#by-month a").length === 12');

      // A file, which is checked in a worker, imported, and found in the list.
      await page.click("#files");
      await until('document.querySelector("#bulk").open');
      await page.click("#sample");
      await shows("#import-status", "11 customers");
      await page.click("#import-start");
      await shows("#import-status", "to be created");
      await page.click("#import-start");
      await shows("#import-status", "Of 11 rows:");
      await page.click('#bulk [value="close"]');
      assert.deepEqual(page.console, []);
    });
  }
});
