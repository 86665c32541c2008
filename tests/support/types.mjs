// Programs in TypeScript that use the package as in a project that has installed it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./sandbox.mjs";

const STRICT =
  "--strict --exactOptionalPropertyTypes --module nodenext --target es2022 --lib es2022,dom --types --noEmit";

/** Compiles the files, given as texts by name, with further options of the compiler. */
export function assertCompiles(t, files, ...options) {
  const folder = mkdtempSync(join(tmpdir(), "types-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "pkg"), join(folder, "node_modules/collins-customers"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const tsc = join(root, "node_modules/typescript-6/bin/tsc");
  const { stdout, status } = spawnSync(
    process.execPath,
    [tsc, ...options, ...STRICT.split(" "), ...Object.keys(files)],
    { cwd: folder, encoding: "utf8" },
  );
  assert.equal(stdout, "");
  assert.equal(status, 0);
}
