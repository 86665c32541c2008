// What the cells with a page have in common.

import { read } from "./browsers.mjs";

/** Lines as a list. */
export const lines = (text) => text.trim().split("\n");

/** What a page shows: what came of the scenario, and what the README's snippet found. */
export async function outcome(url, browser = "chromium") {
  const [scenario, customers] = await read(browser, url, ["#outcome", "#customers"]);
  if (!scenario.startsWith("{")) throw new Error(scenario);
  return { scenario: JSON.parse(scenario), readme: lines(customers) };
}

/** What a bundler gets: `src/index.js`, which leads to the scenario and to the README's snippet. */
export async function source(project) {
  await project.copy("bundled");
  await project.write({ "src/readme.js": project.snippet("With a bundler") });
}
