// The proxy that a framework mounts, in front of the cell's sandbox.
import { createCustomersProxy } from "collins-customers/proxy";
import { options } from "./options.mjs";

export const proxy = createCustomersProxy({
  ...options,
  authorize: () => true,
  allow: ["list", "get", "create", "update", "delete"],
});
