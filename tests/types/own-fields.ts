// An undocumented field, declared as in the comment on `Customer`.

import type { Customer, CustomersApi } from "collins-customers";
import { check, type Equal } from "./equal.js";

declare module "collins-customers" {
  interface Customer {
    loyalty_tier?: string;
  }
}

export async function tier(api: CustomersApi, id: string) {
  const customer: Customer = await api.get(id);
  check<Equal<typeof customer.loyalty_tier, string | undefined>>();
  const edited = await api.update(customer, { ...customer, loyalty_tier: "gold" });
  await api.update(edited, { loyalty_tier: "silver", notes: null });
  // @ts-expect-error
  await api.update(edited, { loyalty_tier: 5 });
}
