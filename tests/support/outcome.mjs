// One call and its result, as plain data.

/**
 * Carries out an operation on the customer `id`, with a client with these options. It uses nothing from outside of the
 * function, because it is also carried out in pages and in workers.
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
