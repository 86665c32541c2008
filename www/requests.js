// The requests as they were sent: each attempt of the client is one.

import { element, find } from "./dom.js";

/** How many requests are kept. */
const KEPT = 20;

const list = find("#requests");

/** A `fetch` that shows what it sends, and what came of it. */
export function watched(send) {
  return async (url, options) => {
    const outcome = element("span", { class: "outcome" }, "under way");
    const began = performance.now();
    const entry = entryOf(url, options ?? {}, outcome);
    list.prepend(entry);
    while (list.childElementCount > KEPT) list.lastElementChild.remove();
    const end = (what) => {
      outcome.textContent = `${what}, ${Math.round(performance.now() - began)} ms`;
    };
    try {
      const response = await send(url, options);
      end(`${response.status}`);
      return response;
    } catch (error) {
      end(options?.signal?.aborted ? "given up" : "no answer");
      throw error;
    }
  };
}

function entryOf(url, { method = "GET", headers, body }, outcome) {
  const { pathname, search } = new URL(url);
  const lines = Array.from(new Headers(headers), ([name, value]) =>
    // A token is nobody's to read over a shoulder.
    name === "authorization" ? `${name}: Bearer ••••` : `${name}: ${value}`,
  );
  if (typeof body === "string") lines.push("", body);
  return element(
    "li",
    {},
    element(
      "details",
      {},
      element("summary", {}, `${method} ${pathname}${search} `, outcome),
      element("pre", {}, lines.join("\n")),
    ),
  );
}
