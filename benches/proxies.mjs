// Proxies in one workerd, in front of a service in the same workerd, and a client that sends to each over HTTP.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Agent, request as send } from "node:http";
import { build } from "esbuild";
import { OWN } from "./peers.mjs";
import { rounds } from "./rounds.mjs";
import { startWorkerd } from "./workerd.mjs";

const PROXIES = {
  "bare pass-through": "bare",
  [OWN]: "own",
  "Hono + zod": "hono",
  "by hand": "hand",
  "the same duties, unchecked": "duties",
};

const SERVICE = `const customers = JSON.stringify({ customers: Array.from({ length: 10 }, (_, index) => ({
  id: "5c7d9e0f1a2b3c4d5e6f7a8" + index, first_name: "Ada", email: "ada@example.com", labels: ["VIP"] })) });
export default { async fetch(request) {
  await request.arrayBuffer();
  return new Response(customers, { status: request.method === "POST" ? 201 : 200, headers: { "Content-Type": "application/json" } });
} };`;

/** The number of requests under way at a time, as in a busy worker. */
const AT_ONCE = 8;

/**
 * The number of rounds before anything is measured: an isolate lives long, and code that runs once for each request is
 * compiled late.
 */
const WARM_UP = 2_500;

/** Measures the proxies with requests of this method, target and body. */
export async function measureProxies({ method, target, body, status }) {
  const wasm = readFileSync("pkg/dist/proxy/proxy.wasm");
  const workers = [{ name: "service", script: SERVICE }];
  for (const file of Object.values(PROXIES)) {
    const { outputFiles } = await build({
      entryPoints: [`benches/proxies/${file}.mjs`],
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
      external: ["*.wasm"],
    });
    workers.push({ name: file, script: outputFiles[0].text, wasm, outbound: "service" });
  }
  const { origins, end } = await startWorkerd(workers);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  try {
    const contestants = [];
    for (const [name, file] of Object.entries(PROXIES)) {
      const url = new URL(target, origins[file]);
      const headers = body && {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(body),
      };
      const ask = () =>
        new Promise((resolve, reject) => {
          const request = send(url, { method, headers, agent }, (response) => {
            assert.equal(response.statusCode, status, name);
            response.resume().on("end", resolve);
          });
          request.on("error", reject).end(body);
        });
      const work = () => Promise.all(Array.from({ length: AT_ONCE }, ask));
      for (let round = 0; round < WARM_UP; round++) await work();
      contestants.push({ name, work, isAsync: true });
    }
    return await rounds(contestants);
  } finally {
    agent.destroy();
    await end();
  }
}
