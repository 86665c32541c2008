import { ajvWith, newCustomer } from "./ajv-schema.mjs";
import { checkWith, parseWith } from "./ajv-use.mjs";

const validate = ajvWith().compile(newCustomer);

export const check = checkWith(validate);
export const parse = parseWith(validate);
