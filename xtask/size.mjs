// What a page loads, in bytes, compared with the ceilings of size-ceilings.json (brotli).
// `cargo xtask size` runs it after a build.

import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const dist = "pkg/dist";
const compressed = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes).length, // quality 11 is Node's default
});
const sum = (sizes) =>
  sizes.reduce((a, b) => ({
    raw: a.raw + b.raw,
    gzip: a.gzip + b.gzip,
    brotli: a.brotli + b.brotli,
  }));
const file = (name) => compressed(readFileSync(`${dist}/${name}`));

const bundled = await build({
  stdin: { contents: `export * from "./inline.js"`, resolveDir: dist },
  bundle: true,
  format: "esm",
  minify: true,
  write: false,
});

const wasm = file("collins_customers.wasm");
const glue = file("glue.js");
const web = file("web.js");
const rows = {
  "collins_customers.wasm": wasm,
  "glue.js": glue,
  "web.js": web,
  "inline.js": file("inline.js"),
  "web: .wasm + glue.js + web.js": sum([wasm, glue, web]),
  "default, bundled by esbuild": compressed(bundled.outputFiles[0].contents),
};
const ceilings = JSON.parse(readFileSync("size-ceilings.json", "utf8"));

const line = (cells) =>
  console.log(
    cells[0].padEnd(32) +
      cells
        .slice(1)
        .map((cell) => `${cell}`.padStart(9))
        .join(""),
  );
line(["", "raw", "gzip", "brotli", "ceiling"]);
for (const [name, { raw, gzip, brotli }] of Object.entries(rows))
  line([name, raw, gzip, brotli, ceilings[name] ?? ""]);

let failed = false;
for (const [name, ceiling] of Object.entries(ceilings)) {
  if (!(name in rows)) throw new Error(`size-ceilings.json: nothing is called "${name}"`);
  const above = rows[name].brotli - ceiling;
  if (above <= 0) continue;
  failed = true;
  console.error(`${name} is ${above} bytes above its ceiling`);
}
process.exitCode = failed ? 1 : 0;
