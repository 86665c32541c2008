// Where the service of a page without a server is: in the page. A link may say with how many customers it begins:
// `#seed=200`.

import { createSandbox } from "collins-customers/sandbox";

const seed = Number(new URLSearchParams(location.hash.slice(1)).get("seed") ?? 1000);
const isCount = Number.isInteger(seed) && seed >= 0 && seed <= 10_000;
const { baseUrl, fetch } = createSandbox({ seed: isCount ? seed : 1000 });

/** The options of the page's client. */
export const service = { baseUrl, fetch, token: "sandbox" };
