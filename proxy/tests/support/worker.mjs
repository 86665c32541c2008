// The worker of the tests: a proxy whose options come as a binding.

import { createCustomersProxy } from "./pkg/dist/proxy/workerd.js";

let proxy;

export default {
  fetch(request, env, ctx) {
    const { scope, ...options } = env.OPTIONS;
    proxy ??= createCustomersProxy({ ...options, authorize: () => scope ?? true });
    return proxy(request, env, ctx);
  },
};
