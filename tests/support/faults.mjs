// behaviour.md's retry table over the faults of the sandbox: what each does to each operation.

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { CustomersApi } from "./package.mjs";
import { token } from "./sandbox.mjs";
import { scenario } from "./scenario.mjs";

const operations = ["list", "get", "update", "delete", "create"];

/** What happens: whether the request is sent again, and whether it may have been carried out. */
const AGAIN = { again: true, mayHaveSucceeded: false };
const AGAIN_MAYBE = { again: true, mayHaveSucceeded: true };
const STOP = { again: false, mayHaveSucceeded: false };
const STOP_MAYBE = { again: false, mayHaveSucceeded: true };
/** The fault does not affect this operation. */
const FINE = null;

const row = (fault, error, reads, update, remove, create) => ({
  fault,
  error,
  expected: { list: reads, get: reads, update, delete: remove, create },
});

const lostAnswer = [AGAIN, AGAIN_MAYBE, AGAIN_MAYBE, STOP_MAYBE];
const turnedAway = [AGAIN, AGAIN, AGAIN, AGAIN];
const refused = [STOP, STOP, STOP, STOP];
/**
 * The time limits of an attempt without an answer. On a busy machine the first may be over before the sandbox has
 * received the request, or before an answer that does come. Then the second one is used, which is long enough for any
 * machine.
 */
const TIMEOUTS = [1000, 20_000];

const table = [
  // the fault, the error, then: list and get, update, delete, create
  row("reset", "ConnectionError", ...lostAnswer),
  row("lost", "ConnectionError", ...lostAnswer),
  row("truncate", "ConnectionError", ...lostAnswer),
  row("stall", "TimeoutError", ...lostAnswer),
  row("delay=60000", "TimeoutError", ...lostAnswer),
  row("status=408", "ApiError", ...lostAnswer),
  row("status=500", "InternalServerError", ...lostAnswer),
  row("status=502", "InternalServerError", ...lostAnswer),
  row("status=503", "InternalServerError", ...lostAnswer),
  row("status=504", "InternalServerError", ...lostAnswer),
  row("html", "InternalServerError", ...lostAnswer),
  row("status=503;retry-after=1", "InternalServerError", ...turnedAway),
  row("status=425", "ApiError", ...turnedAway),
  row("status=429", "RateLimitError", ...turnedAway),
  row("status=429;retry-after-ms=5", "RateLimitError", ...turnedAway),
  row("status=400", "BadRequestError", ...refused),
  row("status=401", "AuthenticationError", ...refused),
  row("status=403", "PermissionDeniedError", ...refused),
  row("status=404", "NotFoundError", ...refused),
  row("status=409", "ConflictError", ...refused),
  row("status=418", "ApiError", ...refused),
  row("status=422", "UnprocessableEntityError", ...refused),
  // Not in behaviour.md: an answer after which the request may have been carried out.
  row("status=501", "InternalServerError", STOP, STOP_MAYBE, STOP_MAYBE, STOP_MAYBE),
  row("redirect", "ApiError", STOP, STOP_MAYBE, STOP_MAYBE, STOP_MAYBE),
  // A success without the value that the operation returns. A delete returns nothing, and `{}` is something.
  row("json", "UnexpectedResponseError", STOP, STOP_MAYBE, STOP_MAYBE, STOP_MAYBE),
  row("empty", "UnexpectedResponseError", STOP, STOP_MAYBE, FINE, STOP_MAYBE),
];

/** The result of a call with the fault of a row at every request, if it may retry `maxRetries` times. */
function persistent({ error, expected }, operation, maxRetries) {
  const what = expected[operation];
  if (what === FINE) return { requests: 1, error: null };
  const { again, mayHaveSucceeded } = what;
  return { requests: again ? 1 + maxRetries : 1, error, mayHaveSucceeded };
}

/** The result of a call with the fault of a row once, if it may retry. */
function passing(row, operation) {
  return row.expected[operation]?.again
    ? { requests: 2, error: null }
    : persistent(row, operation, 1);
}

/**
 * A test for each fault and operation: the number of requests, the result, and whether the operation may have been
 * carried out. `carryOut` is `outcome` of outcome.mjs in the runtime that is tested.
 */
export async function testFaults(t, sandbox, carryOut) {
  const api = new CustomersApi({ token, baseUrl: sandbox.baseUrl });

  /** Carries out an operation on its own customer, and returns the result and the requests. */
  async function met(faults, operation, options) {
    const { id } = await api.create({ first_name: "Subject" });
    const { baseUrl, seen } = scenario(sandbox, faults);
    const result = await carryOut({ operation, id, options: { token, baseUrl, ...options } });
    return { requests: (await seen()).length, ...result };
  }

  /** Asserts the result of an operation and the number of its requests, with one of the time limits. */
  async function assertMet(what, { error }, operation, { faults, maxRetries, expected }) {
    const timeouts = error === "TimeoutError" ? TIMEOUTS.map((timeout) => ({ timeout })) : [{}];
    let result;
    for (const timeout of timeouts) {
      result = await met(faults, operation, { maxRetries, ...timeout });
      if (isDeepStrictEqual(result, expected)) return;
    }
    assert.deepEqual(result, expected, what);
  }

  const rows = table.flatMap((row) => operations.map((operation) => [row, operation]));
  await Promise.all(
    rows.map(([row, operation]) =>
      t.test(`${row.fault} × ${operation}`, async () => {
        const { fault } = row;
        // The second attempt finds that the customer is gone, which is a success.
        const isGone = operation === "delete" && fault === "truncate";
        await assertMet("without a retry", row, operation, {
          faults: [fault, fault, fault].join(),
          maxRetries: 0,
          expected: persistent(row, operation, 0),
        });
        await assertMet("with one retry", row, operation, {
          faults: [fault, fault, fault].join(),
          maxRetries: 1,
          expected: isGone ? { requests: 2, error: null } : persistent(row, operation, 1),
        });
        await assertMet("with one fault", row, operation, {
          faults: fault,
          maxRetries: 1,
          expected: passing(row, operation),
        });
      }),
    ),
  );
}
