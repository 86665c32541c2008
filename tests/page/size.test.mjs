// The files that the demo page loads before the first click.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { openPage, settled, startBrowser } from "./support.mjs";

/** The page's budget, with the package in it. */
const CEILING = 100_000;

describe("size", () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  test(`the page and the package are below ${CEILING} bytes with Brotli`, async (t) => {
    const { page, origin } = await openPage(t, browser);
    await settled(page);
    const loaded = await page.evaluate(() =>
      [document.URL, ...performance.getEntriesByType("resource").map(({ name }) => name)].map(
        (url) => new URL(url).pathname,
      ),
    );
    const sizes = {};
    for (const path of new Set(loaded)) {
      if (path.startsWith("/api/")) continue;
      const response = await fetch(origin + path);
      assert.ok(response.ok, path);
      sizes[path] = brotliCompressSync(Buffer.from(await response.arrayBuffer())).byteLength;
    }
    assert.ok(Object.keys(sizes).some((path) => path.includes("inline.js")));
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    t.diagnostic(`${total} bytes in ${Object.keys(sizes).length} files`);
    assert.ok(total < CEILING, JSON.stringify(sizes, null, 2));
  });
});
