// The exports of the modules in the package, read from their bytes.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import binaryen from "binaryen";
import { pkg } from "./support.mjs";

const NUMBERS = [binaryen.i32, binaryen.i64, binaryen.f32, binaryen.f64];

/** The exported functions that return anything other than numbers. */
function returningOthers(bytes) {
  const module = binaryen.readBinary(bytes);
  const names = [];
  for (let index = 0; index < module.getNumExports(); index++) {
    const { kind, name, value } = binaryen.getExportInfo(module.getExportByIndex(index));
    if (kind !== binaryen.ExternalFunction) continue;
    const { results } = binaryen.getFunctionInfo(module.getFunction(value));
    if (binaryen.expandType(results).some((type) => !NUMBERS.includes(type))) names.push(name);
  }
  module.dispose();
  return names;
}

// V8 11.3 (Node 20) sometimes ends the process in a call of such a function: see src/js/core.rs.
test("no module exports a function that returns a reference", async () => {
  const files = await readdir(pkg, { recursive: true });
  const modules = files.filter((file) => file.endsWith(".wasm"));
  assert.ok(modules.length > 0);
  for (const file of modules)
    assert.deepEqual(returningOthers(await readFile(join(pkg, file))), [], file);
});

test("a function that returns a reference would be found", () => {
  const module = binaryen.parseText(
    `(module
      (func (export "reference") (param externref) (result externref) local.get 0)
      (func (export "two") (param externref) (result i32 externref) i32.const 0 local.get 0)
      (func (export "number") (result f64) f64.const 0)
      (func (export "nothing") (param externref)))`,
  );
  module.setFeatures(binaryen.Features.All);
  assert.deepEqual(returningOthers(module.emitBinary()), ["reference", "two"]);
});
