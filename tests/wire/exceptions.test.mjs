// Exceptions that pass through the module: they leave its stack pointer and its allocator as in the middle of a call.
// Each test has its own process, because no timer can end a call that hangs.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { root } from "../support/sandbox.mjs";

const timeout = 120_000;

/** Runs a script, which has the package as `collins`. Returns the JSON that it prints. */
async function printed(script, { entry = "node.js", flags = [] } = {}) {
  const code = `import * as collins from ${JSON.stringify(`${root}pkg/dist/${entry}`)};\n${script}`;
  const args = [...flags, "--input-type=module", "--eval", code];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout });
  return JSON.parse(stdout);
}

for (const entry of ["node.js", "inline.js"])
  test(`${entry} survives errors of the stack, and 2 000 calls after them`, async () => {
    const overflows = await printed(
      `import { overflow } from "${root}tests/runtimes/templates/overflow.mjs";
      console.log(overflow(collins, 600));`,
      { entry, flags: ["--stack-size=200"] },
    );
    assert.ok(overflows > 600, `there were ${overflows}`);
  });

test("a getter of the user's that overflows the stack leaves the check that reads it alone", async () => {
  const { codes, overflows } = await printed(
    `const { validateNewCustomer } = collins;
    let overflows = 0;
    const down = () => {
      try {
        down();
      } catch {}
      try {
        validateNewCustomer({ notes: 5, email: "é".repeat(500) });
      } catch {
        overflows++;
      }
    };
    const codes = new Set();
    for (let round = 0; round < 20; round++) {
      const issues = validateNewCustomer({
        first_name: 1,
        get last_name() {
          if (round % 2) down();
          // The inner call has its own issues.
          return validateNewCustomer({ dob: "yesterday" })[0].code;
        },
        phone: "1".repeat(21),
        email: "no address",
      });
      codes.add(issues.map(({ path, code }) => path + " " + code).sort().join());
    }
    console.log(JSON.stringify({ codes: [...codes], overflows }));`,
    { flags: ["--stack-size=200"] },
  );
  assert.deepEqual(codes, ["email invalid_email,first_name invalid_type,phone too_long"]);
  assert.ok(overflows > 0);
});

test("an exception of the platform's ends one call and not the next", async () => {
  const outcomes = await printed(
    `const { decode } = TextDecoder.prototype;
    const fetch = async () => Response.json({ customer: { id: "1" } });
    const api = new collins.CustomersApi({ baseUrl: "https://proxy.example", fetch });
    const outcomes = [];
    const outcome = () => api.get("1").then(({ id }) => id, ({ message }) => message);
    for (let round = 0; round < 500; round++) {
      TextDecoder.prototype.decode = () => { throw new Error("a page replaced it"); };
      outcomes.push(await outcome());
      TextDecoder.prototype.decode = decode;
      outcomes.push(await outcome());
    }
    console.log(JSON.stringify([...new Set(outcomes)]));`,
  );
  assert.deepEqual(outcomes, ["a page replaced it", "1"]);
});
