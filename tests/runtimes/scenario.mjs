// The scenario of every cell of the matrix, with the package as its runtime imported it. It uses only what all
// platforms share, and returns plain data.

export async function scenario(collins, options) {
  const { ApiError, CustomerFilter, CustomersApi, NotFoundError, ValidationError } = collins;
  const { validateNewCustomer } = collins;
  const api = new CustomersApi(options);
  // A unique label, because a dev server may load its page twice.
  const labels = [`Matrix ${Math.random()}`];

  const issues = validateNewCustomer({ first_name: "Ada", email: "no address" });
  const created = await api.create({ first_name: "Ada", labels });
  const { customers, pagination } = await api.list(new CustomerFilter().labels(labels).limit(5));
  const read = await api.get(created.id);
  const updated = await api.update(created.id, { first_name: "Grace", notes: null });
  const deleted = await api.delete(created.id);
  const missing = await api.get(created.id).catch((error) => error);
  const refused = await api.get("..").catch((error) => error);

  return {
    issues: issues.map(({ path, code }) => `${path.join(".")}: ${code}`),
    created: created.first_name,
    listed: customers.map(({ id }) => id === created.id),
    total: pagination?.totalResults,
    read: read.labels[0] === labels[0],
    updated: updated.first_name,
    deleted: deleted === undefined,
    missing: {
      isNotFoundError: missing instanceof NotFoundError,
      isApiError: missing instanceof ApiError,
      isValidationError: missing instanceof ValidationError,
      status: missing.status,
    },
    refused: { isValidationError: refused instanceof ValidationError, code: refused.code },
  };
}

/** The expected result. */
export const expected = {
  issues: ["email: invalid_email"],
  created: "Ada",
  listed: [true],
  total: 1,
  read: true,
  updated: "Grace",
  deleted: true,
  missing: { isNotFoundError: true, isApiError: true, isValidationError: false, status: 404 },
  refused: { isValidationError: true, code: "validation" },
};
