// The scenario with a user's `fetch`, whose bodies are Node streams, and the issues of a 422.
import * as collins from "collins-customers";
import * as own from "own-fetch";
import { options } from "./options.mjs";
import { scenario } from "./scenario.mjs";

// CommonJS has its function as the default export, at one depth or the other.
const fetch = own.default.default ?? own.default;
const given = { ...options, fetch };
const result = await scenario(collins, given);

const api = new collins.CustomersApi(given);
const refused = api.create({ email: "no address" }, { validate: false });
const { issues, body } = await refused.catch((error) => error);
const [{ path, message }] = issues;
if (path[0] !== "email" || !message || !body.errors.email.includes(message))
  throw new Error("the body and the issues of a 422 are lost");
console.log(JSON.stringify(result));
