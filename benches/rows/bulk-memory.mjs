// The same file in a fresh process: its peak memory, without the file's own bytes.

import { processes } from "../bulk/processes.mjs";
import { summary } from "../statistics.mjs";

export const work = "bulk: memory at the peak, besides the file";
export const unit = "MB";
export const target = null;

export async function measure(folder) {
  const all = await processes(folder);
  return all.map(({ name, runs }) => ({ name, ...summary(runs.map(({ bytes }) => bytes / 1e6)) }));
}
