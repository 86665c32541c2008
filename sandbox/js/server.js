// The sandbox behind Node's HTTP server, on this machine only.

import { createServer } from "node:http";
import { createSandbox } from "collins-customers/sandbox";

/** The time a client may take to send a request, in milliseconds. */
const PATIENCE = 5000;

const EXPOSED = [
  ...["page", "per-page", "total-pages", "total-results"].map((name) => `x-pagination-${name}`),
  ...["limit", "remaining", "reset"].map((name) => `x-ratelimit-${name}`),
  "retry-after",
  "retry-after-ms",
  "date",
].join();

const isLoopback = (name) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(name);

/** Splits a `Host` into its name and port. */
const split = (host) => /^([^:[\]/@]+|\[[^\]/@]+\])(?::(\d+))?$/.exec(host)?.slice(1) ?? [];

/**
 * Returns true if the request is meant for this server. A page of another site can point its own name here (DNS
 * rebinding); the `Host` still contains that name.
 */
const isForHere = (host, port, hosts) => {
  const [name, at = "80"] = split(host ?? "");
  if (name === undefined) return false;
  return (
    (isLoopback(name) && at === String(port)) ||
    hosts.some((other) => {
      const [known, its = String(port)] = split(other);
      return known?.toLowerCase() === name.toLowerCase() && its === at;
    })
  );
};

/** Returns the headers that let pages of this machine read a response. */
function corsOf(headers) {
  const { origin } = headers;
  const host = URL.canParse(origin ?? "") ? new URL(origin).hostname : "";
  if (!isLoopback(host)) return { vary: "origin" };
  return {
    vary: "origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": EXPOSED,
    "access-control-allow-methods": "GET,POST,PUT,DELETE",
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
  };
}

async function answer(sandbox, incoming, outgoing) {
  const { method, url, headers } = incoming;
  const gone = new AbortController();
  outgoing.on("close", () => gone.abort());
  const hasBody = method !== "GET" && method !== "HEAD";
  const response = await sandbox.fetch(new URL(sandbox.baseUrl).origin + url, {
    method,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
    ...(hasBody && { body: incoming, duplex: "half" }),
    signal: gone.signal,
    redirect: "manual",
  });
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    ...corsOf(headers),
  });
  outgoing.flushHeaders();
  for await (const chunk of response.body ?? []) outgoing.write(chunk);
  outgoing.end();
}

/** Ends a request without a response, or with half of one; outside the API, it says where the API is. */
function fail({ code }, { baseUrl }, incoming, outgoing) {
  if (code !== "OUTSIDE_SANDBOX") {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  outgoing.writeHead(404, { "content-type": "application/json", ...corsOf(incoming.headers) });
  outgoing.end(JSON.stringify({ message: `The base URL of the API is ${baseUrl}` }));
}

/** Serves a sandbox on a port of the loopback address; resolves to the server once it is listening. */
export async function serve({ port, hosts, ...options }) {
  let sandbox;
  const server = createServer({
    headersTimeout: PATIENCE,
    requestTimeout: PATIENCE,
    connectionsCheckingInterval: 1000,
  });
  server.on("request", (incoming, outgoing) => {
    // One connection per request: a client sees every reset, and a scenario sees every request.
    outgoing.setHeader("connection", "close");
    if (!isForHere(incoming.headers.host, server.address().port, hosts)) {
      const message = "The request is for a host other than this machine: see --host";
      outgoing.writeHead(421, { "content-type": "application/json" });
      outgoing.end(JSON.stringify({ message }));
    } else if (incoming.method === "OPTIONS") {
      outgoing.writeHead(200, corsOf(incoming.headers)).end();
    } else {
      answer(sandbox, incoming, outgoing).catch((error) =>
        fail(error, sandbox, incoming, outgoing),
      );
    }
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const baseUrl = `http://127.0.0.1:${server.address().port}/api`;
  sandbox = createSandbox({ ...options, baseUrl });
  return { server, baseUrl };
}
