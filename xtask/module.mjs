// Prepares one WebAssembly module and its glue for the package: turns the output of wasm-bindgen (target bundler) into
// a small module, the same glue with the short names of wasm-opt, and `bindings.js`, with which src/js/instances.js
// starts it.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import binaryen from "binaryen";
import { build, transform } from "esbuild";
import { encode } from "./encode.mjs";
import { withOrderedNames } from "./order.mjs";
import { formattingIn, trapPanics, withoutTexts } from "./panics.mjs";

/** The features of the oldest supported runtime. */
const FEATURES = [
  "--enable-bulk-memory",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];

/** Every import of a module, as `{ module, base }`. */
const importsOf = (wasm) => {
  const found = [];
  for (let index = 0; index < wasm.getNumFunctions(); index++) {
    const { module, base } = binaryen.getFunctionInfo(wasm.getFunctionByIndex(index));
    if (module) found.push({ module, base });
  }
  return found;
};

const exportsOf = (wasm) => {
  const names = [];
  for (let index = 0; index < wasm.getNumExports(); index++)
    names.push(binaryen.getExportInfo(wasm.getExportByIndex(index)).name);
  return names;
};

/** Resolves the glue's imports of JavaScript files to the crate from which they were copied. */
const snippets = (crate) => ({
  name: "snippets",
  setup(build) {
    build.onResolve({ filter: /^\.\/snippets\// }, ({ path }) => ({
      path: resolve(crate, path.split("/").slice(3).join("/")),
      external: true,
    }));
  },
});

/** A regular expression for properties of these names. */
const named = (names) => new RegExp(`^(${names.join("|")})$`);

/** The names that are properties somewhere in the code. */
async function propertiesIn(code, names) {
  const { mangleCache } = await transform(code, {
    mangleProps: named(names),
    mangleCache: {},
  });
  return Object.keys(mangleCache);
}

/** The code with its properties renamed, from `[before, after]`. */
async function renamed(code, names) {
  const mangleCache = Object.fromEntries(names);
  const mangleProps = named(Object.keys(mangleCache));
  return (await transform(code, { format: "esm", mangleProps, mangleCache })).code;
}

/**
 * @param input The folder that wasm-bindgen wrote to.
 * @param name The name of the crate there.
 * @param crate The folder of the crate, with the JavaScript files that its Rust imports.
 * @param output The folder for the results: the module (`<name>.wasm`), its bytes as text (`text.js` and
 *   `base64.js`), `glue.js` and `bindings.js`.
 * @param isFace True if users get the exports of Rust. Otherwise they are called through the bindings.
 * @param features Further options of wasm-opt, for a module that needs more of a runtime.
 * @returns The names of Rust's exports.
 */
export async function makeModule({ input, name, crate, output, features = [], isFace = false }) {
  mkdirSync(output, { recursive: true });
  const compiled = join(input, `${name}_bg.wasm`);
  const formatting = formattingIn(compiled).map(
    ([caller, called]) => `\n  ${caller} calls ${called}`,
  );
  if (formatting.length > 0)
    throw new Error(`${name}: texts must be written without core::fmt:${formatting.join("")}`);
  const wasm = binaryen.readBinary(withoutTexts(readFileSync(compiled)));
  trapPanics(wasm);

  const file = `./${name}_bg.js`;
  const own = importsOf(wasm).filter(({ module }) => module === file);
  const { metafile } = await build({
    entryPoints: [join(input, file)],
    bundle: true,
    format: "esm",
    metafile: true,
    write: false,
    plugins: [snippets(crate)],
  });
  const imported = new Set(own.map(({ base }) => base));
  // `start` runs by itself.
  const others = ["__wbg_set_wasm", "start", ...imported];
  const names = Object.values(metafile.outputs)[0].exports.filter((name) => !others.includes(name));
  // The glue without the parts that neither the module nor JavaScript uses.
  const { outputFiles } = await build({
    stdin: {
      contents: `export { ${["__wbg_set_wasm", ...names, ...imported].join(", ")} } from "${file}";`,
      resolveDir: input,
    },
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    plugins: [snippets(crate)],
  });
  const glue = outputFiles[0].text;

  // Exports that the glue does not call would keep unused code alive.
  const asked = new Set(await propertiesIn(glue, exportsOf(wasm)));
  for (const called of ["memory", "__wbindgen_start"]) asked.add(called);
  for (const export_ of exportsOf(wasm)) if (!asked.has(export_)) wasm.removeExport(export_);

  // All properties of a name are shortened, so no property of the platform may have the same name.
  const doubtful = exportsOf(wasm).find((name) => name !== "memory" && !name.includes("_"));
  if (doubtful) throw new Error(`${name}: name the export ${doubtful} with an underscore in it`);

  const wasmOpt = (from, to, ...passes) =>
    execFileSync(
      resolve("node_modules/binaryen/bin/wasm-opt"),
      [...FEATURES, ...passes, join(output, from), "-o", join(output, to)],
      { encoding: "utf8" },
    );
  writeFileSync(join(output, "before.wasm"), wasm.emitBinary());
  wasm.dispose();
  wasmOpt(
    "before.wasm",
    "small.wasm",
    ...features,
    "-Oz",
    // Brotli compresses the zeros between data better than the heads of fifty segments without them.
    "--skip-pass=memory-packing",
    // The lowest addresses are the far end of the stack: nothing reads them on purpose.
    "--low-memory-unused",
    // Alignments are hints that engines ignore. They compress better if all are the same.
    "--dealign",
    "--strip-producers",
    "--strip-target-features",
  );
  const small = readFileSync(join(output, "small.wasm"));
  writeFileSync(join(output, "ordered.wasm"), withOrderedNames(small));
  const { imports, exports } = JSON.parse(
    wasmOpt(
      "ordered.wasm",
      `${name}.wasm`,
      ...features,
      "--reorder-functions-by-name",
      "--strip-debug",
      "--minify-imports-and-exports-and-modules",
      // No further passes; but what is written is as small as after `-Oz`.
      ...["--optimize-level=2", "--shrink-level=2"],
    ),
  );
  const short = new Map(exports);
  writeFileSync(join(output, "glue.js"), await renamed(glue, exports));

  const lines = imports.map(([from, long, letter]) => {
    const path = from === file ? "./glue.js" : resolve(crate, from.split("/").slice(3).join("/"));
    return `import { ${long} as import_${letter} } from ${JSON.stringify(path)};`;
  });
  const members = imports.map(([, , letter]) => `${letter}: import_${letter}`);
  writeFileSync(
    join(output, "bindings.js"),
    `import { __wbg_set_wasm } from "./glue.js";
${isFace ? "" : `import { ${names.join(", ")} } from "./glue.js";`}
${lines.join("\n")}
export const bindings = {
  ${isFace ? "" : `core: { ${names.join(", ")} },`}
  imports: { a: { ${members.join(", ")} } },
  use: __wbg_set_wasm,
  memoryOf: (exports) => exports.${short.get("memory")},
  begin: (exports) => exports.${short.get("__wbindgen_start")}(),
};
`,
  );

  const bytes = readFileSync(join(output, `${name}.wasm`));
  writeFileSync(join(output, "text.js"), `export const text = ${JSON.stringify(encode(bytes))};\n`);
  writeFileSync(
    join(output, "base64.js"),
    `export const base64 = "${bytes.toString("base64")}";\n`,
  );
  return names;
}
