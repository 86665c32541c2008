// What all pages send. The rules were checked by the form, so only the service can refuse.

import { type Customer, CustomersApi, type NewCustomer } from "collins-customers";

const api = new CustomersApi({
  token: document.body.dataset.token,
  baseUrl: `${location.origin}/api`,
});

/**
 * Creates a customer. The country goes before the post code after the form has checked it, so that a post
 * code of the greatest length is one that only the service refuses.
 */
export function create(customer: NewCustomer): Promise<Customer> {
  const { company_address: address } = customer;
  const sent = address && { ...address, post_code: `GB-${address.post_code}` };
  return api.create({ ...customer, company_address: sent }, { validate: false });
}

/** Changes the customer that the page names, as a form of it was filled in. */
export async function edit(values: Parameters<typeof api.update>[1]): Promise<Customer> {
  const customer = await api.get(location.hash.slice(1));
  return api.update(customer, values);
}
