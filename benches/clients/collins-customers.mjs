// This client, as its users use it.

import { CustomersApi } from "../../pkg/dist/node.js";
import { withApi } from "./own.mjs";

export const clientWith = withApi(CustomersApi);
