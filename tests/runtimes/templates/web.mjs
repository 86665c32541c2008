import { readFile } from "node:fs/promises";
import * as collins from "collins-customers/web";
import { options } from "./options.mjs";
import { scenario } from "./scenario.mjs";

const file = new URL(import.meta.resolve("collins-customers/collins_customers.wasm"));
await collins.init(await readFile(file));
console.log(JSON.stringify(await scenario(collins, options)));
