// The operations of this client, in any of its builds: it validates by itself.

export const withApi = (CustomersApi) => () => (options) => {
  const api = new CustomersApi(options);
  return {
    list: async (filters) => (await api.list(filters)).customers,
    create: (customer) => api.create(customer),
    get: (id) => api.get(id),
    update: (id, changes) => api.update(id, changes),
    delete: (id) => api.delete(id),
  };
};
