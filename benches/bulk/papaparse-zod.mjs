import Papa from "papaparse";
import { check } from "../validators/zod.mjs";
import { faultsOf } from "./customer.mjs";

export const faultsIn = (bytes) => {
  const text = new TextDecoder().decode(bytes);
  const [, ...rows] = Papa.parse(text, { skipEmptyLines: true }).data;
  return faultsOf(rows, check);
};
