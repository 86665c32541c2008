// A page in Chromium that sends requests to its own origin, and a sandbox in the test that answers them.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { plainPage } from "../support/page.mjs";

export default {
  browser: "chromium",
  async run(project) {
    await plainPage(project, "main.js");
    await project.copyExample("playwright.mjs", "playwright.mjs");
    const { origin } = new URL(await project.files());
    const options = { baseUrl: `${origin}/api`, token: "sandbox" };
    await project.write({ "options.mjs": `export const options = ${JSON.stringify(options)};\n` });
    const { serve } = await import(pathToFileURL(join(project.folder, "playwright.mjs")));
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox"],
    });
    project.after(() => browser.close());
    const page = await browser.newPage();
    const sandbox = await serve(page, origin);
    await page.goto(origin);
    const shown = await page.locator("#outcome").filter({ hasText: /./ }).textContent();
    if (sandbox.requests.length === 0) throw new Error("the sandbox was not asked");
    for (const fault of ["lost-answer", "truncate"]) {
      sandbox.fail("list", fault);
      const ask = () => fetch("/api/customers").catch((error) => error.name);
      if ((await page.evaluate(ask)) !== "TypeError") throw new Error(`${fault} was answered`);
    }
    return { scenario: JSON.parse(shown) };
  },
};
