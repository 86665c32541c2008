// The entry `collins-customers/proxy`: a function from a request to an answer.

import { Exchange } from "./exchange.js";
import { readSettings } from "./settings.js";

export const createCustomersProxy = (options) => {
  const settings = readSettings(options);
  return (request, env, ctx) => new Exchange(settings, request, env, ctx).run();
};
