// A proxy in the real workerd.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { root } from "../../../tests/support/sandbox.mjs";

/** A module for miniflare, from a file of the checkout. */
export const module = (path, file = path) => {
  const contents = readFileSync(join(root, file));
  return path.endsWith(".wasm")
    ? { type: "CompiledWasm", path, contents }
    : { type: "ESModule", path, contents: contents.toString() };
};

/** The modules that every worker of the tests imports. */
export const modules = [module("pkg/dist/proxy/workerd.js"), module("pkg/dist/proxy/proxy.wasm")];

/** Starts a worker, until the test `t` is over. */
export async function startWorker(t, options) {
  const worker = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    compatibilityDate: "2026-07-30",
    ...options,
  });
  t?.after(() => worker.dispose());
  return { worker, url: (await worker.ready).href };
}

/** Starts a proxy with these options. Returns the URL at which it is mounted. */
export async function startProxy(t, options, settings) {
  const { url } = await startWorker(t, {
    ...settings,
    modules: [module("worker.mjs", "proxy/tests/support/worker.mjs"), ...modules],
    bindings: { OPTIONS: options },
  });
  return `${url}api`;
}
