// A whole create: check, serialise, send, read the answer. It has no target.

import { authorization, barePost, clientOf, proven } from "../calls.mjs";
import { answers, baseUrl, body, fetchOf } from "../data.mjs";
import { builds, importFile, pairs, validatorFile } from "../peers.mjs";
import { rounds } from "../rounds.mjs";

export const work = "a whole create, checked, injected `fetch`";
export const unit = "× `fetch` + `json()`";
export const target = null;

export async function measure(folder) {
  const answer = answers.created;
  const fetch = fetchOf(answer);
  const contestants = [{ name: "fetch + json()", work: barePost(fetch, body), isAsync: true }];
  const asked = { method: "POST", path: `${baseUrl}/customers`, query: {}, authorization, body };
  const result = JSON.parse(answer.text).customer;
  // A build of this package validates by itself.
  const own = builds.map(([name, file]) => [name, file, null]);
  for (const [name, file, validator] of [...own, ...pairs]) {
    const { parse } = validator ? await importFile(validatorFile(validator, folder)) : {};
    await proven(name, file, parse, answer, (client) => client.create(body), { result, asked });
    const client = await clientOf(file, fetch, parse);
    contestants.push({ name, work: () => client.create(body), isAsync: true });
  }
  return rounds(contestants);
}
