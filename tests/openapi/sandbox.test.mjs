// Random requests to the sandbox, valid and nearly valid: it never fails, it refuses whatever the description refuses,
// and every answer matches the description.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { startSandbox, token } from "../support/sandbox.mjs";
import { customerId, description, filters, judge, requestOf, valid, wild } from "./support.mjs";

const rounds = (numRuns) => ({ numRuns: numRuns * (Number(process.env.ROUNDS) || 1), seed: 3 });

/** Sends requests to a sandbox, checks each request and its answer with the judge, and counts the statuses. */
async function asking(t) {
  const { baseUrl } = await startSandbox(t, "--seed", "200", "--quiet");
  const backend = await judge();
  const counts = {};

  async function ask(method, path, value) {
    const body = value === undefined ? undefined : JSON.stringify(value);
    const headers = {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const url = `${baseUrl}${path}`;
    const response = await fetch(url, { method, headers, body });
    const text = await response.text();
    counts[response.status] = (counts[response.status] ?? 0) + 1;
    const what = `${method} ${path} ${body ?? ""}\n${response.status} ${text.slice(0, 500)}`;

    assert.ok(response.status < 500, what);
    const request = requestOf(url, { method, headers, body });
    const operation = backend.matchOperation(request);
    const { operationId, responses } = operation;
    if (response.status in responses) {
      const answer = text === "" ? undefined : JSON.parse(text);
      if (responses[response.status].content) {
        const { errors } = backend.validateResponse(answer, operation, response.status);
        assert.equal(errors ?? null, null, `${what}\n${JSON.stringify(errors)}`);
      } else assert.equal(text, "", what);
      const sent = Object.fromEntries(response.headers);
      const { errors } = backend.validateResponseHeaders(sent, operation, {
        statusCode: response.status,
        setMatchType: "superset",
      });
      assert.equal(errors ?? null, null, `${what}\n${JSON.stringify(errors)}`);
    } else
      assert.ok([400, 405, 413].includes(response.status), `${operationId} does not say: ${what}`);

    const { errors } = backend.validateRequest(request, operation);
    return { status: response.status, allowed: !errors, answer: text && JSON.parse(text), what };
  }
  return { ask, counts };
}

/** Which fields a list can be sorted by is not documented; the sandbox knows these among others. */
const sortable = fc.constantFrom("email", "-email", "last_name", "created_date", "-last_updated");

/** The text of a parameter's value in a query. */
const written = (value) =>
  [value]
    .flat()
    .map((item) => encodeURIComponent(item))
    .join(",");

const query = (pairs) => pairs.map(([name, value]) => `${name}=${value}`).join("&");

test("valid filters are answered, and others refused", async (t) => {
  const { ask, counts } = await asking(t);
  const names = [...filters.keys()];
  const pair = fc.constantFrom(...names).chain((name) => {
    const values =
      name === "sort" ? fc.array(sortable, { minLength: 1 }) : valid(filters.get(name).schema);
    return values.map((value) => [name, written(value)]);
  });
  const any = fc.tuple(
    fc.oneof(fc.constantFrom(...names), fc.stringMatching(/^[a-z_]{1,12}$/)),
    fc
      .oneof(fc.string({ maxLength: 30 }), fc.constantFrom("1", "31", "2024-02-30", ",", "a,,b"))
      .map(encodeURIComponent),
  );
  const list = async (pairs) => ask("GET", `/customers?${query(pairs)}`);

  await fc.assert(
    fc.asyncProperty(pair, async ([name, value]) => {
      const [, needed] = /^(opted_in|opted_out)_date/.exec(name) ?? [];
      const { status, allowed, what } = await list([
        [name, value],
        ...(needed ? [[needed, "a"]] : []),
      ]);
      assert.ok(allowed && status === 200, what);
    }),
    rounds(300),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.oneof(pair, any), { maxLength: 6, selector: ([name]) => name }),
      async (pairs) => {
        const { status, allowed, what } = await list(pairs);
        // The opposite is not true: a range has an order, and dates of preferences need the preferences.
        if (!allowed) assert.equal(status, 422, what);
      },
    ),
    rounds(500),
  );
  assert.ok(counts[200] > 300 && counts[422] > 50, JSON.stringify(counts));
});

for (const [what, method, name] of [
  ["new customers", "POST", "NewCustomer"],
  ["updates", "PUT", "CustomerUpdate"],
]) {
  test(`valid ${what} are accepted, and others refused`, async (t) => {
    const { ask, counts } = await asking(t);
    const { answer } = await ask("POST", "/customers", {});
    const path = method === "POST" ? "/customers" : `/customers/${answer.customer.id}`;
    const schema = description.components.schemas[name];
    // An update may name the customer, but no other one.
    const own = ({ id, ...body }) =>
      id === undefined ? body : { id: answer.customer.id, ...body };
    await fc.assert(
      fc.asyncProperty(valid(schema).map(own), async (body) => {
        const { status, allowed, what } = await ask(method, path, body);
        assert.ok(allowed && status < 300, what);
      }),
      rounds(200),
    );
    await fc.assert(
      fc.asyncProperty(wild(schema), async (body) => {
        const { status, allowed, what } = await ask(method, path, body);
        if (!allowed) assert.equal(status, 422, what);
      }),
      rounds(400),
    );
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (body) => {
        const { status, allowed, what } = await ask(method, path, body);
        if (!allowed) assert.ok(status === 400 || status === 422, what);
      }),
      rounds(100),
    );
    assert.ok(counts[422] > 100, JSON.stringify(counts));
  });
}

test("a customer that is read can be deleted once", async (t) => {
  const { ask } = await asking(t);
  const { answer } = await ask("GET", "/customers?limit=30");
  for (const { id } of answer.customers.slice(0, 10)) {
    assert.equal((await ask("GET", `/customers/${id}`)).answer.customer.id, id);
    assert.equal((await ask("DELETE", `/customers/${id}`)).status, 204);
    for (const method of ["GET", "DELETE"])
      assert.equal((await ask(method, `/customers/${id}`)).status, 404);
  }
  await fc.assert(
    fc.asyncProperty(customerId, fc.constantFrom("GET", "DELETE"), async (id, method) => {
      const { status, what } = await ask(method, `/customers/${encodeURIComponent(id)}`);
      assert.equal(status, 404, what);
    }),
    rounds(100),
  );
});
