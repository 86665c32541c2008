// TanStack Query retries by itself: with the recipe of the README, its retries do not multiply with the client's.

import assert from "node:assert/strict";
import { test } from "node:test";
import { QueryClient } from "@tanstack/query-core";
import { clientOf, id, json, rejection } from "../support/package.mjs";

const failing = () => clientOf(() => json({}, { status: 503, headers: { "retry-after-ms": "1" } }));

test("the recipe makes as many requests as the client alone, and passes an abort on", async () => {
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
  const { api, requests } = failing();
  const query = queries.fetchQuery({
    queryKey: ["customers", "page 1"],
    queryFn: ({ signal }) => api.list({}, { signal }),
  });
  assert.equal((await rejection(query)).name, "InternalServerError");
  assert.equal(requests.length, 3);

  // The behaviour without the recipe.
  const usual = failing();
  const multiplied = new QueryClient({ defaultOptions: { queries: { retryDelay: 1 } } }).fetchQuery(
    {
      queryKey: ["customers"],
      queryFn: () => usual.api.list(),
      retry: 3,
    },
  );
  await rejection(multiplied);
  assert.equal(usual.requests.length, 12);

  // A cancelled query ends the call.
  const silent = clientOf(
    (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  const cancelled = queries.fetchQuery({
    queryKey: ["customer", id],
    queryFn: ({ signal }) => silent.api.get(id, { signal }),
  });
  const ended = rejection(cancelled);
  while (silent.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await queries.cancelQueries({ queryKey: ["customer", id] });
  assert.equal((await ended).constructor.name, "CancelledError");
  assert.equal(silent.requests[0].signal.aborted, true);
});
