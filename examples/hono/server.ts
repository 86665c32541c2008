// A server that holds the token, and lets its own pages search for guests and sign them up.
import { serve } from "@hono/node-server";
import { sValidator } from "@hono/standard-validator";
import { CustomersApi, CustomersApiError, RateLimitError, schemas } from "collins-customers";
import { Hono } from "hono";

const { COLLINS_TOKEN = "", COLLINS_URL = "https://api-playpen.collinsbookings.com/api" } =
  process.env;
const api = new CustomersApi({ token: COLLINS_TOKEN, baseUrl: COLLINS_URL });

const app = new Hono()
  .get("/guests", async (context) => {
    const query = context.req.query("query");
    // An aborted request of the page aborts ours.
    const { customers } = await api.list(query ? { query } : {}, {
      signal: context.req.raw.signal,
    });
    return context.json(
      customers.map(({ id, first_name, last_name }) => ({ id, first_name, last_name })),
    );
  })
  // What the rules refuse is answered with 400 and its issues, and asks nothing of the service.
  .post("/guests", sValidator("json", schemas.newCustomer), async (context) => {
    const { id } = await api.create(context.req.valid("json"));
    return context.json({ id }, 201);
  });

app.onError((error, context) => {
  if (!(error instanceof CustomersApiError)) throw error;
  console.error(error);
  const status = error instanceof RateLimitError ? 503 : 502;
  return context.json({ error: error.userMessage }, status);
});

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) => {
  console.log(`http://localhost:${port}`);
});
