// The entry as built by `cargo xtask build`.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../../tests/support/sandbox.mjs";

const from = (file) => import(pathToFileURL(join(root, "pkg/dist/proxy", file)).href);

export const { createCustomersProxy } = await from("node.js");
export const { createMemoryLedger } = await from("memory.js");
export const { attacks, complaints, runAttack, runAttacks, sendRaw } = await from("attacks.js");
