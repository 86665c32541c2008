// A plain `wasm-pack build` of the crate, without the project's loaders, works as its users expect.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { emptyFolder, run } from "./support.mjs";

async function build(t, target) {
  const folder = await emptyFolder(t);
  await run("wasm-pack", [
    "build",
    "--mode",
    "no-install",
    "--target",
    target,
    "--out-dir",
    folder,
  ]);
  return folder;
}

function works({ CustomerFilter, validateNewCustomer }) {
  assert.equal(validateNewCustomer({ email: "no address" })[0].code, "invalid_email");
  assert.equal(new CustomerFilter().labels(["VIP"]).toQueryString(), "labels=VIP");
}

test("--target web, initialised with its file", async (t) => {
  const folder = await build(t, "web");
  const { default: init, ...names } = await import(join(folder, "collins_customers.js"));
  await init({ module_or_path: await readFile(join(folder, "collins_customers_bg.wasm")) });
  works(names);
  const glue = await readFile(join(folder, "collins_customers.js"), "utf8");
  assert.match(
    glue,
    /new URL\('collins_customers_bg\.wasm', import\.meta\.url\)/,
    "init() finds it",
  );
});

test("--target nodejs, required", async (t) => {
  works(createRequire(import.meta.url)(await build(t, "nodejs")));
});

test("--target bundler, with WebAssembly as a module", async (t) => {
  const entry = join(await build(t, "bundler"), "collins_customers.js");
  const script = `
    import { validateNewCustomer } from ${JSON.stringify(entry)};
    console.log(validateNewCustomer({ email: "no address" })[0].code);`;
  const flags = ["--experimental-wasm-modules", "--input-type=module", "--eval"];
  assert.equal(await run("node", [...flags, script]), "invalid_email\n");
});

test("its default output folder is not committed", async () => {
  assert.equal(await run("git", ["ls-files", "pkg"]), "");
  assert.equal(await run("git", ["check-ignore", "pkg/package.json"]), "pkg/package.json\n");
});
