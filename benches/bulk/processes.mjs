// Runs every contestant in fresh processes, for the rows `bulk-cold` and `bulk-memory`.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { shuffled } from "../statistics.mjs";
import { contestants } from "./contestants.mjs";
import { FAULTY, makeFile } from "./file.mjs";

const ROUNDS = 9;

/** Each contestant with the measurements of its processes. */
export async function processes(folder) {
  const path = join(folder, "customers.csv");
  writeFileSync(path, makeFile());
  const all = (await contestants(folder)).map((contestant) => ({ ...contestant, runs: [] }));
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, file, runs } of shuffled(all)) {
      const once = join(import.meta.dirname, "once.mjs");
      const output = execFileSync(process.execPath, [once, file, path], { encoding: "utf8" });
      const run = JSON.parse(output);
      assert.equal(run.length, FAULTY, name);
      runs.push(run);
    }
  return all;
}
