// The instances of the WebAssembly module.
//
// An exception that passes through a module breaks its instance: the stack pointer stays where it was, and the lock of
// the allocator may stay taken. So an instance is used again only after a call that returned; otherwise the next call
// gets a new one. A call that is made while another one runs (by a getter of the user's that the first one reads) has
// its own instance, so that its failure does not affect the other.
//
// There is no `finally` on purpose: if the stack overflows, the clean-up would overflow, too.

let module;
/** The bindings that the build writes for a module: its functions (`core`), and the making and use of an instance. */
let bindings;
/** An instance that waits for a call. */
let idle;
/** The instance that the glue works with. */
let current;

/** True if the module came by `startLater`. */
let isLate = false;

/** The reason why there is no module, once that is known. */
export let failure;

const turnTo = (instance) => {
  // The glue keeps views of the memory as long as they are attached: growing it by nothing detaches them.
  if (current) bindings.memoryOf(current).grow(0);
  current = instance;
  bindings.use(instance);
};

const begin = ({ exports }) => {
  turnTo(exports);
  bindings.begin(exports);
  return exports;
};

const instantiate = () => {
  try {
    return begin(new WebAssembly.Instance(module, bindings.imports));
  } catch (cause) {
    // A browser that refuses to do this synchronously prepares an instance for the next calls.
    if (isLate) prepare().catch(() => {});
    throw cause;
  }
};

const prepare = async () => {
  const instance = await WebAssembly.instantiate(module, bindings.imports);
  idle = begin(instance);
};

const run = (instance, code) => {
  if (current !== instance) turnTo(instance);
  return code(bindings.core, bindings.memoryOf(instance));
};

export const isStarted = () => !!module;

/** Takes the compiled module, and the bindings that the build wrote for it. */
export const start = (compiled, its) => {
  [module, bindings] = [compiled, its];
  idle = instantiate();
};

/**
 * Takes both from a function that returns a promise of them, for browsers that refuse to do any of this synchronously.
 * Resolves when calls can be made.
 */
export const startLater = async (promise) => {
  try {
    [module, bindings] = await promise();
    await prepare();
    isLate = true;
    failure = undefined;
  } catch (cause) {
    failure = cause;
    throw cause;
  }
};

/** Runs `code(core, memory)` in an instance that keeps nothing for the next call. */
export const call = (code) => {
  const mine = idle ?? instantiate();
  idle = undefined;
  const result = run(mine, code);
  idle = mine;
  return result;
};

/**
 * Opens an instance that keeps its state between calls. After an exception it can no longer be called.
 */
export const open = () => {
  let mine = instantiate();
  return (code) => {
    const instance = mine;
    mine = undefined;
    if (!instance) throw new Error("An earlier call of this instance ended with an exception");
    const result = run(instance, code);
    mine = instance;
    return result;
  };
};

/**
 * Runs the user's code in the middle of a call, from a function that the module imports. That code may call the
 * module, so the calling instance is restored before the result is read.
 */
export const outside = (code) => {
  const mine = current;
  const result = code();
  if (current !== mine) turnTo(mine);
  return result;
};
