// The entry as built by `cargo xtask build`.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../../tests/support/sandbox.mjs";

const entry = (name) => import(pathToFileURL(join(root, "pkg/dist/bulk", name)).href);

export const { checkFile, exportCustomers, importCustomers } = await entry("node.js");

export const { openJournal } = await entry("file-journal.js");

export const command = join(root, "pkg/dist/cli.js");
