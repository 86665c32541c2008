// A proxy that is called as a function, and the requests that it sends.

import { createCustomersProxy } from "./package.mjs";
import { token } from "./upstream.mjs";

export const operations = ["list", "get", "create", "update", "delete"];

const record = { id: "a", associated_venues: ["venue-a"] };

/** An answer that is a success for every operation. */
export const anyAnswer = () => Response.json({ customer: record, customers: [record] });

/**
 * A proxy in front of `answer(request, init)`; `ask(method, target, init)` sends it a request, `seen` are the requests
 * that it sent, and `events` its events.
 */
export function direct(answer = anyAnswer, options = {}) {
  const seen = [];
  const events = [];
  const proxy = createCustomersProxy({
    token,
    baseUrl: "https://service.example/api",
    authorize: () => true,
    allow: operations,
    onEvent: (event) => events.push(event),
    fetch: async (url, init) => {
      const target = url.slice("https://service.example/api".length);
      const headers = Object.fromEntries(new Headers(init.headers));
      const body = init.body && (typeof init.body === "string" ? init.body : decode(init.body));
      seen.push({ method: init.method, target, headers, body: body ?? "" });
      return answer(target, init);
    },
    ...options,
  });
  const ask = (method, target, init = {}) => {
    const { body } = init;
    const headers = new Headers(init.headers);
    if (body !== undefined && !headers.has("content-type"))
      headers.set("Content-Type", "application/json");
    const request = new Request(`https://app.example/api${target}`, {
      method,
      ...(body instanceof ReadableStream && { duplex: "half" }),
      ...init,
      headers,
    });
    return proxy(request, init.env, init.ctx);
  };
  return { proxy, ask, seen, events };
}

const decode = (bytes) => new TextDecoder().decode(bytes);

/** The five operations, as valid requests. */
export const requests = {
  list: ["GET", "/customers?limit=5"],
  get: ["GET", "/customers/a"],
  create: ["POST", "/customers", { body: '{"first_name":"Ada"}' }],
  update: ["PUT", "/customers/a", { body: '{"notes":"x"}' }],
  delete: ["DELETE", "/customers/a"],
};
