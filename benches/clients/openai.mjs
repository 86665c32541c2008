// Not for its service, but as an example of a generated SDK with retries, deadlines and typed errors: the
// methods that its own resources use, on another base URL.

import { OpenAI } from "openai/client";
import { joined } from "./query.mjs";

export const clientWith =
  (parse) =>
  ({ token, baseUrl, fetch }) => {
    const client = new OpenAI({
      apiKey: token,
      baseURL: baseUrl,
      fetch,
      dangerouslyAllowBrowser: true,
    });
    const path = (id) => `/customers/${encodeURIComponent(id)}`;
    return {
      list: async (filters) =>
        (await client.get("/customers", { query: joined(filters) })).customers,
      create: async (customer) =>
        (await client.post("/customers", { body: parse(customer) })).customer,
      get: async (id) => (await client.get(path(id))).customer,
      update: async (id, changes) =>
        (await client.put(path(id), { body: parse(changes) })).customer,
      delete: async (id) => {
        await client.delete(path(id));
      },
    };
  };
