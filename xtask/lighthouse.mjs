// Measures the demo page with Lighthouse, as a telephone and as a desktop, with its own sandbox. It fails if a
// category is below 95. It is not a step of `cargo xtask test`, because a busy machine lowers the figures. Run it
// after `cargo xtask build` and `cargo build -p sandbox`: node xtask/lighthouse.mjs [folder for the reports]

import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** The version is fixed, because scores change with it. */
const LIGHTHOUSE = "lighthouse@12.2.3";
const LEAST = 95;

const folder = process.argv[2] ?? (await mkdtemp(join(tmpdir(), "lighthouse-")));
const program = process.env.SANDBOX ?? "target/debug/sandbox";
const sandbox = spawn(program, ["--port", "0", "--quiet"], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const url = await new Promise((resolve, reject) => {
    sandbox.on("error", reject);
    createInterface(sandbox.stdout).on("line", (line) => {
      const [, origin] = /^listening on (\S+)$/.exec(line) ?? [];
      if (origin) resolve(origin);
    });
  });
  for (const [name, ...options] of [["phone"], ["desktop", "--preset=desktop"]]) {
    const report = join(folder, `${name}.json`);
    await promisify(execFile)(
      "npx",
      [
        "--yes",
        LIGHTHOUSE,
        url,
        "--quiet",
        "--output=json",
        `--output-path=${report}`,
        "--chrome-flags=--headless=new --no-sandbox",
        ...options,
      ],
      { env: { CHROME_PATH: "/usr/bin/chromium", ...process.env } },
    );
    const { categories } = JSON.parse(await readFile(report, "utf8"));
    for (const { title, score } of Object.values(categories)) {
      const points = Math.round(score * 100);
      if (points < LEAST) process.exitCode = 1;
      console.log(`${points < LEAST ? "✗" : "✓"} ${name}: ${title} ${points}`);
    }
  }
  console.log(`The reports are in ${folder}`);
} finally {
  sandbox.kill();
}
