// The entry `collins-customers/proxy`: a function from a request to an answer.

import { Exchange } from "./exchange.js";
import { readSettings } from "./settings.js";

/** Accepts a Request of any realm, because a framework may have a class of its own. */
const isRequest = (value) =>
  typeof value?.url === "string" && typeof value.headers?.get === "function";

const NO_REQUEST =
  "Expected a Request, such as c.req.raw in Hono. Node's http server needs an adapter, such as @hono/node-server";

export const createCustomersProxy = (options) => {
  const settings = readSettings(options);
  return (request, env, ctx) =>
    isRequest(request)
      ? new Exchange(settings, request, env, ctx).run()
      : Promise.reject(new TypeError(NO_REQUEST));
};
