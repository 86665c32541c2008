import { check } from "ajv-compiled";
import { parse } from "csv-parse/sync";
import { faultsOf } from "./customer.mjs";

export const faultsIn = (bytes) => faultsOf(parse(bytes, { from_line: 2 }), check);
