// The memory of the module that was instantiated last. It is imported before the package, which keeps its instances to
// itself.

export let memory;

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(Instance, parameters) {
    const instance = new Instance(...parameters);
    memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
    return instance;
  },
});
