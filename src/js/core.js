// The core in WebAssembly (core.rs), for the modules of this folder.

import { configurationError } from "./errors.js";
import { call, failure, start as startNow, startLater as startSoon } from "./instances.js";

let core;

/**
 * Resolves when everything can be used. That is at once, except in browsers that refuse to compile a module
 * of this size synchronously.
 */
export let ready = Promise.resolve();

/** Runs a function of the module. A plain `wasm-pack build` has no loader, and a single instance. */
let run = (code) => code();

/** Called by a loader, with the compiled module and the bindings that the build wrote for it. */
export const start = (module, bindings) => {
  run = call;
  startNow(module, bindings);
};

/** Called by a loader that cannot compile synchronously. Calls wait for `promise`. */
export const startLater = (promise) => {
  run = call;
  ready = startSoon(promise);
  // Calls report a failure; without a call nobody needs to know.
  ready.catch(() => {});
  return ready;
};

/** The value that the running function of the module returns. */
let given;

/** Called by the module, whose functions return no string or object themselves: core.rs says why. */
export const give = (value) => {
  given = value;
};

/**
 * The same with a list of numbers, which must be copied from the memory of the module. A loop takes a fifth of
 * the time that `slice` and a spread take.
 */
export const giveNumbers = (numbers) => {
  const copy = [];
  for (let index = 0; index < numbers.length; index++) copy.push(numbers[index]);
  give(copy);
};

/** Makes a function of the module return what it passes to `give`. */
const returning =
  (ask) =>
  (...question) => {
    given = undefined;
    run(() => ask(...question));
    return given;
  };

/** Returns whether the module has handed over its functions, which it does once. */
export const isConnected = () => !!core;

/** Called by the module when its first instance starts, which nothing may free. */
export const connect = (instance) => {
  const { check, on } = instance.constructor;
  core = {
    instance,
    check: returning(check),
    on: returning(on),
  };
};

const ALLOWED = "and that the Content Security Policy of the page allows 'wasm-unsafe-eval'";

/** The core, for functions that cannot wait. */
export const coreNow = () => {
  if (core) return core;
  throw failure
    ? configurationError(`WebAssembly could not be compiled: see cause, ${ALLOWED}`, {
        cause: failure,
      })
    : configurationError(
        `The WebAssembly module is not here yet: see that ready, or init() of collins-customers/web, was awaited ${ALLOWED}`,
      );
};

/** The core, or a promise of it if it is still being compiled. */
export const coreSoon = () => core ?? ready.then(coreNow, coreNow);
