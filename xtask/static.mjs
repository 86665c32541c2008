// Writes the demo page, with the sandbox inside, as files that any static host can serve, in any folder.
// `cargo xtask demo --static` runs it after a build: node xtask/static.mjs <folder>

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [folder] = process.argv.slice(2);

/** The names that the page imports, and the file of the package for each. */
const IMPORTS = {
  "collins-customers": "./pkg/dist/inline.js",
  "collins-customers/bulk": "./pkg/dist/bulk/inline.js",
  "collins-customers/bulk/browser-journal": "./pkg/dist/bulk/browser-journal.js",
  "collins-customers/bulk/worker": "./pkg/dist/bulk/worker-inline.js",
  "collins-customers/sandbox": "./pkg/dist/sandbox/inline.js",
};

/** The page loads its own files and runs WebAssembly. It makes no other requests: its service is inside. */
const policyFor = (script) =>
  [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' '${script}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    // For the size of the package, which the page shows.
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync("www", folder, { recursive: true });
rmSync(join(folder, "static"), { recursive: true });
cpSync("www/static/service.js", join(folder, "service.js"));
for (const file of Object.values(IMPORTS)) {
  const target = join(folder, file);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(file, target);
}

const map = JSON.stringify({ imports: IMPORTS });
const hash = `sha256-${createHash("sha256").update(map).digest("base64")}`;
const html = readFileSync("www/index.html", "utf8");
const importMap = /( *)<!--[^>]*-->\s*<script type="importmap">.*?<\/script>/s;
if (!importMap.test(html)) throw new Error("www/index.html has no import map");
writeFileSync(
  join(folder, "index.html"),
  html.replace(
    importMap,
    (_, indent) =>
      `${indent}<meta http-equiv="Content-Security-Policy" content="${policyFor(hash)}" />\n` +
      `${indent}<meta name="referrer" content="no-referrer" />\n` +
      `${indent}<script type="importmap">${map}</script>`,
  ),
);
