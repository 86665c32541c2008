// Run as a process of its own: node --expose-gc memory-of.mjs <client's file> [<validator's file>]
// Prints by how many bytes memory has grown over 10 000 calls, after 1 000 calls to warm up.

import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { memories } from "../tests/support/memories.mjs";
import { answers, baseUrl, body, someFilters, token } from "./data.mjs";

const [client, validator] = process.argv.slice(2).map((file) => pathToFileURL(file).href);
const [{ clientWith }, { parse }] = await Promise.all([
  import(client),
  validator ? import(validator) : {},
]);

const { page, customer, created } = answers;
const fetch = async (url, { method }) => {
  if (method === "DELETE") return new Response(null, { status: 204 });
  const answer = method === "POST" ? created : url.includes("?") ? page : customer;
  return new Response(answer.text, answer);
};
const api = clientWith(parse)({ token, baseUrl, fetch });

/** Makes so many calls, of all five operations. */
async function calls(number) {
  for (let index = 0; index < number; index += 5) {
    const { length } = await api.list(someFilters);
    const { id } = await api.create(body);
    await api.get(id);
    await api.update(id, { notes: `${index}` });
    await api.delete(id);
    if (length !== 30) throw new Error("not the page that was answered");
  }
}

/** The memory in use after garbage collection. Finalizers run between turns. */
async function used() {
  for (let turn = 0; turn < 4; turn++) {
    globalThis.gc();
    await setTimeout(20);
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  const wasm = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  return { heap: heapUsed, external: external + arrayBuffers, wasm };
}

await calls(1_000);
const before = await used();
await calls(10_000);
const after = await used();
console.log(
  JSON.stringify({
    heap: after.heap - before.heap,
    external: after.external - before.external,
    wasm: after.wasm,
    wasmGrown: after.wasm - before.wasm,
  }),
);
