// The worker of the tests: a proxy whose options come as a binding.

import { createCustomersProxy } from "./pkg/dist/proxy/workerd.js";

let proxy;

export default {
  fetch(request, env, ctx) {
    const { scope, afterwards, ...options } = env.OPTIONS;
    proxy ??= createCustomersProxy({ ...options, authorize: () => scope ?? true });
    // Work that a worker still does when its caller is gone keeps the whole request alive.
    if (afterwards) ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, afterwards)));
    return proxy(request, env, ctx);
  },
};
