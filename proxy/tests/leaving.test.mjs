// When the caller goes away, the request to the service is aborted: in Node and in workerd. Deno is a cell of the
// matrix.

import { test } from "node:test";
import { leavesTogether } from "./support/leaving.mjs";
import { startProxy as startInNode } from "./support/node.mjs";
import { startUpstream, token } from "./support/upstream.mjs";
import { startProxy as startInWorkerd } from "./support/workerd.mjs";

const leaves = (t, startProxy) =>
  leavesTogether({
    startUpstream: (respond) => startUpstream(t, respond),
    startProxy: (options) => startProxy({ token, ...options }),
  });

test("in Node", (t) =>
  leaves(t, (options) => startInNode(t, { ...options, authorize: () => true })));

test("in workerd", (t) => leaves(t, (options) => startInWorkerd(t, options)));

test("in workerd, although the worker has other work left", (t) =>
  leaves(t, (options) =>
    startInWorkerd(
      t,
      { ...options, afterwards: 60_000 },
      { compatibilityFlags: ["enable_request_signal"] },
    ),
  ));
