// The package as built by `cargo xtask build`, and clients whose requests are recorded.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, token } from "./sandbox.mjs";

/** The module that Node imports. */
export const module = pathToFileURL(join(root, "pkg/dist/node.js")).href;

export const {
  ApiError,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  CustomerFilter,
  CustomersApi,
  CustomersApiError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  TimeoutError,
  UnexpectedResponseError,
  UnprocessableEntityError,
  ValidationError,
  applyIssues,
  changes,
  fromForm,
  originalCause,
  schemas,
  validateCustomerUpdate,
  validateListFilter,
  validateNewCustomer,
} = await import(module);

/** An id in the form of the documentation. */
export const id = "5c7d9e0f1a2b3c4d5e6f7a8b";

/** A JSON answer. */
export const json = (value, init) => Response.json(value, init);

/** An answer that is a success for every operation: each reads its own envelope. */
export const anyAnswer = () => json({ customer: { id }, customers: [{ id }] });

/**
 * A client without a server: `answer(url, init)` answers instead. Returns the client and its requests.
 */
export function clientOf(answer = anyAnswer, options = {}) {
  const requests = [];
  const fetch = async (url, init) => {
    requests.push({ url, ...init });
    return answer(url, init);
  };
  const api = new CustomersApi({ token, baseUrl: "https://proxy.example/api", fetch, ...options });
  return { api, requests };
}

/** The five operations, as valid calls. */
export const calls = {
  list: (api, options) => api.list({}, options),
  get: (api, options) => api.get(id, options),
  update: (api, options) => api.update(id, { notes: "updated" }, options),
  delete: (api, options) => api.delete(id, options),
  create: (api, options) => api.create({ first_name: "Created" }, options),
};

/** The reason of a rejected promise; fails if it was not rejected. */
export async function rejection(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`it was not rejected, but resolved to ${typeof value}`);
}
