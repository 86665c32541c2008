// A scope applies to all five operations, with the sandbox as the service.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../../tests/support/in-process.mjs";
import {
  CustomersApi,
  NotFoundError,
  UnprocessableEntityError,
} from "../../tests/support/package.mjs";
import { token } from "../../tests/support/sandbox.mjs";
import { scenario } from "../../tests/support/scenario.mjs";
import { createCustomersProxy } from "./support/package.mjs";

const [a, b, z] = ["venue-a", "venue-b", "venue-z"];

const sandbox = createSandbox({ seed: 50 });
const service = new CustomersApi({ token, baseUrl: sandbox.baseUrl, fetch: sandbox.fetch });

/** The package's own client, through a proxy whose caller has this scope. */
function tenant(filters = { associated_venues: [a, b] }, options = {}) {
  const { baseUrl, seen } = scenario(sandbox);
  const proxy = createCustomersProxy({
    token,
    baseUrl,
    fetch: sandbox.fetch,
    authorize: () => ({ tenant: "t", filters }),
    allow: ["list", "get", "create", "update", "delete"],
    ...options,
  });
  const api = new CustomersApi({
    baseUrl: "https://app.example/api",
    maxRetries: 0,
    fetch: (url, init) => proxy(new Request(url, init)),
  });
  return { api, seen };
}

const create = (venues, more) => service.create({ associated_venues: venues, ...more });

test("a list has the requested customers within the scope", async () => {
  const [mine, both, theirs] = [await create([a]), await create([b, z]), await create([z])];
  const { api, seen } = tenant();
  const ids = async (filter) => {
    const { customers } = await api.list({ sort: ["-created_date"], ...filter });
    return [mine, both, theirs].map(({ id }) => customers.some((customer) => customer.id === id));
  };
  assert.deepEqual(await ids({}), [true, true, false]);
  assert.deepEqual(await ids({ associated_venues: [a] }), [true, false, false]);
  assert.deepEqual(await ids({ associated_venues: [z, b] }), [false, true, false]);
  assert.equal((await seen()).length, 3);
  const page = await api.list({ associated_venues: [z], limit: 7, page: 3 });
  assert.deepEqual(page.customers, []);
  assert.deepEqual(page.pagination, { page: 3, perPage: 7, totalPages: 1, totalResults: 0 });
  assert.equal((await seen()).length, 3, "nobody was asked for");
  for await (const { associated_venues } of api.iterate())
    assert.ok(associated_venues.includes(a) || associated_venues.includes(b));
});

test("a record out of scope is not found, in every operation", async () => {
  const { id } = await create([z], { notes: "theirs" });
  const { api, seen } = tenant();
  await assert.rejects(api.get(id), NotFoundError);
  await assert.rejects(api.update(id, { notes: "mine" }), NotFoundError);
  await assert.rejects(api.update(id, { associated_venues: [a] }), NotFoundError);
  await assert.rejects(api.delete(id), NotFoundError);
  await assert.rejects(api.get("0".repeat(24)), NotFoundError);
  assert.ok((await seen()).every((line) => line.startsWith("GET ")));
  assert.equal((await service.get(id)).notes, "theirs");
});

test("a record in scope is read, changed and deleted", async () => {
  const { id } = await create([a, z]);
  const { api } = tenant();
  assert.deepEqual((await api.get(id)).associated_venues, [a, z]);
  assert.equal((await api.update(id, { notes: "x" })).notes, "x");
  const { associated_venues } = await api.update(id, { associated_venues: [z, b] });
  assert.deepEqual(associated_venues, [z, b]);
  await api.delete(id);
  await assert.rejects(service.get(id), NotFoundError);
});

test("an update neither leaves the scope nor changes what belongs to others", async () => {
  const { id } = await create([a, z]);
  const { api } = tenant();
  for (const [venues, path] of [
    [null, ["associated_venues"]],
    [[], ["associated_venues"]],
    [[z], ["associated_venues"]],
    [[a], ["associated_venues"]],
    [
      ["venue-y", a, z],
      ["associated_venues", 0],
    ],
  ]) {
    const error = await api.update(id, { associated_venues: venues }).catch((error) => error);
    assert.ok(error instanceof UnprocessableEntityError, JSON.stringify(venues));
    assert.deepEqual(
      error.issues.map((issue) => issue.path),
      [path],
    );
  }
  assert.deepEqual((await service.get(id)).associated_venues, [a, z]);
});

test("a new customer is in scope", async () => {
  const { api, seen } = tenant();
  assert.deepEqual((await api.create({ first_name: "Ada" })).associated_venues, [a, b]);
  assert.deepEqual((await api.create({})).associated_venues, [a, b]);
  assert.deepEqual((await api.create({ associated_venues: [b] })).associated_venues, [b]);
  for (const venues of [[z], [a, z], []])
    await assert.rejects(api.create({ associated_venues: venues }), UnprocessableEntityError);
  assert.equal((await seen()).length, 3);
});

test("with two lists a new customer has an item of each", async () => {
  const { api } = tenant({ associated_venues: [a], labels: ["VIP"] });
  const made = await api.create({ last_name: "Both" });
  assert.deepEqual([made.associated_venues, made.labels], [[a], ["VIP"]]);
  const { id } = await create([a], { labels: ["Regular"] });
  await assert.rejects(api.get(id), NotFoundError);
  await assert.rejects(api.update(made.id, { labels: ["Regular"] }), UnprocessableEntityError);
  const { customers } = await api.list();
  assert.ok(customers.every(({ labels }) => labels.includes("VIP")));
});

test("an empty scope reads, creates and changes nobody", async () => {
  const { id } = await create([a]);
  const { api, seen } = tenant({ associated_venues: [] });
  assert.deepEqual((await api.list()).customers, []);
  await assert.rejects(api.create({}), { name: "PermissionDeniedError" });
  await assert.rejects(api.get(id), NotFoundError);
  await assert.rejects(api.delete(id), NotFoundError);
  assert.ok((await seen()).every((line) => line.startsWith("GET ")));
});

test("nothing is written if the service fails while a record is read", async () => {
  for (const [fault, status] of [
    ["status=500", 500],
    ["status=429", 429],
    ["html", 502],
    ["json", 502],
    ["empty", 502],
    ["redirect", 502],
    ["status=401", 502],
    ["reset", 502],
    ["truncate", 502],
  ]) {
    const { id } = await create([a]);
    const { baseUrl, seen } = scenario(sandbox, fault);
    const { api } = tenant(undefined, { baseUrl });
    const error = await api.delete(id).catch((error) => error);
    assert.equal(error.status, status, fault);
    assert.ok(
      (await seen()).every((line) => line.startsWith("GET ")),
      fault,
    );
    assert.equal((await service.get(id)).id, id);
  }
});
