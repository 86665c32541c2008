// Times contestants as ratios to a floor.
//
// tinybench and mitata run one contestant to its end before the next one begins, so a machine that is
// busy for a second, or a processor that becomes warm, affects only one of them. Here every contestant works a
// few milliseconds in each round, in shuffled order, and is divided by the floor of the same round: whatever
// slows down a whole round cancels out. The floor takes part a second time, under another name, which shows
// how much the results of two equal things differ.

import { setImmediate } from "node:timers/promises";
import { shuffled, summary } from "./statistics.mjs";

const ROUNDS = 80;
// On a busy machine the results of equal things differ more. Then more rounds are added, whatever the others measure.
const MOST_ROUNDS = 240;
const NOISE = 0.05;
const BATCH = 10; // milliseconds: enough for the clock, and short compared with other work of the machine
const WARM_UP = 150; // milliseconds, until the optimising compiler has compiled everything

/** The name under which the floor takes part a second time. */
export const AGAIN = "noise";

// The last result of a contestant: the compiler might remove work whose result is not used.
export let kept;

/** Runs the work this many times. Returns the milliseconds that it took. */
async function time({ work, isAsync }, times) {
  const begin = performance.now();
  if (isAsync) for (let index = 0; index < times; index++) kept = await work();
  else for (let index = 0; index < times; index++) kept = work();
  return performance.now() - begin;
}

/** Collects the garbage of the contestant before, and lets timers run. */
async function rest() {
  globalThis.gc({ type: "minor" });
  await setImmediate();
}

/** The number of runs that fill a batch. */
async function calibrate(contestant) {
  let times = 1;
  let spent = 0;
  for (let last = 0; spent < WARM_UP || last < BATCH / 2; spent += last) {
    last = await time(contestant, times);
    if (last < BATCH / 2) times *= 2;
  }
  // The fastest of three: an interruption of one of them would make every batch too short.
  let fastest = Infinity;
  for (let attempt = 0; attempt < 3; attempt++) {
    await rest();
    fastest = Math.min(fastest, await time(contestant, times));
  }
  return Math.max(1, Math.round((times * BATCH) / fastest));
}

/** The time of one run of a contestant's work, in milliseconds. */
async function once(contestant) {
  await rest();
  return (await time(contestant, contestant.times)) / contestant.times;
}

/**
 * @param contestants `{ name, work }`, the first of them the floor. `isAsync` if work returns promises.
 * @returns Their medians of the ratios to the floor, with the microseconds of one run of the work.
 */
export async function rounds(contestants) {
  const [floor] = contestants;
  const all = [...contestants, { ...floor, name: AGAIN }].map((contestant) => ({
    ...contestant,
    ratios: [],
    times: 0,
    microseconds: [],
  }));
  for (const contestant of all) contestant.times = await calibrate(contestant);
  const isNoisy = () => Math.abs(summary(all.at(-1).ratios).value - 1) > NOISE;
  for (let round = 0; round < ROUNDS || (round < MOST_ROUNDS && isNoisy()); round++) {
    const took = new Map();
    for (const contestant of shuffled(all)) {
      took.set(contestant, await once(contestant));
    }
    for (const [contestant, milliseconds] of took) {
      contestant.ratios.push(milliseconds / took.get(all[0]));
      contestant.microseconds.push(milliseconds * 1000);
    }
  }
  return all.map(({ name, ratios, microseconds }) => ({
    name,
    ...summary(ratios),
    microseconds: summary(microseconds).value,
  }));
}
