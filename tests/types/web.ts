// `collins-customers/web` has the same exports and `init`.

import type { CustomersApi } from "collins-customers";
import { init, type CustomersApi as WebCustomersApi } from "collins-customers/web";
import { check, type Equal } from "./equal.js";

check<Equal<typeof WebCustomersApi, typeof CustomersApi>>();
export const ready: Promise<void> = init();
init(new URL("https://example.com/collins_customers.wasm"));
init(fetch("https://example.com/collins_customers.wasm"));
// @ts-expect-error
init(null);
