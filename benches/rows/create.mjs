// What a form does before it sends: check a valid body of eleven fields and write it as JSON.
//
// Our figure is `validateNewCustomer` and then `JSON.stringify`, because that is what one does with every
// peer. The text is made twice there: the validator checks the text of the value. `api.create` makes it once
// and sends what it checked; the second line is what that costs: a create whose `fetch` answers with the
// least that a client takes, less a get of the same client, which has no body and the rest in common.

import assert from "node:assert/strict";
import { CustomersApi, validateNewCustomer } from "../../pkg/dist/inline.js";
import { baseUrl, body, mistaken, token } from "../data.mjs";
import { importFile, OWN, validatorFile, validators } from "../peers.mjs";
import { rounds } from "../rounds.mjs";

export const work = "create: check + serialise, valid body of 11 fields";
export const unit = "× `JSON.stringify`";
export const reach = 1.9;

const checked = (value) => {
  if (validateNewCustomer(value).length > 0) throw new Error("not a customer");
  return value;
};

/** The text that `api.create` sends, and the call that it is taken from. */
function inCreate() {
  let sent;
  const answer = {
    status: 200,
    ok: true,
    headers: { get: () => null },
    text: async () => `{"customer":{}}`,
  };
  const fetch = async (_, { body }) => {
    sent = body;
    return answer;
  };
  const api = new CustomersApi({ token, baseUrl, fetch });
  return {
    name: `${OWN}, inside api.create`,
    isAsync: true,
    work: async () => {
      await api.create(body);
      return sent;
    },
    without: () => api.get("5c7d9e0f1a2b3c4d5e6f7a8b"),
    refuse: () => api.create(mistaken),
  };
}

export async function measure(folder) {
  const contestants = [
    { name: "JSON.stringify", work: () => JSON.stringify(body) },
    { name: OWN, work: () => JSON.stringify(checked(body)), refuse: () => checked(mistaken) },
  ];
  contestants.push(inCreate());
  for (const [name, file] of validators) {
    const { parse } = await importFile(validatorFile(file, folder));
    const refuse = () => parse(mistaken);
    contestants.push({ name, work: () => JSON.stringify(parse(body)), refuse });
  }
  for (const { name, work, refuse } of contestants) {
    assert.deepEqual(JSON.parse(await work()), body, name);
    if (refuse) await assert.rejects(async () => refuse(), `${name} does not check`);
  }
  return rounds(contestants);
}
