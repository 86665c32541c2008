// The work of a form before it sends: check a valid body of eleven fields and write it as JSON.
//
// Our figure is `validateNewCustomer` and then `JSON.stringify`, as for every peer. `api.create` does the same.

import assert from "node:assert/strict";
import { validateNewCustomer } from "../../pkg/dist/node.js";
import { body, mistaken } from "../data.mjs";
import { importFile, OWN, validatorFile, validators } from "../peers.mjs";
import { rounds } from "../rounds.mjs";

export const work = "create: check + serialise, valid body of 11 fields";
export const unit = "× `JSON.stringify`";
export const target = 2.1;

const checked = (value) => {
  if (validateNewCustomer(value).length > 0) throw new Error("not a customer");
  return value;
};

export async function measure(folder) {
  const contestants = [
    { name: "JSON.stringify", work: () => JSON.stringify(body) },
    { name: OWN, work: () => JSON.stringify(checked(body)), refuse: () => checked(mistaken) },
  ];
  for (const [name, file] of validators) {
    const { parse } = await importFile(validatorFile(file, folder));
    const refuse = () => parse(mistaken);
    contestants.push({ name, work: () => JSON.stringify(parse(body)), refuse });
  }
  for (const { name, work, refuse } of contestants) {
    assert.deepEqual(JSON.parse(work()), body, name);
    if (refuse) assert.throws(refuse, `${name} does not check`);
  }
  return rounds(contestants);
}
