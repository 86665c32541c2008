// A proxy in Deno with the options in OPTIONS, and a scope if it has one.
import { createCustomersProxy } from "collins-customers/proxy";

const { scope = true, ...options } = JSON.parse(Deno.env.get("OPTIONS"));
const proxy = createCustomersProxy({ ...options, authorize: () => scope });

Deno.serve({ hostname: "127.0.0.1", port: 0 }, (request) => proxy(request));
