// The schemas have the types of the Standard Schema specification.

import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import {
  type CustomerListFilter,
  type CustomerUpdate,
  type Issue,
  type NewCustomer,
  schemas,
} from "collins-customers";
import { check, type Equal } from "./equal.js";

export const standard: StandardSchemaV1<NewCustomer> = schemas.newCustomer;
export const update: StandardSchemaV1<CustomerUpdate> = schemas.customerUpdate;
export const filter: StandardSchemaV1<CustomerListFilter> = schemas.listFilter;
export const json: StandardJSONSchemaV1<NewCustomer> = schemas.newCustomer;
check<Equal<StandardSchemaV1.InferInput<typeof schemas.newCustomer>, NewCustomer>>();
check<Equal<StandardSchemaV1.InferOutput<typeof schemas.customerUpdate>, CustomerUpdate>>();

// Beyond the specification: synchronous, and with issues of the package's own shape.
const result = schemas.newCustomer["~standard"].validate({});
if (result.issues) check<Equal<typeof result.issues, readonly Issue[]>>();
else check<Equal<typeof result.value, NewCustomer>>();

schemas.newCustomer["~standard"].jsonSchema.input({ target: "draft-2020-12" });
// @ts-expect-error
schemas.newCustomer["~standard"].jsonSchema.input();
// @ts-expect-error
schemas.newcustomer;
