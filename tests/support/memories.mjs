// The memories of all WebAssembly modules. Import it before the package, which does not expose its instances.

export const memories = [];

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(Instance, parameters) {
    const instance = new Instance(...parameters);
    for (const exported of Object.values(instance.exports))
      if (exported instanceof WebAssembly.Memory) memories.push(exported);
    return instance;
  },
});
