// The attack table, in Node and in workerd: every row is judged by the requests that the service received.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startProxy as startInNode } from "./support/node.mjs";
import { attacks, runAttack } from "./support/package.mjs";
import { scope, startUpstream, token } from "./support/upstream.mjs";
import { startProxy as startInWorkerd } from "./support/workerd.mjs";

const origin = "https://app.example";

for (const [runtime, startProxy] of Object.entries({
  Node: startInNode,
  workerd: startInWorkerd,
})) {
  for (const enforce of ["refuse", "log"]) {
    test(`attacks on a proxy in ${runtime} that is told to ${enforce}`, async (t) => {
      const upstream = await startUpstream(t);
      const filters = { [scope.list]: scope.own };
      const options = {
        token,
        baseUrl: upstream.baseUrl,
        allow: ["list", "get", "create", "update", "delete"],
        origins: [origin],
        enforce,
      };
      const url = await (runtime === "Node"
        ? startProxy(t, { ...options, authorize: () => ({ filters }) })
        : startProxy(t, { ...options, scope: { filters } }));
      for (const row of attacks(scope, origin)) {
        await t.test(`${row.group}: ${row.name}`, async () => {
          const complaints = await runAttack(row, {
            url,
            scope,
            enforce,
            authorization: `Bearer ${token}`,
            secrets: [token, upstream.baseUrl],
            seen: upstream.seen,
            answer: upstream.answer,
          });
          assert.deepEqual(complaints, []);
        });
      }
    });
  }
}

test("attacks on a scope of labels have nothing to report about this proxy", async (t) => {
  const upstream = await startUpstream(t);
  const labels = { list: "labels", own: ["north", "harbour"], foreign: "south" };
  const url = await startInNode(t, {
    token,
    baseUrl: upstream.baseUrl,
    authorize: () => ({ filters: { labels: labels.own } }),
  });
  const rows = attacks(labels).filter(({ group }) => group === "queries");
  assert.ok(rows.length > 40);
  for (const row of rows)
    assert.deepEqual(
      await runAttack(row, { url, scope: labels, seen: upstream.seen }),
      [],
      row.name,
    );
});
