import * as collins from "collins-customers";
import { options } from "./options.mjs";
import { scenario } from "./scenario.mjs";

console.log(JSON.stringify(await scenario(collins, options)));
