// The declarations of the built package, as a strict project compiles them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../../tests/support/sandbox.mjs";

const PROGRAM = `
import { CustomersApi } from "collins-customers";
import { createSandbox, type Fault, type Sandbox, type SandboxSnapshot } from "collins-customers/sandbox";

const faults: Fault[] = [503, "throttle", "lost-answer", { status: 429, headers: { "retry-after": "1" } }, { delay: 5 }];
const sandbox: Sandbox = createSandbox({
  seed: 10, customers: [{ first_name: "Ada", loyalty: 1 }], token: "t", quota: 5, now: () => new Date(), exposeHeaders: false,
  faults: { share: 0.1, only: faults, seed: 7 }, baseUrl: "https://api.example.com/api",
});
export const api = new CustomersApi({ baseUrl: sandbox.baseUrl, fetch: sandbox.fetch, token: "t" });
sandbox.advance("1h");
sandbox.advance(5);
sandbox.fail("create", "lost-answer", { times: 2 });
const snapshot: SandboxSnapshot = sandbox.snapshot();
createSandbox({ snapshot });
export const status: number | null | undefined = sandbox.requests[0]?.status;

// @ts-expect-error
createSandbox({ seeds: 10 });
// @ts-expect-error
sandbox.fail("remove", 503);
// @ts-expect-error
sandbox.fail("create", "lost");
// @ts-expect-error
sandbox.baseUrl = "";
`;

test("a strict project can use it, in ES modules and CommonJS", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-types-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "pkg"), join(folder, "node_modules/collins-customers"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "module.ts"), PROGRAM);
  writeFileSync(join(folder, "common.cts"), PROGRAM);
  const tsc = join(root, "node_modules/typescript-6/bin/tsc");
  const args =
    "--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --module nodenext".split(" ");
  const what = "--target es2022 --lib es2022,dom --types --noEmit module.ts common.cts".split(" ");
  const options = { cwd: folder, encoding: "utf8" };
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...args, ...what], options);
  assert.equal(stdout, "");
  assert.equal(status, 0);
});
