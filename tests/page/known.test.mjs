// What the page offers to filter by is what the sandbox's customers have: a choice that finds nobody looks like a fault.

import assert from "node:assert/strict";
import { test } from "node:test";
import { labels, preferences, venues } from "../../www/known.js";
import { createSandbox } from "../support/in-process.mjs";

const { customers } = createSandbox({ seed: 1000 }).snapshot();

const all = (valuesOf) => [...new Set(customers.flatMap(valuesOf))].sort();
const offered = (choices) => choices.map(([value]) => value).sort();

test("every label, venue and marketing preference is offered, and no other", () => {
  assert.deepEqual(
    offered(labels),
    all((customer) => customer.labels),
  );
  assert.deepEqual(
    offered(venues),
    all((customer) => customer.associated_venues),
  );
  const ids = all((customer) => customer.marketing_preferences.map(({ id }) => id));
  assert.deepEqual(offered(preferences), ids);
});
