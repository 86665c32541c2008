// Zod's documented fast path: valid values go through generated code, others through the usual parser.

import * as z from "zod";
import { newCustomer } from "./zod.mjs";

const compiled = z.compile(newCustomer, { strict: true });

export const check = (value) => compiled.safeParse(value).error?.issues ?? [];
export const parse = (value) => compiled.parse(value);
