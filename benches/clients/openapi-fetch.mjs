import createClient from "openapi-fetch";

const unwrap = ({ data, error, response }) => {
  if (error !== undefined) throw Object.assign(new Error(`${response.status}`), { error });
  return data;
};

export const clientWith =
  (parse) =>
  ({ token, baseUrl, fetch }) => {
    const client = createClient({
      baseUrl,
      fetch,
      headers: { Authorization: `Bearer ${token}` },
      querySerializer: { array: { style: "form", explode: false } },
    });
    const one = (customerId) => ({ params: { path: { customerId } } });
    const route = "/customers/{customerId}";
    return {
      list: async (query) =>
        unwrap(await client.GET("/customers", { params: { query } })).customers,
      create: async (customer) =>
        unwrap(await client.POST("/customers", { body: parse(customer) })).customer,
      get: async (id) => unwrap(await client.GET(route, one(id))).customer,
      update: async (id, changes) =>
        unwrap(await client.PUT(route, { ...one(id), body: parse(changes) })).customer,
      delete: async (id) => unwrap(await client.DELETE(route, one(id))),
    };
  };
