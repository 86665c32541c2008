// The rules as functions, and their limits as data.

import { COMPANY_ADDRESS, NEW_CUSTOMER } from "./contract.js";
import { coreNow } from "./core.js";
import { describe } from "./outline.js";
import { OF_CREATE, OF_LIST, OF_UPDATE } from "./values.js";

const check = (value, subject) => describe(value, subject).check(coreNow()).issues;

export const validateNewCustomer = (value) => check(value, OF_CREATE);
export const validateCustomerUpdate = (value) => check(value, OF_UPDATE);
export const validateListFilter = (value) => check(value, OF_LIST);

const limitsOf = (table) =>
  Object.freeze(
    Object.fromEntries(
      table.flatMap(([name, kind, max]) => {
        if (kind === "address") return [[name, limitsOf(COMPANY_ADDRESS)]];
        return max ? [[name, max]] : [];
      }),
    ),
  );

export const fieldLimits = limitsOf(NEW_CUSTOMER);
