import * as collins from "collins-customers";
import { options } from "../../options.mjs";
import { scenario } from "../../scenario.mjs";

export default defineEventHandler(() => scenario(collins, options));
