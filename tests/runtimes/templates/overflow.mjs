// Calls the package near the end of the stack, so that stack overflows happen at every possible place in the module.
// Afterwards everything must work as before.

const customer = { email: "no address", dob: "2024-02-30", labels: ["a", 5, "c"] };

/** The number of frames that try, from the end of the stack upwards, and of further ones once one succeeds. */
const [FRAMES, MORE] = [80, 4];

/** @param collins The package. @returns The number of calls that ended with a stack overflow. */
export function overflow({ CustomerFilter, validateNewCustomer }, rounds) {
  // For some of the sizes the memory of the module must grow.
  const sizes = Array.from({ length: rounds }, (_, round) =>
    round % 20 ? 20 : (round * 7919) % 1_000_003,
  );
  const calls = [
    () => validateNewCustomer(customer).length,
    (size) => validateNewCustomer({ email: "é".repeat(size) }).length,
    () => CustomerFilter.parse("labels=a&limit=9").toQueryString().length,
  ];
  const expected = calls.map((call) => call(20));
  // An engine compiles new code, which needs more stack than running it.
  for (let index = 0; index < 10_000; index++) for (const call of calls) call(20);

  let overflows = 0;
  let left;
  const walk = (call, size) => {
    try {
      walk(call, size);
    } catch {
      left = FRAMES;
    }
    if (left-- <= 0) return;
    try {
      call(size);
      left = Math.min(left, MORE);
    } catch {
      overflows++;
    }
  };
  for (const [round, size] of sizes.entries()) walk(calls[round % calls.length], size);

  for (let index = 0; index < 2_000; index++)
    for (const [number, call] of calls.entries())
      if (call(20) !== expected[number]) throw new Error(`call ${number} gives ${call(20)}`);
  return overflows;
}
