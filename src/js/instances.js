// The instances of a WebAssembly module, for its functions to be called by.
//
// An exception that passes through a module leaves it broken: its stack pointer stays where it was, and a lock of
// its allocator may stay taken. So an instance is used again only after a call that returned; after any other the
// next call gets a new one. And a call that is made while another one runs (by a getter of the user's that the
// first one reads) has an instance of its own, so that its end is its own affair.
//
// There is no `try` here on purpose: where the stack overflows, so would what cleans up after it.

/**
 * @param refuse Makes the error for whoever calls when there is no module, from a message and options.
 */
export const instancesOf = (refuse) => {
  let module;
  /** What the build writes for a module: its functions (`core`), and how an instance is made and used. */
  let bindings;
  let compiling;
  /** Why there is no module. */
  let failure;
  /** An instance that waits for a call. */
  let idle;
  /** The instance that the glue works with. */
  let current;

  const turnTo = (instance) => {
    // The glue keeps views of the memory as long as they are attached: to grow by nothing detaches them.
    if (current) bindings.memoryOf(current).grow(0);
    current = instance;
    bindings.use(instance);
  };

  const run = (instance, code) => {
    if (current !== instance) turnTo(instance);
    return code(bindings.core, bindings.memoryOf(instance));
  };

  const start = (compiled, its) => {
    bindings = its;
    module = compiled;
  };

  const instantiate = () => {
    if (!module)
      throw failure ?? refuse("The WebAssembly module is not here yet: await ready() first");
    const instance = new WebAssembly.Instance(module, bindings.imports).exports;
    turnTo(instance);
    bindings.begin(instance);
    return instance;
  };

  return {
    /** Takes the compiled module, and the bindings that the build wrote for it. */
    start,

    /** Takes both from a function that promises them. */
    startLater: (promise) => {
      compiling = Promise.resolve()
        .then(promise)
        .then(
          ([compiled, its]) => start(compiled, its),
          (cause) => {
            failure = refuse("WebAssembly could not be compiled: see cause", { cause });
            throw failure;
          },
        );
      // Whoever calls is told; nobody may have called.
      compiling.catch(() => {});
      return compiling;
    },

    /** Resolves when calls can be made, or rejects with what keeps them from it. */
    ready: () => Promise.resolve(compiling),

    /** Runs `code(core, memory)` in an instance that keeps nothing for the next call. */
    call: (code) => {
      const mine = idle ?? instantiate();
      idle = undefined;
      const result = run(mine, code);
      idle = mine;
      return result;
    },

    /**
     * An instance of one's own, for what keeps something between its calls. After an exception it can no longer be
     * called.
     */
    open: () => {
      let mine = instantiate();
      return (code) => {
        const instance = mine;
        mine = undefined;
        if (!instance) throw new Error("An earlier call of this instance ended with an exception");
        const result = run(instance, code);
        mine = instance;
        return result;
      };
    },

    /**
     * Runs code of the user's in the middle of a call, from a function that the module imports. That code may call
     * the module, so what it returned is read by the instance that asked.
     */
    outside: (code) => {
      const mine = current;
      const result = code();
      if (current !== mine) turnTo(mine);
      return result;
    },
  };
};
