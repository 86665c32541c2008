// This client as its users use it: it validates by itself.

import { CustomersApi } from "../../pkg/dist/node.js";

export const clientWith = () => (options) => {
  const api = new CustomersApi(options);
  return {
    list: async (filters) => (await api.list(filters)).customers,
    create: (customer) => api.create(customer),
    get: (id) => api.get(id),
    update: (id, changes) => api.update(id, changes),
    delete: (id) => api.delete(id),
  };
};
