import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { proxy } from "./proxy.mjs";

const app = new Hono().all("/api/*", ({ req }) => proxy(req.raw));

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
);
