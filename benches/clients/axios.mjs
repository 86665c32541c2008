import axios from "axios";
import { joined } from "./query.mjs";

export const clientWith =
  (parse) =>
  ({ token, baseUrl, fetch }) => {
    const client = axios.create({
      baseURL: baseUrl,
      headers: { Authorization: `Bearer ${token}` },
      // As its documentation sets a custom `fetch`.
      adapter: "fetch",
      env: { fetch, Request: null, Response: null },
    });
    const path = (id) => `/customers/${encodeURIComponent(id)}`;
    return {
      list: async (filters) =>
        (await client.get("/customers", { params: joined(filters) })).data.customers,
      create: async (customer) => (await client.post("/customers", parse(customer))).data.customer,
      get: async (id) => (await client.get(path(id))).data.customer,
      update: async (id, changes) => (await client.put(path(id), parse(changes))).data.customer,
      delete: async (id) => {
        await client.delete(path(id));
      },
    };
  };
