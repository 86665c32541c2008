// The target of `#module` in the JavaScript of proxy/, bulk/ and sandbox/: the instances of their own module.

import {
  call as callNow,
  failure,
  isStarted,
  open as openNow,
  startLater as startSoon,
} from "../src/js/instances.js";

export { outside, start } from "../src/js/instances.js";

let started;

export const startLater = (promise) => {
  started = startSoon(promise);
  // A call reports it; without a call nobody needs to know.
  started.catch(() => {});
};

/** Resolves when calls can be made, or rejects with the reason why they cannot. */
export const ready = () => Promise.resolve(started);

const sure = () => {
  if (failure) throw new Error("WebAssembly could not be compiled: see cause", { cause: failure });
  if (!isStarted())
    throw new Error("The WebAssembly module is not here yet: await ready() before the first call");
};

export const call = (code) => {
  sure();
  return callNow(code);
};

export const open = () => {
  sure();
  return openNow();
};
