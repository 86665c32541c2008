// The contents of the package, and the results of tools that check packages.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire, SourceMap } from "node:module";
import { test } from "node:test";
import { build, transform } from "esbuild";
import { decode } from "../../npm/decode.js";
import { encode } from "../../xtask/encode.mjs";
import { root } from "../support/sandbox.mjs";
import { emptyFolder, pack, pkg, run } from "./support.mjs";

const wasm = await readFile(`${pkg}/dist/collins_customers.wasm`);

const manifest = JSON.parse(await readFile(`${pkg}/package.json`, "utf8"));

/** The files of an exports map. */
const targets = (map) =>
  typeof map === "string" ? [map.slice(2)] : Object.values(map).flatMap(targets);

/** The members of the workspace that have a module in the package. */
const members = ["proxy", "bulk", "sandbox"]
  .filter((name) => existsSync(`${root}${name}/js`))
  .map((name) => ({
    name,
    hasFallback: existsSync(`${pkg}/dist/${name}/everywhere.js`),
    hasCli: existsSync(`${root}${name}/js/cli.js`),
  }));

test("every member of the workspace with a JavaScript part is an entry", () => {
  for (const { name } of members) assert.ok(`./${name}` in manifest.exports, name);
});

test("npm packs the files of the package and nothing else", async () => {
  const [{ files }] = JSON.parse(await run("npm", ["pack", "--dry-run", "--json"], { cwd: pkg }));
  const ofClient = [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "THIRD-PARTY-NOTICES.txt",
    "dist/collins_customers.wasm",
    "dist/edge-light.js",
    "dist/index.d.cts",
    "dist/index.d.ts",
    "dist/inline.cjs",
    "dist/inline.js",
    "dist/node.js",
    "dist/web.d.ts",
    "dist/web.js",
    "dist/workerd.js",
    "openapi.json",
    "package.json",
  ];
  // Of the members: the files of their entries, and the files that only those load.
  const byFile = [
    ...members.flatMap(({ name, hasFallback }) =>
      hasFallback ? [`dist/${name}/everywhere.js`] : [],
    ),
    ...members.flatMap(({ name, hasCli }) =>
      hasCli ? ["dist/cli.js", `dist/${name}/cli.js`] : [],
    ),
  ];
  const named = [...ofClient, ...targets(manifest.exports), ...byFile];
  const scripts = named.filter((name) => /\.c?js$/.test(name) && name !== "dist/cli.js");
  const expected = new Set([...named, ...scripts.map((name) => `${name}.map`)]);
  assert.deepEqual(files.map((file) => file.path).sort(), [...expected].sort());
});

test("publint reports nothing", async () => {
  await run("publint", ["--strict", pkg]);
});

test("attw reports nothing", async (t) => {
  const tarball = await pack(await emptyFolder(t));
  const modules = Object.keys(manifest.exports).filter((name) => name.endsWith(".wasm"));
  await run("attw", [tarball, "--exclude-entrypoints", "./web", ...modules]);
  // For pages, and only as an ES module: it gets its own address from `import.meta`.
  await run("attw", [tarball, "--entrypoints", "./web", "--ignore-rules", "cjs-resolves-to-esm"]);
});

