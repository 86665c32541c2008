// A proxy as a team would write it with a framework and a schema: the two operations that are measured.
import { Hono } from "hono";
import * as z from "zod/mini";
import { parse } from "../validators/zod-mini.mjs";

const list = z.strictObject({
  limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(30))),
  page: z.optional(z.coerce.number().check(z.int(), z.gte(1))),
  labels: z.optional(z.string()),
  query: z.optional(z.string()),
});

const app = new Hono().basePath("/api");
const headers = { Accept: "application/json", Authorization: "Bearer token" };
const answer = async (response) =>
  new Response(response.body, {
    status: response.status,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
  });
app.get("/customers", async (c) => {
  const query = new URLSearchParams(list.parse(c.req.query()));
  return answer(await fetch(`https://service.example/api/customers?${query}`, { headers }));
});
app.post("/customers", async (c) => {
  const body = JSON.stringify(parse(await c.req.json()));
  const init = {
    method: "POST",
    body,
    headers: { ...headers, "Content-Type": "application/json" },
  };
  return answer(await fetch("https://service.example/api/customers", init));
});

export default app;
