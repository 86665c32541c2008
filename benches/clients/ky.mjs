import ky from "ky";
import { joined } from "./query.mjs";

export const clientWith =
  (parse) =>
  ({ token, baseUrl, fetch }) => {
    const client = ky.create({
      baseUrl: `${baseUrl}/`,
      fetch,
      headers: { Authorization: `Bearer ${token}` },
    });
    const path = (id) => `customers/${encodeURIComponent(id)}`;
    return {
      list: async (filters) =>
        (await client.get("customers", { searchParams: joined(filters) }).json()).customers,
      create: async (customer) =>
        (await client.post("customers", { json: parse(customer) }).json()).customer,
      get: async (id) => (await client.get(path(id)).json()).customer,
      update: async (id, changes) =>
        (await client.put(path(id), { json: parse(changes) }).json()).customer,
      delete: async (id) => {
        await client.delete(path(id));
      },
    };
  };
