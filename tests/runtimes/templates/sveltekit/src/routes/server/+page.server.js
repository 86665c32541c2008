import * as collins from "collins-customers";
import { options } from "../../../options.mjs";
import { scenario } from "../../../scenario.mjs";

export const load = async () => ({ outcome: await scenario(collins, options) });
