// A server that has the token. Staff reach the API through its proxy, and guests can sign up.
import { serve } from "@hono/node-server";
import { sValidator } from "@hono/standard-validator";
import { CustomersApi, CustomersApiError, RateLimitError, schemas } from "collins-customers";
import { createCustomersProxy } from "collins-customers/proxy";
import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { HTTPException } from "hono/http-exception";

const {
  COLLINS_TOKEN = "",
  COLLINS_URL = "https://api-playpen.collinsbookings.com/api",
  STAFF_PASSWORD,
  PORT = "3000",
} = process.env;
if (!STAFF_PASSWORD) throw new Error("Set STAFF_PASSWORD: it opens /api");

const service = { token: COLLINS_TOKEN, baseUrl: COLLINS_URL };
const api = new CustomersApi(service);
const proxy = createCustomersProxy({
  ...service,
  allow: ["list", "get", "update"],
  // A request that gets here has passed basicAuth below, and may see everyone.
  authorize: () => true,
});

const app = new Hono()
  .use("/api/*", basicAuth({ username: "staff", password: STAFF_PASSWORD }))
  .all("/api/*", ({ req }) => proxy(req.raw))
  // An invalid request is answered with 400 and its issues, and never reaches the service.
  .post("/guests", sValidator("json", schemas.newCustomer), async (context) => {
    const { id } = await api.create(context.req.valid("json"));
    return context.json({ id }, 201);
  });

app.onError((error, context) => {
  if (error instanceof HTTPException) return error.getResponse();
  console.error(error);
  if (!(error instanceof CustomersApiError))
    return context.json({ error: "Something went wrong." }, 500);
  const status = error instanceof RateLimitError ? 503 : 502;
  return context.json({ error: error.userMessage }, status);
});

serve({ fetch: app.fetch, port: Number(PORT) }, ({ port }) => {
  console.log(`http://localhost:${port}`);
});
