// Properties that a script may add to the prototype of all objects, for programs that use the package meanwhile.

/** The names of the evil functions that were called. */
export const evil = [];

export const note = (name) => () => {
  evil.push(name);
};

const aborted = new AbortController();
aborted.abort("evil");
export const abortedSignal = aborted.signal;

/** The parts of a property descriptor, which every object may inherit as well. */
export const descriptorParts = {
  enumerable: true,
  configurable: false,
  writable: false,
  value: "evil",
  get: note("get"),
  set: note("set"),
};

/** Lets every object inherit a property; none if the name is empty. */
export function inherit(name, value) {
  evil.length = 0;
  if (!name) return;
  Object.defineProperty(Object.prototype, name, {
    __proto__: null,
    value,
    configurable: true,
    writable: true,
    enumerable: true,
  });
}
