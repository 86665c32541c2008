// One call and what came of it, as plain data.

/**
 * Carries out an operation on the customer `id`, with a client of these options. It stands on nothing
 * outside of itself, because it is carried out in pages and in workers too.
 */
export async function outcome({ module, operation, id, options }) {
  const { CustomersApi } = await import(module);
  const api = new CustomersApi(options);
  const operations = {
    list: () => api.list({ limit: 2 }),
    get: () => api.get(id),
    update: () => api.update(id, { notes: "updated" }),
    delete: () => api.delete(id),
    create: () => api.create({ first_name: "Created" }),
  };
  try {
    await operations[operation]();
    return { error: null };
  } catch ({ name, mayHaveSucceeded }) {
    return { error: name, mayHaveSucceeded };
  }
}
