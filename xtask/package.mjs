// Assembles the npm package in pkg/ from its sources in npm/ and from what wasm-pack made.
// `cargo xtask build` runs it: node xtask/package.mjs <wasm-pack's output> <version> <repository>

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";
import { encode } from "./encode.mjs";
import { shrink } from "./shrink.mjs";

const [input, version, home] = process.argv.slice(2);
const dist = "pkg/dist";

const options = { bundle: true, target: "es2022", minify: true, logLevel: "warning" };

rmSync("pkg", { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const { wasm, glue } = shrink(
  readFileSync(join(input, "collins_customers_bg.wasm")),
  readFileSync(join(input, "collins_customers.js"), "utf8"),
);
writeFileSync(join(input, "shrunk.js"), glue);
writeFileSync(join(dist, "collins_customers.wasm"), wasm);
writeFileSync(join(input, "text.js"), `export const text = ${JSON.stringify(encode(wasm))};\n`);
writeFileSync(join(input, "base64.js"), `export const base64 = "${wasm.toString("base64")}";\n`);

// What users see is what Rust exports, but for what the loaders need: that is the default export, which
// `export *` leaves out.
const { metafile } = await build({
  ...options,
  entryPoints: [join(input, "shrunk.js")],
  format: "esm",
  metafile: true,
  write: false,
});
const loading = ["start", "startLater"];
const hidden = [...loading, "waitFor"];
const names = Object.values(metafile.outputs)[0].exports.filter((name) => !hidden.includes(name));
writeFileSync(
  join(input, "glue.js"),
  `import { ${loading.join(", ")} } from "./shrunk.js";
  export { ${names.join(", ")} } from "./shrunk.js";
  export default { ${loading.join(", ")} };`,
);

/** Finds what the loaders import. */
const generated = {
  name: "generated",
  setup(build) {
    build.onResolve({ filter: /^\.\/(glue|text|base64)\.js$/ }, ({ path }) => ({
      path: resolve(input, path),
    }));
    build.onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
  },
};

// Each entry is one file with the glue inside: a page asks for one after the other what a file imports, and
// a process opens each.
const loaders = { ...options, outdir: dist, plugins: [generated] };
const entries = ["inline", "node", "workerd", "edge-light", "web"];
await build({
  ...loaders,
  entryPoints: entries.map((name) => `npm/${name}.js`),
  format: "esm",
});
await build({
  ...loaders,
  entryPoints: ["npm/inline.js"],
  inject: ["npm/text-coding.js"],
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  platform: "node",
});

// terser takes another 4 % off what pages load and esbuild leaves.
for (const name of entries) {
  const file = join(dist, `${name}.js`);
  const { code } = await minify(readFileSync(file, "utf8"), {
    module: true,
    ecma: 2022,
    compress: { passes: 3 },
  });
  writeFileSync(file, code);
}

cpSync("src/js/types.d.ts", join(dist, "index.d.ts"));
cpSync("src/js/types.d.ts", join(dist, "index.d.cts"));
cpSync("npm/web.d.ts", join(dist, "web.d.ts"));

for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) cpSync(file, join("pkg", file));
cpSync("npm/README.md", "pkg/README.md");

// What Cargo.toml says already.
const told = {
  version,
  homepage: `${home}#readme`,
  bugs: `${home}/issues`,
  repository: { type: "git", url: `git+${home}.git` },
};
const { name, ...manifest } = JSON.parse(readFileSync("npm/package.json", "utf8"));
writeFileSync("pkg/package.json", `${JSON.stringify({ name, ...told, ...manifest }, null, 2)}\n`);
