// The tarball, installed in an empty project: the files that its names resolve to. The cells of tests/runtimes test it
// in each runtime.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { emptyFolder, pack, pkg, run } from "./support.mjs";

test("each entry of the installed package resolves to its file", async (t) => {
  const folder = await emptyFolder(t);
  const tarball = await pack(folder);
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: folder });

  /** Resolves the names under the conditions of a runtime. */
  async function resolved(conditions, names) {
    const script = `
      const resolve = (name) => import.meta.resolve(name).split("/collins-customers/")[1];
      console.log(JSON.stringify(${JSON.stringify(names)}.map(resolve)));`;
    const flags = conditions.map((condition) => `--conditions=${condition}`);
    const args = [...flags, "--input-type=module", "--eval", script];
    return JSON.parse(await run("node", args, { cwd: folder }));
  }

  const name = "collins-customers";
  assert.deepEqual(
    await resolved(
      [],
      [name, `${name}/web`, `${name}/collins_customers.wasm`, `${name}/package.json`],
    ),
    ["dist/node.js", "dist/web.js", "dist/collins_customers.wasm", "package.json"],
  );
  assert.deepEqual(await resolved(["browser"], [name]), ["dist/inline.js"]);
  assert.deepEqual(await resolved(["worker", "browser", "workerd"], [name]), ["dist/workerd.js"]);
  assert.deepEqual(await resolved(["edge-light", "browser"], [name]), ["dist/edge-light.js"]);

  const required = await run("node", ["--print", `require.resolve("${name}")`], { cwd: folder });
  assert.match(required, /dist\/inline\.cjs\n$/);

  // Tools older than `exports` use these.
  const manifest = JSON.parse(
    await readFile(join(folder, "node_modules", name, "package.json"), "utf8"),
  );
  assert.equal(manifest.main, "./dist/inline.cjs");
  assert.equal(manifest.module, "./dist/inline.js");
});

test("an uncaught error ends with its sentence, and not behind a page of code", () => {
  // Node prints the line that threw, and a file may be a single one.
  const [options, seed] = ["token is missing", "must be a plain object"];
  for (const [kind, code, sentence] of [
    ["module", `new (await import("./dist/node.js")).CustomersApi()`, options],
    ["commonjs", `new (require("./dist/inline.cjs").CustomersApi)()`, options],
    ["module", `(await import("./dist/sandbox/node.js")).createSandbox(1)`, seed],
    ["commonjs", `require("./dist/sandbox/inline.cjs").createSandbox(1)`, seed],
  ]) {
    const args = [`--input-type=${kind}`, "--eval", code];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: pkg, encoding: "utf8" });
    assert.equal(status, 1);
    assert.ok(stderr.includes(sentence), stderr);
    assert.ok(stderr.length < 4000, `${stderr.length} characters`);
  }
});
