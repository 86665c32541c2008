// The core in WebAssembly (core.rs), as the modules of this folder find it.

import { configurationError } from "./errors.js";

let core;
let compiling;

/**
 * Resolves when everything can be used. That is at once, but in browsers that refuse to compile a module
 * of this size synchronously.
 */
export let ready = Promise.resolve();

/** Called by the module itself, when it starts. */
export const connect = (instance) => {
  core = instance.constructor;
};

/** Called by a loader that cannot compile synchronously: what calls have to wait for. */
export const waitFor = (promise) => {
  ready = compiling = promise;
  // Whoever calls is told; nobody may have called.
  promise.catch(() => {});
};

const ALLOWED = "and that the Content Security Policy of the page allows 'wasm-unsafe-eval'";

/** The core, for functions that cannot wait. */
export const coreNow = () => {
  if (core) return core;
  throw configurationError(
    `The WebAssembly module is not here yet: see that ready, or init() of collins-customers/web, was awaited ${ALLOWED}`,
  );
};

/** The core, or a promise of it where it is still being compiled. */
export const coreSoon = () =>
  core || !compiling
    ? coreNow()
    : compiling.then(coreNow, (cause) => {
        throw configurationError(`WebAssembly could not be compiled: see cause, ${ALLOWED}`, {
          cause,
        });
      });
