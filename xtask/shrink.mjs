// Makes the module and its glue smaller in two ways that neither rustc nor wasm-bindgen offers on stable.
// package.mjs runs it between wasm-pack and esbuild.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import binaryen from "binaryen";

const FEATURES = [
  "--enable-bulk-memory",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];

/**
 * What makes the text of a panic. The module aborts at a panic and nobody would see the text; no code of
 * ours formats with `core::fmt` otherwise. A panic stays a trap, at the same place.
 */
const PANIC_TEXT =
  /core(\[\w+\])?::fmt|::panicking::|panic_handler|slice_error_fail|slice_index_fail|unwrap_failed|raw_vec::handle_error/;

/** What those functions would have said, and where: nothing reads it any more. */
const PANIC_TEXTS = [
  /(registry|\/rustc)\/[\w./-]+\.rs/g,
  /attempted to take ownership of Rust value while it was borrowed/g,
  /called `Result::unwrap_throw\(\)` on an `Err` value/g,
  /closure invoked recursively or after being dropped/g,
  /null pointer passed to rust/g,
  /Tried to shrink to a larger capacity/g,
  /capacity overflow/g,
  /RefCell already (mutably )?borrowed/g,
];

/**
 * Exports that nothing calls: no instance of the core is ever freed, what starts the module does so by another
 * one, an aborted module is not looked at again, and nothing that JavaScript throws is caught.
 */
const UNUSED = [
  "__wbg_core_free",
  "start",
  "__abort_handler",
  "__instance_terminated",
  "__wbindgen_exn_store",
  "__externref_table_alloc",
];

/** What the glue does for users that this package does not have, and what stands in its place. */
const REPLACED = [
  // Its ways to load, and the export that starts once more what is started already.
  [
    /^async function __wbg_load.*/ms,
    `
const start = (module) =>
  void __wbg_finalize_init(new WebAssembly.Instance(module, __wbg_get_imports()), module);
const startLater = (compile) => {
  const started = Promise.resolve().then(compile).then((module) =>
    WebAssembly.instantiate(module, __wbg_get_imports()).then((instance) =>
      void __wbg_finalize_init(instance, module),
    ),
  );
  waitFor(started);
  return started;
};
export { start, startLater };
`,
  ],
  [/^export function start\(\) \{.*?^\}$/ms, ""],
  // The core is a class of static functions: no instance is made but the one that is never freed.
  [
    /static __wrap\(ptr\) \{.*?^ {4}free\(\) \{.*?^ {4}\}$/ms,
    "static __wrap() { return new Core(); }",
  ],
  [/^if \(Symbol\.dispose\) Core.*$/m, ""],
  [/^const CoreFinalization = .*?;$/ms, ""],
  // What is caught here for Rust, Rust would only throw once more.
  [
    /function\(\) \{ return handleError\((function \([^)]*\) \{.*?^ {8}\}), arguments\); \}/gms,
    "$1",
  ],
  // One way to write a text into the module's memory. Most are short and ASCII; of the others UTF-8 has at most
  // three bytes for one unit of UTF-16.
  [
    /^function passStringToWasm0\(.*?^\}$/ms,
    `
function passStringToWasm0(text, malloc, realloc) {
  const size = text.length;
  let pointer = malloc(size, 1) >>> 0;
  const memory = getUint8ArrayMemory0();
  WASM_VECTOR_LEN = 0;
  while (WASM_VECTOR_LEN < size) {
    const code = text.charCodeAt(WASM_VECTOR_LEN);
    if (code > 127) {
      pointer = realloc(pointer, size, size * 3, 1) >>> 0;
      const view = getUint8ArrayMemory0().subarray(pointer, pointer + size * 3);
      WASM_VECTOR_LEN = cachedTextEncoder.encodeInto(text, view).written;
      return realloc(pointer, size * 3, WASM_VECTOR_LEN, 1) >>> 0;
    }
    memory[pointer + WASM_VECTOR_LEN++] = code;
  }
  return pointer;
}`,
  ],
  // Of a short list of JavaScript the typed array's own copy takes twice as long.
  [
    /getUint32ArrayMemory0\(\)\.set\(arg, ptr \/ 4\);/,
    "const memory = getUint32ArrayMemory0();\n    for (let index = 0; index < arg.length; index++) memory[ptr / 4 + index] = arg[index];",
  ],
  // Every platform that the package names has it.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{.*?^\}$/ms, ""],
];

/** Puts a trap in the place of every function that only makes the text of a panic. */
function silence(bytes) {
  const module = binaryen.readBinary(bytes);
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const reference = module.getFunctionByIndex(index);
    const { name, module: imported } = binaryen.getFunctionInfo(reference);
    if (!imported && PANIC_TEXT.test(name))
      binaryen.Function(reference).body = module.unreachable();
  }
  for (const name of UNUSED) module.removeExport(name);
  const silenced = Buffer.from(module.emitBinary());
  module.dispose();
  const text = silenced.toString("latin1");
  for (const pattern of PANIC_TEXTS)
    for (const { index, 0: dead } of text.matchAll(pattern))
      silenced.fill(0, index, index + dead.length);
  return silenced;
}

/**
 * @param bytes The module, with the names of its functions.
 * @param glue The text of the glue that wasm-bindgen wrote for it.
 * @returns `{ wasm, glue }`, the names between the two made short: those of wasm-bindgen end in a hash,
 * which no compressor finds twice.
 */
export function shrink(bytes, glue) {
  const folder = mkdtempSync(join(tmpdir(), "shrink-"));
  const [input, output] = [join(folder, "in.wasm"), join(folder, "out.wasm")];
  try {
    writeFileSync(input, silence(bytes));
    const program = resolve("node_modules/binaryen/bin/wasm-opt");
    const strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
    const names = ["--minify-imports-and-exports-and-modules"];
    // The lowest addresses are the far end of the stack: nothing is ever read there on purpose.
    const options = [
      ...FEATURES,
      "-Oz",
      "--low-memory-unused",
      ...strip,
      ...names,
      input,
      "-o",
      output,
    ];
    const { imports, exports } = JSON.parse(execFileSync(program, options, { encoding: "utf8" }));

    // One object is all that the module imports; the functions of src/js stand in it beside the glue's.
    const members = imports.map(([from, name, short]) => {
      if (from === "./collins_customers_bg.js") return [name, short];
      const imported = new RegExp(`"${from}": (import\\d+),`).exec(glue)[1];
      return [`${imported}.${name}`, short];
    });
    const shims = new Map(members);
    let text = glue.replace(/^ {8}(__wb\w+): function/gm, (whole, name) =>
      shims.has(name) ? `        ${shims.get(name)}: function` : whole,
    );
    const others = members
      .filter(([name]) => name.includes("."))
      .map(([name, short]) => `${short}: ${name}`);
    text = text.replace(
      /return \{\s*__proto__: null,[^}]*\};/,
      `return { a: Object.assign(import0, { ${others.join(", ")} }) };`,
    );
    for (const [pattern, replacement] of REPLACED) {
      if (!pattern.test(text)) throw new Error(`the glue has nothing like ${pattern}`);
      text = text.replace(pattern, replacement);
    }
    const short = new Map(exports);
    text = text.replace(/\bwasm\.(\w+)/g, (whole, name) =>
      short.has(name) ? `wasm.${short.get(name)}` : whole,
    );
    return { wasm: readFileSync(output), glue: text };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
