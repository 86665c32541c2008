// A pass-through that checks nothing, but does the other duties of our own proxy: a deadline, an end when the caller
// goes away, only the known headers, the headers of every answer, and durations.
const KNOWN = new Map(
  [
    "Retry-After",
    "Date",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Pagination-Page",
    "X-Pagination-Per-Page",
    "X-Pagination-Total-Pages",
    "X-Pagination-Total-Results",
  ].map((name) => [name.toLowerCase(), name]),
);

export default {
  async fetch(request) {
    const { method, signal, url } = request;
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 30_000);
    signal.addEventListener("abort", () => controller.abort());
    const path = url.slice(url.indexOf("/", url.indexOf("//") + 2));
    const init = {
      method,
      headers: { Accept: "application/json", Authorization: "Bearer token" },
      redirect: "manual",
      signal: controller.signal,
    };
    if (method === "POST") {
      init.headers["Content-Type"] = request.headers.get("content-type");
      init.body = await request.arrayBuffer();
    }
    const began = performance.now();
    const response = await fetch(`https://service.example${path}`, init);
    const headers = {
      "Cache-Control": "no-store",
      Vary: "Origin",
      "X-Content-Type-Options": "nosniff",
      "Content-Type": "application/json",
      "Server-Timing": `upstream;dur=${Math.round((performance.now() - began) * 10) / 10}`,
    };
    for (const [name, value] of response.headers) {
      const known = KNOWN.get(name);
      if (known) headers[known] = value;
    }
    clearTimeout(timer);
    return new Response(response.body, { status: response.status, headers });
  },
};
