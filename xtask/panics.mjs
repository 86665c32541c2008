// Makes panics small. A module aborts at a panic and nobody would see its message, but the code that formats it would
// be four times as large as the rest. rustc only leaves it out with `panic_immediate_abort`, which stable Rust does not
// have. So the functions through which a panic enters the standard library become traps; and the build fails if
// anything else could format text: `format!` would be a trap too.

import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import binaryen from "binaryen";

/** The functions through which a panic enters the standard library, or an error of wasm-bindgen's. None of them returns. */
const PANICS = [
  "__rustc::rust_begin_unwind",
  "alloc::alloc::handle_alloc_error",
  "alloc::raw_vec::capacity_overflow",
  "alloc::raw_vec::handle_error",
  "core::cell::panic_already_borrowed",
  "core::cell::panic_already_mutably_borrowed",
  "core::option::expect_failed",
  "core::option::unwrap_failed",
  "core::panicking::",
  "core::result::unwrap_failed",
  "core::slice::index::slice_index_fail",
  "core::str::slice_error_fail",
  "std::panicking::",
  "wasm_bindgen::__rt::throw_null",
  "wasm_bindgen::throw_str",
];

/** The path of a function without the hashes of its crates. */
const pathOf = (name) => name.replaceAll(/\[[0-9a-f]+\]/g, "");

/** Methods of a trait are called `<Type as Trait>::method`. */
const isPanic = (name) =>
  PANICS.some((path) => pathOf(name).startsWith(path) || pathOf(name).startsWith(`<${path}`));

/** Returns whether a function writes text by `core::fmt`, or is a `Display` or `Debug` that only that calls. */
const isFormatting = (name) => /\b(core|alloc)::fmt\b/.test(pathOf(name));

/** The direct calls of a module, as pairs of names. */
function callsIn(file) {
  const program = resolve("node_modules/binaryen/bin/wasm-opt");
  const options = { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "pipe"] };
  const graph = execFileSync(program, ["--all-features", "--print-call-graph", file], options);
  const calls = graph.matchAll(/^ *"(.*)" -> "(.*)"; \/\/ call$/gm);
  return Array.from(calls, ([, caller, called]) => [caller, called]);
}

/** The calls by which anything but a panic would format text. */
export const formattingIn = (file) =>
  callsIn(file).filter(
    ([caller, called]) => isFormatting(called) && !isFormatting(caller) && !isPanic(caller),
  );

/**
 * Replaces the functions of panics with traps, and removes functions that only they call. `wasm` is binaryen's module.
 */
export function trapPanics(wasm) {
  for (let index = 0; index < wasm.getNumFunctions(); index++) {
    const reference = wasm.getFunctionByIndex(index);
    const { name, module: imported } = binaryen.getFunctionInfo(reference);
    if (!imported && (isPanic(name) || isFormatting(name)))
      binaryen.Function(reference).body = wasm.unreachable();
  }
}

/** The file names in panics: of the standard library, of registries and of the workspace. */
const FILES = /(?:\/rustc\/[0-9a-f]{40}\/library|registry|bulk|proxy|sandbox|src)\/[\w/.-]+?\.rs/g;

/** What else a panic says: sentences of the standard library and of wasm-bindgen, and the numbers below 100 as digits. */
const TEXTS = [
  "slice index starts at ",
  " but ends at ",
  "range start index ",
  "range end index ",
  " out of range for slice of length ",
  "copy_from_slice: source slice length (",
  ") does not match destination slice length (",
  "IncludedExcludedUnbounded",
  "0123456789abcdef,\n((\n),",
  "    0x0123456789ABCDEF",
  "index out of bounds: the len is ",
  " but the index is ",
  "insertion index (is ",
  "swap_remove index (is ",
  "removal index (is ",
  ") should be <= len (is ",
  ") should be < len (is ",
  "encode_utf8: need ",
  " bytes to encode U+",
  " but buffer has just ",
  "Tried to shrink to a larger capacity",
  "capacity overflow",
  "RefCell already borrowed",
  "attempted to take ownership of Rust value while it was borrowed",
  "null pointer passed to rust",
  "mid > len",
  "empty range: ",
  Array.from({ length: 100 }, (_, number) => `${number}`.padStart(2, "0")).join(""),
];

const zeros = (text) => "\0".repeat(text.length);

/** The bytes of a module without those texts, which nobody reads. Zeros compress to nothing. */
export const withoutTexts = (bytes) =>
  Buffer.from(
    TEXTS.reduce(
      (text, panic) => text.replaceAll(panic, zeros),
      bytes.toString("latin1").replace(FILES, zeros),
    ),
    "latin1",
  );
