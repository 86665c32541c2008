// An independent mock of the description: it accepts the requests of the package, and the package accepts its answers.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clientOf, id } from "../support/package.mjs";
import { token } from "../support/sandbox.mjs";
import { customerId, description, filters, judge, requestOf, valid } from "./support.mjs";

/** A client of a mock that fails if a request breaks the description, with the mock's requests in order. */
async function mocked() {
  const seen = [];
  const mock = await judge({
    notFound: (context) =>
      assert.fail(`no route: ${context.request.method} ${context.request.path}`),
    methodNotAllowed: (context) => assert.fail(`no method: ${context.request.method}`),
    unauthorizedHandler: () => assert.fail("the token is not there"),
    validationFail: ({ validation }) => assert.fail(JSON.stringify(validation.errors)),
    notImplemented: (context) => {
      seen.push({ operation: context.operation.operationId, query: context.request.query });
      const { status, mock: body } = context.api.mockResponseForOperation(
        context.operation.operationId,
      );
      return status === 204 ? new Response(null, { status }) : Response.json(body, { status });
    },
  });
  const { api } = clientOf((url, init) => mock.handleRequest(requestOf(url, init)));
  return { api, seen, mock };
}

test("every operation passes, and its answer is read", async () => {
  const { api, seen } = await mocked();
  const page = await api.list();
  assert.ok(page.customers.length > 0);
  assert.equal(typeof (await api.create({ first_name: "Ada" })).id, "string");
  assert.equal(typeof (await api.get(id)).id, "string");
  assert.equal(typeof (await api.update(id, { notes: null })).id, "string");
  await api.delete(id);
  assert.deepEqual(
    seen.map(({ operation }) => operation).sort(),
    Object.values(description.paths)
      .flatMap(({ parameters, ...operations }) => Object.values(operations))
      .map(({ operationId }) => operationId)
      .sort(),
  );
});

test("every filter arrives unchanged", async () => {
  const { api, seen } = await mocked();
  for (const [name, { schema }] of filters) {
    // Dates of marketing preferences need the preferences.
    const [, list] = /^(opted_in|opted_out)_date/.exec(name) ?? [];
    await fc.assert(
      fc.asyncProperty(valid(schema), async (value) => {
        await api.list({ ...(list && { [list]: ["a"] }), [name]: value });
        assert.deepEqual(seen.at(-1).query[name], value, name);
      }),
      { numRuns: 20, seed: 1 },
    );
  }
});

test("random bodies and ids pass", async () => {
  const { api, seen } = await mocked();
  const { NewCustomer, CustomerUpdate } = description.components.schemas;
  const rounds = { numRuns: 300, seed: 2 };
  await fc.assert(
    fc.asyncProperty(valid(NewCustomer), async (body) => void (await api.create(body))),
    rounds,
  );
  await fc.assert(
    fc.asyncProperty(
      customerId,
      valid(CustomerUpdate),
      async (id, body) => void (await api.update(id, body)),
    ),
    rounds,
  );
  await fc.assert(
    fc.asyncProperty(customerId, async (id) => {
      await api.get(id);
      await api.delete(id);
    }),
    rounds,
  );
  assert.ok(seen.length >= 1200);
});

test("the mock would notice a mistake of the package", async () => {
  const { mock } = await mocked();
  const ask = (path, init) =>
    mock.handleRequest(requestOf(`https://proxy.example/api${path}`, init));
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = (value) => ({ method: "POST", headers, body: JSON.stringify(value) });
  for (const [path, init] of [
    ["/customers?limit=31", { method: "GET", headers }],
    ["/customers?labels=", { method: "GET", headers }],
    ["/customers?label=a", { method: "GET", headers }],
    ["/customers?booking_date=2023-02-29", { method: "GET", headers }],
    ["/customers", { method: "GET" }],
    ["/customers", body({ phone: "1".repeat(21) })],
    ["/customers", body({ nickname: "Ada" })],
    ["/customers/..", { method: "GET", headers }],
    ["/clients", { method: "GET", headers }],
    ["/customers", { method: "PATCH", headers }],
  ])
    await assert.rejects(
      async () => ask(path, init),
      assert.AssertionError,
      `${init.method} ${path}`,
    );
});
