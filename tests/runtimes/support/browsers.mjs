// Real browsers, each started for the first cell that needs it and shared by later ones.

import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { serve } from "./processes.mjs";

/** A page of Playwright or Puppeteer, which have the same functions. */
async function openPage(browser, url) {
  const page = await browser.newPage();
  const console = [];
  page.on("pageerror", (error) => console.push(`${error}`));
  page.on("console", (message) => console.push(message.text()));
  await page.goto(url);
  return {
    evaluate: (text) => page.evaluate(text),
    click: (selector) => page.click(selector),
    type: (selector, text) => page.type(selector, text),
    console,
    close: () => page.close(),
  };
}

/**
 * How a browser opens a page: `open(url)` gives `{ evaluate(expression), click(selector), type(selector, text),
 * console, close() }`.
 */
const starters = {
  async chromium() {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox"],
    });
    return {
      version: browser.version(),
      close: () => browser.close(),
      open: (url) => openPage(browser, url),
    };
  },

  async firefox() {
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    });
    return {
      version: await browser.version(),
      close: () => browser.close(),
      open: (url) => openPage(browser, url),
    };
  },

  /** With plain WebDriver: no npm package starts WebKit's own browser. */
  async webkit() {
    // It needs a screen: this one is virtual.
    const screen = await serve("Xvfb", ["-displayfd", "1"], /^(\d+)$/m, { env: process.env });
    const port = await freePort();
    const program = process.env.WEBKIT_DRIVER ?? "/usr/bin/WebKitWebDriver";
    const env = { ...process.env, DISPLAY: `:${screen.match[1]}` };
    const driver = await serve(program, [`--port=${port}`], NOTHING, { env });
    const ask = async (method, path, body) => {
      const answer = await fetch(`http://127.0.0.1:${port}/session${path}`, {
        method,
        body: body && JSON.stringify(body),
      });
      const { value } = await answer.json();
      if (!answer.ok) throw new Error(`WebDriver ${path}: ${value.message}`);
      return value;
    };
    const binary = await miniBrowser();
    const options = { "webkitgtk:browserOptions": { binary, args: ["--automation"] } };
    const { sessionId, capabilities } = await patiently(() =>
      ask("POST", "", { capabilities: { alwaysMatch: options } }),
    );
    return {
      version: `${capabilities.browserName} ${capabilities.browserVersion}`,
      async close() {
        await ask("DELETE", `/${sessionId}`);
        await driver.stop();
        await screen.stop();
      },
      async open(url) {
        await ask("POST", `/${sessionId}/url`, { url });
        const evaluate = (text) =>
          ask("POST", `/${sessionId}/execute/sync`, { script: `return ${text}`, args: [] });
        const act = async (selector, action, body = {}) => {
          const found = await ask("POST", `/${sessionId}/element`, {
            using: "css selector",
            value: selector,
          });
          await ask("POST", `/${sessionId}/element/${Object.values(found)[0]}/${action}`, body);
        };
        return {
          evaluate,
          click: (selector) => act(selector, "click"),
          type: (selector, text) => act(selector, "value", { text }),
          console: [],
          close: () => {},
        };
      },
    };
  },
};

/** Matches the output of a program that prints nothing when it is ready. */
const NOTHING = /^/;

/** Repeats an action for a while until a program that has just started is ready. */
async function patiently(action) {
  for (let tries = 0; ; tries++) {
    try {
      return await action();
    } catch (error) {
      if (tries === 600 || error.name !== "TypeError") throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** A free port. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The path of WebKit's own browser, which is not on the search path. */
async function miniBrowser() {
  const folders = (await readdir("/usr/lib")).flatMap((folder) => [
    join("/usr/lib", folder, "webkit2gtk-4.1/MiniBrowser"),
    join("/usr/lib", folder, "webkit2gtk-4.0/MiniBrowser"),
  ]);
  const found = folders.find((path) => existsSync(path));
  if (!found) throw new Error("WebKit's MiniBrowser is missing");
  return found;
}

const started = new Map();

/** The browser of this name. */
export function browser(name) {
  if (!started.has(name)) started.set(name, starters[name]());
  return started.get(name);
}

/** Ends a browser; the next cell that needs it gets a new one. */
export async function closeBrowser(name) {
  const { close } = await started.get(name);
  started.delete(name);
  await close();
}

export async function closeBrowsers() {
  for (const name of [...started.keys()]) await closeBrowser(name);
}

/** The time for a page to do its work, in milliseconds. A dev server may compile for it first. */
const PATIENCE = 120_000;

/** Opens a page, waits until each of these elements has a text, and returns the texts. */
export async function read(name, url, selectors, patience = PATIENCE) {
  const { open } = await browser(name);
  const page = await open(url);
  const texts = `JSON.stringify(${JSON.stringify(selectors)}.map(
    (selector) => document.querySelector(selector)?.innerText.trim() ?? ""))`;
  try {
    const end = Date.now() + patience;
    for (;;) {
      // A page cannot be read while a dev server reloads it.
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
