// What is done to the package where the stack ends: errors of the stack leave the module at every place that they
// can leave it from. Afterwards everything must work as before.

const customer = { email: "no address", dob: "2024-02-30", labels: ["a", 5, "c"] };

/** So many frames of the walk try, from the end of the stack upwards, and so many more once one succeeds. */
const [FRAMES, MORE] = [80, 4];

/** @param collins The package. @returns How many calls ended with an error of the stack. */
export function overflow({ CustomerFilter, validateNewCustomer }, rounds) {
  // Sizes for which the memory of the module must grow are among them.
  const sizes = Array.from({ length: rounds }, (_, round) =>
    round % 20 ? 20 : (round * 7919) % 1_000_003,
  );
  const calls = [
    () => validateNewCustomer(customer).length,
    (size) => validateNewCustomer({ email: "é".repeat(size) }).length,
    () => CustomerFilter.parse("labels=a&limit=9").toQueryString().length,
  ];
  const expected = calls.map((call) => call(20));
  // An engine compiles what is new to it, which takes more stack than running it.
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
