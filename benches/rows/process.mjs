// A fresh process: from before the import to after the first create.
//
// The target is 12 ms on a machine where the hand-written client took 8.8 ms. In both cases most of the time is Node
// loading its own `Response`, so only the ratio, 1.36, applies to other machines.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { builds, clientFile, pairs, validatorFile } from "../peers.mjs";
import { AGAIN } from "../rounds.mjs";
import { quantile, shuffled, summary } from "../statistics.mjs";

export const work = "fresh process: import + first create";
export const unit = "× hand-written";
export const target = 1.36;

const ROUNDS = 30;

export async function measure(folder) {
  const all = [];
  // A build of this package validates by itself.
  for (const [name, client] of builds) all.push({ name, files: [clientFile(client)], times: [] });
  for (const [name, client, validator] of [...pairs, [AGAIN, "hand", "hand"]])
    all.push({
      name,
      files: [clientFile(client), validatorFile(validator, folder)],
      times: [],
    });
  for (let round = 0; round < ROUNDS; round++)
    for (const { files, times } of shuffled(all)) {
      const output = execFileSync(
        process.execPath,
        [join(import.meta.dirname, "../first-create.mjs"), ...files],
        { encoding: "utf8" },
      );
      times.push(Number(output));
    }
  // One slow start of the floor would make a whole round look fast, so all are divided by its median.
  const floor = quantile(all.find(({ name }) => name === "hand-written").times, 0.5);
  return all.map(({ name, times }) => ({
    name,
    ...summary(times.map((time) => time / floor)),
    milliseconds: quantile(times, 0.5),
  }));
}
