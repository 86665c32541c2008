// A whole list call with an immediate answer, for the rows "page" and "empty".

import { authorization, bareGet, clientOf, proven } from "./calls.mjs";
import { joined, toQuery } from "./clients/query.mjs";
import { baseUrl, fetchOf, someFilters } from "./data.mjs";
import { builds, clients } from "./peers.mjs";
import { rounds } from "./rounds.mjs";

export async function listCall(answer, customers) {
  const fetch = fetchOf(answer);
  const contestants = [
    { name: "fetch + json()", work: bareGet(fetch, toQuery(someFilters)), isAsync: true },
  ];
  const asked = {
    method: "GET",
    path: `${baseUrl}/customers`,
    query: joined(someFilters),
    authorization,
    body: "",
  };
  for (const [name, file] of [...builds, ...clients]) {
    const call = (client) => client.list(someFilters);
    await proven(name, file, undefined, answer, call, { result: customers, asked });
    const client = await clientOf(file, fetch);
    contestants.push({ name, work: () => client.list(someFilters), isAsync: true });
  }
  return rounds(contestants);
}
