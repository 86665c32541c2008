// The entry as `cargo xtask build` left it.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../../tests/support/sandbox.mjs";

export const { checkFile, exportCustomers } = await import(
  pathToFileURL(join(root, "pkg/dist/bulk/node.js")).href
);

export const command = join(root, "pkg/dist/cli.js");
