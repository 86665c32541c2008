// The demo page in Chromium, on a sandbox of its own.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { startSandbox } from "../support/sandbox.mjs";

const quiet = [
  "--no-sandbox",
  "--headless=new",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// Longer than any step takes, on a busy machine, too: only what never comes takes it.
const PATIENCE = 120_000;

/** Starts Chromium. */
export const startBrowser = () =>
  chromium.launch({
    // `cargo xtask test` sets its path; the default is for a single file run by hand.
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: quiet,
    // In a locale without UTF-8 it would misread names of files.
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });

/** Collects the errors of a page from now on: errors and warnings in its console, and exceptions. */
export function complaintsOf(page) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  // Chromium also reports violations of the policy here.
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  return complaints;
}

/**
 * Opens the demo page at an address on a new sandbox. When the test `t` is over, there must
 * have been no error: none in the console, no exception, no violation of the security policy. `expected` are errors
 * that the test causes; `sandbox` are arguments of the sandbox; `prepare(page)` runs before the page is loaded; other
 * options are those of the browser context.
 */
export async function openPage(
  t,
  browser,
  { address = "", expected = [], viewport, seed = 100, sandbox = [], prepare, ...options } = {},
) {
  let complaints = [];
  let context;
  // Registered before the sandbox, so that requests that fail when the sandbox ends are not errors.
  t.after(async () => {
    const unexpected = complaints.filter((text) => !expected.some((one) => one.test(text)));
    await context?.close();
    assert.deepEqual(unexpected, []);
  });
  const { origin } = await startSandbox(t, "--seed", `${seed}`, ...sandbox);
  context = await browser.newContext({
    viewport: viewport ?? { width: 1280, height: 860 },
    ...options,
  });
  // Of the other pages that a test opens, too.
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  complaints = complaintsOf(page);
  await prepare?.(page);
  await page.goto(`${origin}/${address}`);
  return { page, origin };
}

/** Stops the clock of a page: from now on only `page.clock.runFor` moves it. */
export async function stopClock(page) {
  const now = Date.now();
  await page.clock.install({ time: now });
  await page.clock.pauseAt(now + 3_600_000);
}

/** Waits until the list has been loaded. */
export const settled = (page) =>
  page.locator("#list:not([aria-busy]) > :is(table, .instead)").waitFor();

/** The names of the customers that the list shows. */
export const names = (page) => page.locator("#list .name").allTextContents();

/** Waits until the count of the list has this text. */
export const counted = (page, text) => page.locator("#count").filter({ hasText: text }).waitFor();

/** The contrast of two colours, as WCAG defines it. */
export function contrast(...colours) {
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

/** A promise, with the functions that settle it. */
export function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
