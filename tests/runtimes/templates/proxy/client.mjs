// The scenario through a proxy, with these options.
import * as collins from "collins-customers";
import { scenario } from "./scenario.mjs";

const [, , options] = process.argv;
console.log(JSON.stringify(await scenario(collins, JSON.parse(options))));
