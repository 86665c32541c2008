// Assembles the npm package in pkg/ from the sources in npm/ and from what wasm-pack made.
// `cargo xtask build` runs it: node xtask/package.mjs <wasm-pack's output> <version>

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const [input, version] = process.argv.slice(2);
const dist = "pkg/dist";
const loaders = ["inline", "workerd", "edge-light", "web"];

rmSync("pkg", { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const wasm = readFileSync(join(input, "collins_customers_bg.wasm"));
writeFileSync(join(dist, "collins_customers.wasm"), wasm);

// The glue, with the hand-written modules of src/js that it imports, becomes one file that all loaders
// share.
const { metafile } = await build({
  entryPoints: [join(input, "collins_customers.js")],
  outfile: join(dist, "glue.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
});

// What users may see is what Rust exports: everything but the two functions that start the module.
const names = Object.values(metafile.outputs)[0].exports.filter(
  (name) => name !== "default" && name !== "initSync",
);
writeFileSync(join(dist, "names.js"), `export{${names}}from"./glue.js";\n`);

writeFileSync(join(dist, "bytes.js"), inlined(wasm));

await build({
  entryPoints: loaders.map((loader) => `npm/${loader}.js`),
  outdir: dist,
  format: "esm",
  target: "es2022",
  minify: true,
});

await build({
  entryPoints: [join(dist, "inline.js")],
  outfile: join(dist, "inline.cjs"),
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "es2022",
  minify: true,
});

cpSync("src/js/types.d.ts", join(dist, "index.d.ts"));
cpSync("src/js/types.d.ts", join(dist, "index.d.cts"));
cpSync("npm/web.d.ts", join(dist, "web.d.ts"));

const manifest = JSON.parse(readFileSync("npm/package.json", "utf8"));
const { name, ...rest } = manifest;
writeFileSync("pkg/package.json", `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`);

function inlined(bytes) {
  const text = bytes.toString("base64");
  return `export function bytes(){return Uint8Array.from(atob("${text}"),c=>c.charCodeAt(0))}\n`;
}
