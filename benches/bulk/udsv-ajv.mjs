import { check } from "ajv-compiled";
import { inferSchema, initParser } from "udsv";
import { faultsOf } from "./customer.mjs";

export const faultsIn = (bytes) => {
  const text = new TextDecoder().decode(bytes);
  const parser = initParser(inferSchema(text));
  return faultsOf(parser.stringArrs(text), check);
};
