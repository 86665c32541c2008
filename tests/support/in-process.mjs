// The sandbox inside the process, for tests that are not about connections.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./sandbox.mjs";

export const { createSandbox } = await import(
  pathToFileURL(join(root, "pkg/dist/sandbox/node.js")).href
);
