// What `#module` leads to in the JavaScript of proxy/, bulk/ and sandbox/: the instances of their own module.

import { instancesOf } from "../src/js/instances.js";

export const { start, startLater, ready, call, open, outside } = instancesOf(
  (message, options) => new Error(message, options),
);
