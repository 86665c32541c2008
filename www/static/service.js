// The service of a page without a server, inside the page. A link can set the number of customers at the beginning:
// `#seed=200`.

import { createSandbox } from "collins-customers/sandbox";

const seed = Number(new URLSearchParams(location.hash.slice(1)).get("seed") ?? 1000);
const isCount = Number.isInteger(seed) && seed >= 0 && seed <= 10_000;
const { baseUrl, fetch } = createSandbox({ seed: isCount ? seed : 1000 });

/** The options of the page's client. */
export const service = { baseUrl, fetch, token: "sandbox" };
