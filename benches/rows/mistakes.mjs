// The list of issues that a form shows for a body with three mistakes.

import assert from "node:assert/strict";
import { mistaken, mistakes } from "../data.mjs";
import { builds, importBuild, importFile, validatorFile, validators } from "../peers.mjs";
import { rounds } from "../rounds.mjs";

export const work = "create: three mistakes → list of issues";
export const unit = "× `JSON.stringify`";
export const target = 1.4;

/** The field of an issue, in the form of each library. */
const field = ({ path, instancePath }) => {
  if (instancePath) return instancePath.slice(1);
  if (typeof path === "string") return path.replace("$input.", "");
  return path[0].key ?? path[0];
};

export async function measure(folder) {
  const contestants = [{ name: "JSON.stringify", work: () => JSON.stringify(mistaken) }];
  for (const [name, , folder] of builds) {
    const { validateNewCustomer } = await importBuild(folder);
    contestants.push({ name, work: () => validateNewCustomer(mistaken) });
  }
  for (const [name, file] of validators) {
    const { check } = await importFile(validatorFile(file, folder));
    contestants.push({ name, work: () => check(mistaken) });
  }
  for (const { name, work } of contestants.slice(1))
    assert.deepEqual([...new Set(work().map(field))].sort(), mistakes, name);
  return rounds(contestants);
}
