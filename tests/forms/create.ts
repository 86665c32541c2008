// The requests of all pages. The form has checked the rules, so only the service can refuse.

import { type Customer, CustomersApi, type NewCustomer } from "collins-customers";

const api = new CustomersApi({
  token: document.body.dataset.token,
  baseUrl: `${location.origin}/api`,
});

/**
 * Creates a customer. After the form has checked the post code, the country is added to it, so that only the service
 * refuses a post code of the greatest length.
 */
export function create(customer: NewCustomer): Promise<Customer> {
  const { company_address: address } = customer;
  const sent = address && { ...address, post_code: `GB-${address.post_code}` };
  return api.create({ ...customer, company_address: sent }, { validate: false });
}

/** Changes the customer that the page names to the values of the form. */
export async function edit(values: Parameters<typeof api.update>[1]): Promise<Customer> {
  const customer = await api.get(location.hash.slice(1));
  return api.update(customer, values);
}
