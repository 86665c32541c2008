// Assembles the npm package in pkg/ from its sources in npm/ and from what wasm-pack made.
// `cargo xtask build` runs it: node xtask/package.mjs <wasm-pack's output> <version>

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";
import { encode } from "./encode.mjs";
import { shrink } from "./shrink.mjs";

const [input, version] = process.argv.slice(2);
const dist = "pkg/dist";

const options = { bundle: true, target: "es2022", minify: true, logLevel: "warning" };

/** terser takes another 4 % off what esbuild leaves; esbuild bundles. */
async function shorten(name) {
  const file = join(dist, name);
  const { code } = await minify(readFileSync(file, "utf8"), { module: true, ecma: 2020 });
  writeFileSync(file, code);
}

rmSync("pkg", { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const { wasm, glue } = shrink(
  readFileSync(join(input, "collins_customers_bg.wasm")),
  readFileSync(join(input, "collins_customers.js"), "utf8"),
);
writeFileSync(join(input, "glue.js"), glue);
writeFileSync(join(dist, "collins_customers.wasm"), wasm);

// What users see is what Rust exports, but for what the loaders need.
const entry = join(input, "glue.js");
const { metafile } = await build({
  ...options,
  entryPoints: [entry],
  format: "esm",
  metafile: true,
  write: false,
});
const loading = ["start", "startLater"];
const hidden = [...loading, "waitFor"];
const names = Object.values(metafile.outputs)[0].exports.filter((name) => !hidden.includes(name));

// The glue and the modules of src/js that it imports become one file, which all loaders share. What they need
// is its default export, which `export *` leaves out.
await build({
  ...options,
  stdin: {
    contents: `
      import { ${loading.join(", ")} } from "./glue.js";
      export { ${names.join(", ")} } from "./glue.js";
      export default { ${loading.join(", ")} };`,
    resolveDir: input,
  },
  outfile: join(dist, "glue.js"),
  format: "esm",
});
await shorten("glue.js");

writeFileSync(join(input, "text.js"), `export const text = ${JSON.stringify(encode(wasm))};\n`);

/** Finds the generated modules that the loaders import. */
const generated = (glue) => ({
  name: "generated",
  setup(build) {
    build.onResolve({ filter: /^\.\/text\.js$/ }, ({ path }) => ({ path: resolve(input, path) }));
    build.onResolve({ filter: /^\.\/glue\.js$/ }, () => glue);
    build.onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
  },
});

await build({
  ...options,
  entryPoints: ["inline", "workerd", "edge-light"].map((loader) => `npm/${loader}.js`),
  outdir: dist,
  format: "esm",
  plugins: [generated({ path: "./glue.js", external: true })],
});

// A page that streams the module is in a hurry: one file to ask for before it, not two.
await build({
  ...options,
  entryPoints: ["npm/web.js"],
  outfile: join(dist, "web.js"),
  format: "esm",
  plugins: [generated({ path: resolve(dist, "glue.js") })],
});
await shorten("web.js");

// `require` cannot load the shared glue, which is an ES module: here it is inside.
await build({
  ...options,
  entryPoints: ["npm/inline.js"],
  inject: ["npm/text-coding.js"],
  outfile: join(dist, "inline.cjs"),
  format: "cjs",
  platform: "node",
  plugins: [generated({ path: resolve(dist, "glue.js") })],
});

cpSync("src/js/types.d.ts", join(dist, "index.d.ts"));
cpSync("src/js/types.d.ts", join(dist, "index.d.cts"));
cpSync("npm/web.d.ts", join(dist, "web.d.ts"));

for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) cpSync(file, join("pkg", file));
cpSync("npm/README.md", "pkg/README.md");

const { name, ...manifest } = JSON.parse(readFileSync("npm/package.json", "utf8"));
writeFileSync("pkg/package.json", `${JSON.stringify({ name, version, ...manifest }, null, 2)}\n`);
