// The same file in a fresh process: from before the import to the list of faults.

import { FLOOR } from "../bulk/contestants.mjs";
import { processes } from "../bulk/processes.mjs";
import { quantile, summary } from "../statistics.mjs";

export const work = "bulk: the same in a fresh process, with the import";
export const unit = `× ${FLOOR}`;
export const target = 0.2;

export async function measure(folder) {
  const all = await processes(folder);
  const timesOf = ({ runs }) => runs.map(({ milliseconds }) => milliseconds);
  const floor = quantile(timesOf(all.find(({ name }) => name === FLOOR)), 0.5);
  return all.map((contestant) => ({
    name: contestant.name,
    ...summary(timesOf(contestant).map((time) => time / floor)),
    milliseconds: quantile(timesOf(contestant), 0.5),
  }));
}
