// `require` gets the same declarations.

import { CustomerFilter, CustomersApi, NotFoundError } from "collins-customers";

export const api: CustomersApi = new CustomersApi({ token: "t" });
api.list(new CustomerFilter().labels(["VIP"])).catch((error: unknown) => {
  if (error instanceof NotFoundError) return error.status;
  throw error;
});
// @ts-expect-error
new CustomerFilter().optedInDate("2019-01-01");

// What a dynamic import gives has the declarations of ES modules, and both are one type.
export const imported: Promise<CustomersApi> = import("collins-customers").then(
  (module) => new module.CustomersApi({ token: "t" }),
);
