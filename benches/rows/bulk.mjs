// A file of 100 000 customers, from its bytes in memory to the list of its faults, again and again in one process.
//
// A round takes seconds, so there are few; the result of each is a ratio, as in all rows.

import assert from "node:assert/strict";
import { contestants, FLOOR } from "../bulk/contestants.mjs";
import { copy } from "../bulk/copy.mjs";
import { FAULTY, makeFile } from "../bulk/file.mjs";
import { importFile } from "../peers.mjs";
import { AGAIN } from "../rounds.mjs";
import { shuffled, summary } from "../statistics.mjs";

export const work = "bulk: 100 000 rows of CSV, 14.6 MB, to the list of faults";
export const unit = `× ${FLOOR}`;
export const target = 0.2;

const ROUNDS = 15;
const WARM_UP = 3;

export async function measure(folder) {
  const file = makeFile();
  const all = [];
  for (const { name, file: path } of await contestants(folder)) {
    const { faultsIn } = await importFile(path);
    all.push({ name, faultsIn, times: [] });
  }
  const floor = all.find(({ name }) => name === FLOOR);
  all.push({ ...floor, name: AGAIN, times: [] });
  for (const { name, faultsIn } of all)
    for (let round = 0; round < WARM_UP; round++)
      assert.equal((await faultsIn(file)).length, FAULTY, name);
  all.push({ name: "copying the bytes into a module", faultsIn: copy, times: [] });
  for (let round = 0; round < ROUNDS; round++)
    for (const { faultsIn, times } of shuffled(all)) {
      globalThis.gc();
      const begin = performance.now();
      await faultsIn(file);
      times.push(performance.now() - begin);
    }
  return all.map(({ name, times }) => ({
    name,
    ...summary(times.map((time, round) => time / floor.times[round])),
    milliseconds: summary(times).value,
  }));
}
