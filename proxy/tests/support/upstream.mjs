// The service behind a proxy in its tests: a server that records each request as it arrives, and answers like the
// service, or with given bytes.

import { createServer } from "node:http";

/** The list that separates callers. */
export const scope = { list: "associated_venues", own: ["venue-a", "venue-b"], foreign: "venue-z" };

/** A token that occurs in no other text. */
export const token = "collins-secret-token-5c7d9e0f";

const record = (id) => ({ id, first_name: "Ada", associated_venues: ["venue-a", "venue-z"] });

const QUOTA = { "X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "999" };
const PAGES = {
  "X-Pagination-Page": "1",
  "X-Pagination-Per-Page": "30",
  "X-Pagination-Total-Pages": "1",
  "X-Pagination-Total-Results": "1",
};

/** The service's answers: status, headers, body. */
const answers = {
  list: () => [200, PAGES, { customers: [record("a")] }],
  create: () => [201, {}, { customer: record("b") }],
  get: (id) => [200, {}, { customer: record(id) }],
  update: (id) => [200, {}, { customer: record(id) }],
  delete: () => [204, {}, undefined],
};

const operationOf = (method, path) =>
  path === "/customers"
    ? { GET: "list", POST: "create" }[method]
    : { GET: "get", PUT: "update", DELETE: "delete" }[method];

/**
 * Starts one, until the test `t` is over. `respond(request, response)` may answer in its place; it returns true
 * if it did.
 */
export async function startUpstream(t, respond = () => false) {
  let seen = [];
  let next;
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("error", () => {});
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      const target = request.url.slice("/api".length);
      const body = Buffer.concat(chunks).toString();
      const record = { method: request.method, target, headers: request.headers, body };
      seen.push(record);
      if (next !== undefined) {
        const bytes = next;
        next = undefined;
        request.socket.end(Buffer.from(bytes, "latin1"));
        return;
      }
      if (await respond(record, response)) return;
      const [path] = target.split("?");
      const operation = operationOf(request.method, path);
      const [status, headers, value] = answers[operation](decodeURIComponent(path.split("/")[2]));
      response.writeHead(status, {
        ...(value && { "Content-Type": "application/json" }),
        ...QUOTA,
        ...headers,
      });
      response.end(value && JSON.stringify(value));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}/api`,
    /** The requests since this was last called. */
    seen: () => {
      const before = seen;
      seen = [];
      return before;
    },
    /** Answers the next request with these bytes. */
    answer: (bytes) => {
      next = bytes;
    },
  };
}
