// A proxy in Node, behind a server as in production.

import { serve } from "@hono/node-server";
import { createCustomersProxy } from "./package.mjs";

/** Starts one, until the test `t` is over. Returns the URL at which it is mounted. */
export async function startProxy(t, options) {
  const proxy = createCustomersProxy(options);
  const server = await new Promise((resolve) => {
    const started = serve({ fetch: proxy, port: 0, hostname: "127.0.0.1" }, () => resolve(started));
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}${options.basePath ?? "/api"}`;
}
