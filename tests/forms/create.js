// What both pages send. The rules were checked by the form, so only the service can refuse.

import { CustomersApi } from "collins-customers";

const api = new CustomersApi({
  token: document.body.dataset.token,
  baseUrl: `${location.origin}/api`,
});

/**
 * Creates a customer. The country goes before the post code after the form has checked it, so that a post
 * code of the greatest length is one that only the service refuses.
 */
export const create = (values) =>
  api.create(
    { ...values, company_address: { post_code: `GB-${values.company_address.post_code}` } },
    { validate: false },
  );
