// The declarations of the built package, as a strict project compiles them.

import { test } from "node:test";
import { assertCompiles } from "../../../tests/support/types.mjs";

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
  const files = { "module.ts": PROGRAM, "common.cts": PROGRAM };
  assertCompiles(t, files, "--noUncheckedIndexedAccess");
});
