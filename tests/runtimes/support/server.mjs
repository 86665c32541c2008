// The cells of runtimes that run a program to its end.

import { lines } from "./page.mjs";

/** A cell that runs the template and the README's snippet with a runtime; both print their results. */
export const server = ({ tool, template, readme, args = [], readmeArgs = args }) => ({
  runtime: tool,
  readme,
  async run(project) {
    const extension = template.slice(template.lastIndexOf("."));
    await project.copy(template, template);
    const scenario = await project.run(tool, [...args, template]);
    const result = { scenario: JSON.parse(scenario) };
    if (readme) {
      await project.write({ [`readme${extension}`]: project.snippet(readme) });
      result.readme = lines(await project.run(tool, [...readmeArgs, `readme${extension}`]));
    }
    return result;
  },
});

/** Fetches JSON from a server. */
export async function json(url) {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return JSON.parse(text);
}

/** The results of snippets that return customers as JSON. */
export const firstNames = (customers) => customers.map((customer) => customer.first_name);

/** A cell in which a library's `fetch` replaces the platform's. */
export const ownFetch = (tool) => ({
  tools: [tool],
  async run(project) {
    await project.copy("fetch.mjs", "fetch.mjs");
    await project.replace("fetch.mjs", "own-fetch", tool.replace(/\d$/, ""));
    return { scenario: JSON.parse(await project.run("node24", ["fetch.mjs"])) };
  },
});
