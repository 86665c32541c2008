// The demo as it is deployed: the page, the worker of edge/ in workerd, and the sandbox behind it.
// `cargo xtask demo --edge` runs it after a build: node xtask/edge.mjs <the sandbox's origin> <port>

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

const dist = resolve("pkg/dist/proxy");

/** The files that the worker imports, as wrangler would find them in the installed package. */
const installed = {
  name: "installed",
  setup(build) {
    build.onResolve({ filter: /^collins-customers\/proxy$/ }, () => ({
      path: resolve(dist, "workerd.js"),
    }));
    build.onResolve({ filter: /^collins-customers\/proxy\/cloudflare$/ }, () => ({
      path: resolve(dist, "cloudflare.js"),
    }));
    build.onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path, external: true }));
  },
};

/**
 * The page comes from the sandbox, and its API from the worker. The worker's requests to the sandbox come through here,
 * too: the worker removes the header by which the page asks for faults, so it is added again.
 */
const SITE = `const HEADER = "x-sandbox-fault";
const faults = new Map();

export default {
  fetch(request, env) {
    const { origin, pathname, search } = new URL(request.url);
    const isOfApi = pathname === "/api" || pathname.startsWith("/api/");
    if (!isOfApi) return fetch(env.SANDBOX + pathname + search, { redirect: "manual" });
    const call = request.method + " " + pathname;
    if (origin !== env.SANDBOX) {
      faults.set(call, request.headers.get(HEADER));
      return env.EDGE.fetch(request);
    }
    const fault = faults.get(call);
    faults.delete(call);
    const headers = new Headers(request.headers);
    if (fault) headers.set(HEADER, fault);
    return fetch(new Request(request, { headers }));
  },
};`;

/** Starts both workers; resolves to their miniflare and its URL. */
export async function startEdge({ sandbox, port = 0, token = "sandbox" }) {
  const { outputFiles } = await build({
    entryPoints: ["edge/src/worker.js"],
    bundle: true,
    format: "esm",
    write: false,
    external: ["cloudflare:*"],
    plugins: [installed],
  });
  // The page sends this key, as it does to the sandbox.
  const key = createHash("sha256").update("sandbox").digest("hex");
  const compatibilityDate = "2026-07-30";
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port,
    workers: [
      {
        name: "site",
        compatibilityDate,
        modules: true,
        script: SITE,
        bindings: { SANDBOX: sandbox },
        serviceBindings: { EDGE: "edge" },
      },
      {
        name: "edge",
        compatibilityDate,
        compatibilityFlags: ["enable_request_signal"],
        outboundService: "site",
        modules: [
          { type: "ESModule", path: "worker.js", contents: outputFiles[0].text },
          {
            type: "CompiledWasm",
            path: "proxy.wasm",
            contents: readFileSync(`${dist}/proxy.wasm`),
          },
        ],
        durableObjects: { LEDGER: { className: "Ledger", useSQLite: true } },
        bindings: {
          BASE_URL: `${sandbox}/api`,
          ALLOW: ["list", "get", "create", "update", "delete"],
          ORIGINS: [],
          TENANTS: {},
          COLLINS_TOKEN: token,
          CALLERS: JSON.stringify({ [key]: { tenant: "demo" } }),
        },
      },
    ],
  });
  return { miniflare, origin: (await miniflare.ready).origin };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , sandbox, port] = process.argv;
  // miniflare ends it with this process.
  const { origin } = await startEdge({ sandbox, port: Number(port) });
  console.log(`the page and the worker: ${origin}`);
}