test("the package has the version of the crate", async () => {
  const { version } = JSON.parse(await readFile(`${pkg}/package.json`, "utf8"));
  const id = await run("cargo", ["pkgid", "--package", "collins-customers"]);
  assert.equal(id.trim().split(/[#@]/).at(-1), version);
});

test("the declarations are those that were reviewed", async () => {
  for (const [file, source] of [
    ["index.d.ts", "src/js/types.d.ts"],
    ["index.d.cts", "src/js/types.d.ts"],
    ["web.d.ts", "npm/web.d.ts"],
  ]) {
    const [shipped, reviewed] = await Promise.all(
      [`${pkg}/dist/${file}`, `${root}${source}`].map((path) => readFile(path, "utf8")),
    );
    assert.equal(shipped, reviewed, file);
  }
});

test("every entry has the same names, and `web` has `init` besides", async () => {
  const inline = Object.keys(await import(`${pkg}/dist/inline.js`)).sort();
  const web = Object.keys(await import(`${pkg}/dist/web.js`)).sort();
  const required = Object.keys(createRequire(import.meta.url)(`${pkg}/dist/inline.cjs`)).sort();
  const node = Object.keys(await import(`${pkg}/dist/node.js`)).sort();
  assert.ok(inline.includes("CustomersApi"));
  assert.ok(!inline.includes("initSync"));
  assert.deepEqual(required, inline);
  assert.deepEqual(node, inline);
  assert.deepEqual(web, [...inline, "init"].sort());
});

test("the inlined module is, byte for byte, the module", async () => {
  const node = await readFile(`${pkg}/dist/node.js`, "utf8");
  assert.ok(node.includes(JSON.stringify(wasm.toString("base64"))));
  assert.deepEqual(Buffer.from(decode(encode(wasm))), wasm);
  // Every pair of bytes, in both orders.
  const pairs = Buffer.from(Array.from({ length: 65536 }, (_, n) => [n >> 8, n & 255]).flat());
  assert.deepEqual(Buffer.from(decode(encode(pairs))), pairs);
});

test("minifiers do not change the inlined module", async () => {
  const text = encode(wasm);
  assert.match(text, /^[ !#-~]*$/, "printable ASCII without a double quote");
  const inline = await readFile(`${pkg}/dist/inline.js`, "utf8");
  assert.ok(inline.includes(JSON.stringify(text)), "as it was written, with no other escape");
});

test("inlined entries load no file: bundlers would move it, or rewrite the address", async () => {
  for (const file of ["inline.js", "inline.cjs", "node.js", "workerd.js", "edge-light.js"]) {
    const content = await readFile(`${pkg}/dist/${file}`, "utf8");
    const code = content.replace(JSON.stringify(encode(wasm)), "");
    assert.doesNotMatch(code, /import\.meta|\brequire\(|\bimport\(|__dirname|__filename/, file);
  }
});

test("no entry has a top-level await: it breaks require and some bundlers' pages", async () => {
  const toCommonJs = (code) => transform(code, { format: "cjs", logLevel: "silent" });
  await assert.rejects(toCommonJs("await 0;"), /Top-level await/);
  for (const name of ["inline", "node", "workerd", "edge-light", "web"]) {
    await toCommonJs(await readFile(`${pkg}/dist/${name}.js`, "utf8"));
  }
});

test("no file names the machine that built it", async () => {
  for (const file of await readdir(pkg, { recursive: true })) {
    if (!/\.(wasm|c?js|map|json)$/.test(file)) continue;
    const content = await readFile(`${pkg}/${file}`, "latin1");
    for (const path of [root, process.env.HOME, ".cargo"]) {
      assert.ok(!content.includes(path), `${file} holds ${path}`);
    }
  }
});

test("source maps are beside the files, which do not refer to them", async () => {
  for (const file of ["inline.js", "inline.cjs", "node.js", "web.js", "workerd.js"]) {
    const code = await readFile(`${pkg}/dist/${file}`, "utf8");
    assert.doesNotMatch(code, /sourceMappingURL/, file);
  }
  const { CustomersApi } = await import(`${pkg}/dist/inline.js`);
  const { sources, sourcesContent, ...rest } = JSON.parse(
    await readFile(`${pkg}/dist/inline.js.map`, "utf8"),
  );
  const map = new SourceMap({ sources, sourcesContent, ...rest });
  const { stack } = await new CustomersApi({ baseUrl: "https://proxy.example" })
    .get("..")
    .catch((error) => error);
  const places = [...stack.matchAll(/inline\.js:(\d+):(\d+)/g)].map(([, line, column]) =>
    map.findEntry(Number(line) - 1, Number(column) - 1),
  );
  assert.ok(places.length > 1);
  for (const { originalSource, originalLine } of places) {
    const source = await readFile(`${root}${originalSource}`, "utf8");
    assert.equal(sourcesContent[sources.indexOf(originalSource)], source, originalSource);
    assert.ok(source.split("\n").length > originalLine);
  }
  const [{ originalSource }] = places;
  assert.equal(originalSource, "src/js/errors.js");
});

test("classes keep their names, in this package's own files and in what users make of them", async (t) => {
  const folder = await emptyFolder(t);
  await build({
    entryPoints: [`${pkg}/dist/inline.js`],
    outfile: `${folder}/bundled.mjs`,
    bundle: true,
    minify: true,
    format: "esm",
    logLevel: "error",
  });
  for (const file of [`${pkg}/dist/inline.js`, `${folder}/bundled.mjs`]) {
    const classes = Object.entries(await import(file)).filter(([name]) => /^[A-Z]/.test(name));
    assert.ok(classes.length > 15);
    for (const [name, Class] of classes) assert.equal(Class.name, name, file);
  }
});

test("a bundler leaves out what a page does not import", async () => {
  const bundled = async (names) => {
    const { outputFiles } = await build({
      stdin: { contents: `export { ${names} } from "./inline.js";`, resolveDir: `${pkg}/dist` },
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
    });
    return outputFiles[0].text;
  };
  // Texts that only the schemas, the filter and the reader of forms contain.
  const parts = {
    schemas: "json-schema.org",
    CustomerFilter: "CustomerFilter needs an object",
    fromForm: ".getAll",
  };
  const alone = await bundled("CustomersApi");
  for (const [name, text] of Object.entries(parts)) {
    assert.ok(!alone.includes(text), name);
    assert.ok((await bundled(`CustomersApi, ${name}`)).includes(text), name);
  }
});
