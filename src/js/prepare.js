// The content of a call: read from the caller's values at once, because they may change, and checked before anything
// is sent.

import { CREATE, LATE, LIST, operations, UPDATE } from "./contract.js";
import { coreNow, coreSoon, isConnected } from "./core.js";
import { Stopped, within } from "./deadline.js";
import { TimeoutError, valid } from "./errors.js";
import { describe, Outline } from "./outline.js";
import { urlOf } from "./request.js";
import { issuesOfExtra, OF_CREATE, OF_LIST, OF_UPDATE, toText, toUncheckedText } from "./values.js";

/** The core, if it is still being loaded or compiled. A call waits for it no longer than for the service. */
const coreWithin = async (operation, { totalTimeout, signal }) => {
  try {
    return await within(totalTimeout, signal, async () => coreSoon());
  } catch (stopped) {
    if (!(stopped instanceof Stopped)) throw stopped;
    const { event, cause } = stopped;
    if (event !== LATE) throw cause;
    const [method, route] = operations[operation];
    throw new TimeoutError(
      `The WebAssembly module did not arrive within the totalTimeout of ${totalTimeout} ms: check what init() was given`,
      { method, route, attempts: 0, mayHaveSucceeded: false },
    );
  }
};

/** Resolves to the core, the URL, the text of the body if there is one, and the filters of a list. */
export const prepare = async (operation, options, id, value, judged = value) => {
  const { isUnchecked, extraBody } = options;
  const filter = operation === LIST && value !== undefined && describe(value, OF_LIST, true);
  const subject = operation === UPDATE ? OF_UPDATE : OF_CREATE;
  let body;
  let checked;
  if (operation === CREATE || operation === UPDATE) {
    if (!isUnchecked) checked = describe(judged, subject, true);
    body =
      isUnchecked || judged !== value
        ? toUncheckedText(value, subject, extraBody)
        : toText(checked.sent, extraBody);
  }

  const core = isConnected() ? coreNow() : await coreWithin(operation, options);
  const url = urlOf(core, operation, options, id, filter);
  if (checked) valid(checked.check(core));
  // The core reports the issue of a value that has no JSON text.
  if (body === "") valid(new Outline(subject).check(core));
  if (checked && (extraBody || judged !== value)) valid({ issues: issuesOfExtra(body) });
  return { core, url, body, filters: filter?.sent };
};
