// Real browsers, each started when the first cell wants it and shared by those that follow.

import { chromium } from "playwright-core";

/** How a browser opens a page: `open(url)` gives `{ evaluate(expression), console, close() }`. */
const starters = {
  async chromium() {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox"],
    });
    return {
      version: browser.version(),
      close: () => browser.close(),
      async open(url) {
        const page = await browser.newPage();
        const console = [];
        page.on("pageerror", (error) => console.push(`${error}`));
        page.on("console", (message) => console.push(message.text()));
        await page.goto(url);
        return { evaluate: (text) => page.evaluate(text), console, close: () => page.close() };
      },
    };
  },
};

const started = new Map();

/** The browser of this name. */
export function browser(name) {
  if (!started.has(name)) started.set(name, starters[name]());
  return started.get(name);
}

export async function closeBrowsers() {
  for (const browser of started.values()) await browser.then(({ close }) => close());
}

/** The time for a page to do its work. A dev server may compile for it first. */
const PATIENCE = 30_000;

/** Opens a page and waits until each of these elements holds a text; the texts, in the same order. */
export async function read(name, url, selectors) {
  const { open } = await browser(name);
  const page = await open(url);
  const texts = `JSON.stringify(${JSON.stringify(selectors)}.map(
    (selector) => document.querySelector(selector)?.textContent.trim() ?? ""))`;
  try {
    const end = Date.now() + PATIENCE;
    for (;;) {
      // A page that a dev server loads anew cannot be asked just then.
      const found = await page.evaluate(texts).then(JSON.parse, () => []);
      if (found.length && found.every(Boolean)) return found;
      if (Date.now() > end)
        throw new Error(`the page shows ${JSON.stringify(found)}\n${page.console.join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await page.close();
  }
}
