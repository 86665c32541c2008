// A check written by hand: the parameters by name, and the body by a loop over its fields.
import { check } from "../validators/hand.mjs";

const known = new Set(["limit", "page", "labels", "query"]);
const headers = { Accept: "application/json", Authorization: "Bearer token" };

const refuse = (errors) =>
  Response.json({ message: "The given data was invalid.", errors }, { status: 422 });

export default {
  async fetch(request) {
    const url = new URL(request.url);
    if (url.pathname !== "/api/customers") return new Response(null, { status: 404 });
    const target = `https://service.example/api/customers${url.search}`;
    let init = { headers };
    if (request.method === "POST") {
      const value = await request.json();
      const errors = check(value);
      if (errors.length > 0) return refuse(errors);
      const body = JSON.stringify(value);
      init = { method: "POST", body, headers: { ...headers, "Content-Type": "application/json" } };
    } else {
      for (const [name, value] of url.searchParams)
        if (!known.has(name) || value === "") return refuse({ [name]: ["invalid"] });
    }
    const response = await fetch(target, init);
    return new Response(response.body, {
      status: response.status,
      headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
    });
  },
};
