// The floor: `fetch`, the headers, the envelope, an error for a bad status. No retries, no deadlines.

import { toQuery } from "./query.mjs";

export const clientWith =
  (parse) =>
  ({ token, baseUrl, fetch }) => {
    const request = async (method, path, body) => {
      const headers = { Authorization: `Bearer ${token}`, Accept: "application/json" };
      if (body !== undefined) headers["Content-Type"] = "application/json";
      const response = await fetch(baseUrl + path, { method, headers, body });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
      return response.status === 204 ? undefined : response.json();
    };
    const path = (id) => `/customers/${encodeURIComponent(id)}`;
    return {
      list: async (filters) => {
        const query = toQuery(filters);
        return (await request("GET", query ? `/customers?${query}` : "/customers")).customers;
      },
      create: async (customer) =>
        (await request("POST", "/customers", JSON.stringify(parse(customer)))).customer,
      get: async (id) => (await request("GET", path(id))).customer,
      update: async (id, changes) =>
        (await request("PUT", path(id), JSON.stringify(parse(changes)))).customer,
      delete: (id) => request("DELETE", path(id)),
    };
  };
