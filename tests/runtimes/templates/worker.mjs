import * as collins from "collins-customers";
import { options } from "./options.mjs";
import { scenario } from "./scenario.mjs";

export default {
  fetch: async () => Response.json(await scenario(collins, options)),
};
