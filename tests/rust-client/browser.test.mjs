// Runs the tests of the client for Rust (src/lib.rs) in Chromium, against a sandbox.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { root, startSandbox } from "../support/sandbox.mjs";

test("the client for Rust works in a browser", async (t) => {
  const sandbox = await startSandbox(t, "--seed", "50");
  const folder = await mkdtemp(join(tmpdir(), "rust-client-"));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(
    join(folder, "webdriver.json"),
    JSON.stringify({
      "goog:chromeOptions": {
        binary: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--headless", "--no-sandbox", "--disable-gpu"],
      },
    }),
  );
  // Cargo gets the path of the runner from wasm-pack, and splits it at blanks: this one has none.
  const tools = join(folder, "tools");
  await symlink(join(root, "target/tools/bin"), tools);
  const child = spawn(
    "wasm-pack",
    ["test", "--headless", "--chrome", "--mode", "no-install", "tests/rust-client"],
    {
      cwd: root,
      env: {
        ...process.env,
        PATH: [tools, process.env.PATH].join(delimiter),
        SANDBOX_URL: sandbox.baseUrl,
        CHROMEDRIVER: process.env.CHROMEDRIVER ?? "/usr/bin/chromedriver",
        WASM_BINDGEN_TEST_WEBDRIVER_JSON: join(folder, "webdriver.json"),
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(code, 0, output);
  assert.match(output, /test result: ok\. 12 passed; 0 failed/);
});
