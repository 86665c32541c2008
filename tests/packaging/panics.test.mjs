// The build refuses a module in which anything other than a panic formats text.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import binaryen from "binaryen";
import { formattingIn, trapPanics } from "../../xtask/panics.mjs";
import { emptyFolder } from "./support.mjs";

/** Writes a module with functions of these names, each of which calls others; `main` is exported. */
async function written(t, calls) {
  const module = new binaryen.Module();
  for (const [name, called] of Object.entries(calls)) {
    const body = called.map((other) => module.call(other, [], binaryen.none));
    module.addFunction(name, binaryen.none, binaryen.none, [], module.block(null, body));
  }
  module.addFunctionExport("main", "main");
  binaryen.setDebugInfo(true);
  const bytes = module.emitBinary();
  module.dispose();
  const file = join(await emptyFolder(t), "module.wasm");
  await writeFile(file, bytes);
  return { file, bytes };
}

const std = {
  "core[c5930c85]::panicking::panic_fmt": ["core[c5930c85]::fmt::write"],
  "core[c5930c85]::fmt::write": ["<u32 as core[c5930c85]::fmt::Display>::fmt"],
  "<u32 as core[c5930c85]::fmt::Display>::fmt": [],
  "<std[a543]::panicking::Payload as core[c5930c85]::panic::PanicPayload>::get": [
    "core[c5930c85]::fmt::write",
  ],
};

test("a panic may format text", async (t) => {
  const calls = { main: ["core[c5930c85]::panicking::panic_fmt"], ...std };
  assert.deepEqual(formattingIn((await written(t, calls)).file), []);
});

test("nothing else may, directly or with the standard library", async (t) => {
  for (const [caller, called] of [
    ["main", "core[c5930c85]::fmt::write"],
    ["main", "<u32 as core[c5930c85]::fmt::Display>::fmt"],
    ["collins_customers::text::name::h0123", "alloc::fmt::format::h0123"],
    ["<u32 as alloc[3ca501ed]::string::ToString>::to_string", "core[c5930c85]::fmt::write"],
  ]) {
    const calls = { main: [], ...std, [called]: [], [caller]: [called] };
    assert.deepEqual(formattingIn((await written(t, calls)).file), [[caller, called]]);
  }
});

test("panics become traps, and functions with similar names do not", async (t) => {
  const other = "collins_customers::panicking::told";
  const calls = { main: [other, "core[c5930c85]::panicking::panic_fmt"], [other]: [], ...std };
  const wasm = binaryen.readBinary((await written(t, calls)).bytes);
  trapPanics(wasm);
  const trap = binaryen.UnreachableId;
  const bodyOf = (name) =>
    binaryen.getExpressionId(binaryen.getFunctionInfo(wasm.getFunction(name)).body);
  for (const name of Object.keys(std)) assert.equal(bodyOf(name), trap, name);
  for (const name of ["main", other]) assert.notEqual(bodyOf(name), trap, name);
  wasm.dispose();
});
