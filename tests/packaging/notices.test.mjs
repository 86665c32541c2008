// The tarball names all crates that are linked into its modules, with the texts of their licences.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import binaryen from "binaryen";
import { root } from "../support/sandbox.mjs";
import { emptyFolder, pack, run } from "./support.mjs";

/** Parts of the compiler's own distribution, which share one notice. */
const STANDARD = ["__rustc", "alloc", "compiler_builtins", "core", "dlmalloc", "hashbrown", "std"];

const compiled = join(root, "target/modules");

/** The modules as compiled, before the names of crates are removed from them. */
async function modules() {
  const files = await readdir(compiled, { recursive: true });
  return files.filter((file) => file.endsWith("_bg.wasm")).map((file) => join(compiled, file));
}

/** The crates of a module's functions, according to their names. */
async function cratesIn(file) {
  const module = binaryen.readBinary(await readFile(file));
  const crates = new Set();
  for (let index = 0; index < module.getNumFunctions(); index += 1) {
    const { name } = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
    const path = /^<?&?(?:mut )?([a-z_][a-z0-9_]*)(?:\[[0-9a-f]+\])?::/.exec(name);
    if (path) crates.add(path[1]);
  }
  module.dispose();
  return crates;
}

test("the packed tarball has the notices of every crate that is linked", async (t) => {
  const folder = await emptyFolder(t);
  await run("tar", ["-xzf", await pack(folder), "-C", folder]);
  const notices = await readFile(join(folder, "package/THIRD-PARTY-NOTICES.txt"), "utf8");

  const named = new Set(
    notices.match(/^\S+ \d+\.\d+\.\d+\S* \(/gm).map((line) => line.slice(0, -2)),
  );

  const tree = await run("cargo", [
    ...["tree", "--locked", "--package", "collins-customers", "--prefix", "none"],
    ...["--edges", "normal,no-proc-macro", "--target", "wasm32-unknown-unknown"],
    ...["--format", "{p}"],
  ]);
  // A package with a path is a member of the workspace.
  const lines = tree.split("\n").filter((line) => line && !line.includes(" (/"));
  assert.ok(lines.length > 5);
  for (const line of lines) {
    const crate = line.replace(" v", " ").replace(" (*)", "");
    assert.ok(named.has(crate), `${crate} is named`);
  }

  // The result of cargo is compared with the modules.
  const names = new Set([...named].map((crate) => crate.split(" ")[0].replaceAll("-", "_")));
  const files = await modules();
  assert.ok(files.length > 0);
  const own = new Set(["collins_customers", "bulk", "proxy", "sandbox"]);
  let foreign = 0;
  for (const file of files) {
    const crates = await cratesIn(file);
    assert.ok(crates.has("core"), `${file} has its names`);
    for (const crate of crates) {
      if (own.has(crate) || STANDARD.includes(crate)) continue;
      foreign += 1;
      assert.ok(names.has(crate), `${crate} is in ${file}`);
    }
  }
  assert.ok(foreign > 0);
});

test("each notice has the text of a licence, and no path of the machine that built it", async () => {
  const notices = await readFile(join(root, "pkg/THIRD-PARTY-NOTICES.txt"), "utf8");
  const parts = notices.split(/^-{80}$/m);
  assert.ok(parts.length > 5);
  for (const part of parts)
    assert.match(part, /Permission is hereby granted|Redistribution and use|Apache License/);
  assert.ok(notices.includes("lol_alloc"), "a crate under MIT alone");
  for (const path of [root, process.env.HOME]) assert.ok(!notices.includes(path), path);
});
