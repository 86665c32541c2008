// The bytes that a page loads: of the package in pkg/, and of anything bundled in the same way.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

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
const file = (path) => compressed(readFileSync(path));

/** The size of a module with this text, as esbuild bundles it for a page. */
export async function bundled(contents, resolveDir, options) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    ...options,
  });
  return compressed(outputFiles[0].contents);
}

/** The sizes of the package's parts, and of complete pages, by name. `dist` is the folder of the package's files. */
export async function sizes(dist = "pkg/dist") {
  const wasm = file(`${dist}/collins_customers.wasm`);
  const web = file(`${dist}/web.js`);
  return {
    "collins_customers.wasm": wasm,
    "web.js": web,
    "inline.js": file(`${dist}/inline.js`),
    "web: .wasm + web.js": sum([wasm, web]),
    "default, bundled by esbuild": await bundled(`export * from "./inline.js"`, dist),
    "CustomersApi alone": await bundled(`export { CustomersApi } from "./inline.js"`, dist),
    "bulk: checkFile alone": await bundled(
      `export { checkFile } from "./inline.js"`,
      `${dist}/bulk`,
      { external: ["./everywhere.js"] },
    ),
    ...Object.fromEntries(
      members(dist).map((name) => [`${name}: .wasm + script`, ofMember(`${dist}/${name}`, name)]),
    ),
  };
}

/** The members of the workspace that have a module in the package. */
const members = (dist) =>
  readdirSync(dist).filter((name) => existsSync(`${dist}/${name}/${name}.wasm`));

/** The size of a member in a worker: its module, and its script. */
const ofMember = (folder, name) =>
  sum([file(`${folder}/${name}.wasm`), file(`${folder}/workerd.js`)]);
