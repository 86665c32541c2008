// The core in WebAssembly (core.rs), as the modules of this folder find it.

import { configurationError } from "./errors.js";

let core;
let compiling;

/**
 * Resolves when everything can be used. That is at once, but in browsers that refuse to compile a module
 * of this size synchronously.
 */
export let ready = Promise.resolve();

/** What the function of the module that runs is to return. */
let given;

/** Called by the module: no function of it returns a text or an object itself, and core.rs says why. */
export const give = (value) => {
  given = value;
};

/** The same with a list of numbers, which lies in the memory of the module until it is copied. */
export const giveNumbers = (numbers) => give([...numbers]);

/** A function of the module that returns what it gives. */
const returning =
  (ask) =>
  (...question) => {
    given = undefined;
    ask(...question);
    return given;
  };

/** Called by the module itself, when it starts. */
export const connect = ({ constructor: { check, headers, answer, next } }) => {
  core = {
    check: returning(check),
    headers: returning(headers),
    answer: returning(answer),
    next: returning(next),
  };
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
