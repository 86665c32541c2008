// The work of a form before it sends: check a valid body of eleven fields and write it as JSON.
//
// Our figure is `validateNewCustomer` and then `JSON.stringify`, as for every peer. `api.create` does the same.

import assert from "node:assert/strict";
import { body, mistaken } from "../data.mjs";
import { builds, importBuild, importFile, validatorFile, validators } from "../peers.mjs";
import { rounds } from "../rounds.mjs";

export const work = "create: check + serialise, valid body of 11 fields";
export const unit = "× `JSON.stringify`";
export const target = 2.1;

/** What a form does with a build of this package. */
const parseWith = (validateNewCustomer) => (value) => {
  if (validateNewCustomer(value).length > 0) throw new Error("not a customer");
  return value;
};

export async function measure(folder) {
  const contestants = [{ name: "JSON.stringify", work: () => JSON.stringify(body) }];
  const add = (name, parse) => {
    const refuse = () => parse(mistaken);
    contestants.push({ name, work: () => JSON.stringify(parse(body)), refuse });
  };
  for (const [name, , folder] of builds)
    add(name, parseWith((await importBuild(folder)).validateNewCustomer));
  for (const [name, file] of validators)
    add(name, (await importFile(validatorFile(file, folder))).parse);
  for (const { name, work, refuse } of contestants) {
    assert.deepEqual(JSON.parse(work()), body, name);
    if (refuse) assert.throws(refuse, `${name} does not check`);
  }
  return rounds(contestants);
}
