// The demo page from a plain file server, with the sandbox inside, in a folder of any name.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { test } from "node:test";
import { root } from "../support/sandbox.mjs";
import { complaintsOf, counted, names, settled, startBrowser } from "./support.mjs";

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Serves files and nothing else, below a path. */
async function startFiles(t, folder, below) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    try {
      if (!path.startsWith(below)) throw new Error("elsewhere");
      const file = normalize(join(folder, path.slice(below.length)));
      response.writeHead(200, { "content-type": TYPES[extname(file)] });
      response.end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

test("the page works from files alone, under its policy", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  t.after(() => rmSync(folder, { recursive: true }));
  execFileSync(process.execPath, ["xtask/static.mjs", folder], { cwd: root });
  const origin = await startFiles(t, folder, "/some/folder/");
  const browser = await startBrowser();
  t.after(() => browser.close());

  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  const complaints = complaintsOf(page);
  const elsewhere = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/some/folder/`)) elsewhere.push(request.url());
  });

  await page.goto(`${origin}/some/folder/?sort=-email#seed=61`);
  await counted(page, "61 customers, page 1 of 3");
  const [first] = await names(page);
  await page.getByRole("searchbox", { name: "Search" }).fill(first);
  await page.waitForURL((url) => url.searchParams.get("query") === first);
  await settled(page);
  assert.ok((await names(page)).includes(first));

  const policy = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute("content");
  assert.match(
    policy,
    /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/=]+'; /,
  );
  // The policy is in force: what it forbids does not happen.
  const blocked = await page.evaluate(() =>
    fetch("https://example.com/").then(
      () => false,
      () => true,
    ),
  );
  assert.ok(blocked);
  assert.ok(complaints.pop()?.includes("Content Security Policy"));
  while (complaints.at(-1)?.includes("example.com")) complaints.pop();
  assert.deepEqual(complaints, []);
  assert.deepEqual(
    elsewhere.filter((url) => url !== "https://example.com/"),
    [],
  );
});
