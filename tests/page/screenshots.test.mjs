// How every state of the demo page looks, at the width of a telephone and of a desk, in both themes. What it should
// look like is in screenshots/. After a change that is meant, look at the new ones before they become the reference:
// SCREENSHOTS=update node --test tests/page/screenshots.test.mjs
//
// What differs from run to run and from machine to machine is taken out: the fonts come from npm, and what they have no
// letters for is replaced; what a browser draws itself, and versions draw in different ways, is hidden; the clock stands
// still; ports and durations are not shown. What is left are the last bits of smoothed edges, hence the tolerance. A
// button of another colour, or a line that is a pixel lower, exceeds it.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { states } from "./states.mjs";
import { openPage, settled, startBrowser } from "./support.mjs";

/** The share of pixels that may differ. */
const TOLERANCE = 0.002;

const isUpdate = process.env.SCREENSHOTS === "update";
const folder = fileURLToPath(new URL("screenshots/", import.meta.url));
const failed = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));

const screens = [
  ["desk", { width: 1280, height: 800 }],
  ["phone", { width: 390, height: 844 }],
];
const themes = ["light", "dark"];

const NOW = "2025-07-01T10:00:00Z";

/** A font of npm, as a style for the page. */
function fontOf(family, name) {
  const file = `@fontsource-variable/${name}/files/${name}-latin-wght-normal.woff2`;
  const bytes = readFileSync(createRequire(import.meta.url).resolve(file)).toString("base64");
  const url = `url(data:font/woff2;base64,${bytes})`;
  return `@font-face { font-family: "${family}"; font-weight: 100 900; src: ${url}; }`;
}

const STYLE = `
  ${fontOf("Page", "inter")}
  ${fontOf("Page Mono", "jetbrains-mono")}
  :root { font-family: "Page", sans-serif !important; }
  h1, pre, code { font-family: "Page Mono", monospace !important; }
  #drawer .last, #calls .outcome, #steps > li > p, .timeline { visibility: hidden !important; }
  ::file-selector-button { display: none !important; }
  #drawer > summary::before { visibility: hidden !important; }
  * { caret-color: transparent !important; }
`;

/** Replaces, in the page, what no two machines or runs show alike. */
function steady() {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data } = texts.currentNode;
    texts.currentNode.data = data
      .replace(/[^\n\u0020-\u024f\u2000-\u2122]/g, "x")
      .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:8787")
      .replace(/until \d\d:\d\d/g, "until 11:00")
      .replace(/[\d.]+(\s)kB, with gzip [\d.]+/, "75.3$1kB, with gzip 31.2");
  }
}

const fileOf = (state, screen) => `${state.replace(/\W+/g, "-")}.${screen}.png`;

/** The number of pixels that differ, and a picture of them. */
function difference(expected, actual) {
  const { width, height } = expected;
  if (actual.width !== width || actual.height !== height)
    return { count: Infinity, picture: actual };
  const picture = new PNG({ width, height });
  const count = pixelmatch(expected.data, actual.data, picture.data, width, height);
  return { count, picture };
}

describe("looks", () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
    rmSync(failed, { recursive: true, force: true });
    if (isUpdate) rmSync(folder, { recursive: true, force: true });
    mkdirSync(isUpdate ? folder : failed, { recursive: true });
  });
  after(() => browser?.close());

  for (const [state, { show, ...options }] of Object.entries(states)) {
    for (const [screen, viewport] of screens) {
      test(`${state}, at a ${screen}`, async (t) => {
        const { page, origin } = await openPage(t, browser, {
          ...options,
          viewport,
          sandbox: ["--dice", "1", "--now", "2025-07-01 10:00:00"],
          prepare: (page) => page.clock.setFixedTime(NOW),
          // Half the size is a third of the bytes, and still shows a line that moves by a pixel.
          deviceScaleFactor: 0.5,
          bypassCSP: true,
          reducedMotion: "reduce",
          locale: "en-GB",
          timezoneId: "UTC",
        });
        if (state !== "loading" && !options.address && options.seed !== 0) await settled(page);
        await show(page, origin);
        await page.addStyleTag({ content: STYLE });
        await page.evaluate(steady);
        await page.evaluate(async () => {
          await document.fonts.ready;
          document.querySelector("main .wrong")?.scrollIntoView({ block: "center" });
        });
        const wrong = [];
        for (const colorScheme of themes) {
          await page.emulateMedia({ colorScheme });
          const image = await page.screenshot({ animations: "disabled" });
          const file = fileOf(state, `${screen}-${colorScheme}`);
          if (isUpdate) {
            writeFileSync(folder + file, image);
            continue;
          }
          const expected = PNG.sync.read(readFileSync(folder + file));
          const { count, picture } = difference(expected, PNG.sync.read(image));
          const share = count / (expected.width * expected.height);
          if (share <= TOLERANCE) continue;
          writeFileSync(failed + file, image);
          writeFileSync(failed + file.replace(".png", ".difference.png"), PNG.sync.write(picture));
          wrong.push(`${file}: ${(share * 100).toFixed(2)} % of the pixels differ`);
        }
        assert.deepEqual(wrong, [], "target/screenshots has what it looks like, and what differs");
      });
    }
  }
});
