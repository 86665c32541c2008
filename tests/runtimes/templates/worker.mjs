import * as collins from "collins-customers";
import { options } from "./options.mjs";
import { scenario } from "./scenario.mjs";

// While a worker starts it has neither a clock nor random numbers: creating a client must not need them.
const api = new collins.CustomersApi(options);
const filter = new collins.CustomerFilter().limit(1);

export default {
  async fetch() {
    await api.list(filter);
    return Response.json(await scenario(collins, options));
  },
};
