// Shared by the cells with a page.

import { cp } from "node:fs/promises";
import { join } from "node:path";
import { read } from "./browsers.mjs";

/** Lines as a list. */
export const lines = (text) => text.trim().split("\n");

/** Parses the result of the scenario; fails if the page shows an error instead. */
function parse(scenario) {
  if (!scenario.startsWith("{")) throw new Error(scenario);
  return JSON.parse(scenario);
}

/** The contents of a page: the result of the scenario, and the customers that the README's snippet found. */
export async function outcome(url, browser = "chromium") {
  const [scenario, customers] = await read(browser, url, ["#outcome", "#customers"]);
  return { scenario: parse(scenario), readme: lines(customers) };
}

/** The same for a page that also shows the names of `stored.mjs`. */
export async function storedOutcome(url) {
  const [scenario, customers, stored] = await read("chromium", url, [
    "#outcome",
    "#customers",
    "#stored",
  ]);
  return { scenario: parse(scenario), readme: lines(customers), stored: lines(stored) };
}

/** The contents of a page with only the README's snippet. */
export async function customersOf(url) {
  const [customers] = await read("chromium", url, ["#customers"]);
  return lines(customers);
}

/** The contents of a page without a snippet. */
export async function scenarioOutcome(url, browser = "chromium", patience = undefined) {
  const [scenario] = await read(browser, url, ["#outcome"], patience);
  return { scenario: parse(scenario) };
}

/** The input of a bundler: `src/index.js`, which imports the scenario and the README's snippet. */
export async function source(project, heading = "With a bundler") {
  await project.copy("bundled");
  await project.write({ "src/readme.js": project.snippet(heading) });
}

/** The same with the entry `collins-customers/web`: the snippet loads the module for both. */
export async function webSource(project, heading = "The module as a file, with a bundler") {
  await source(project, heading);
  await project.replace("src/scenario.js", '"collins-customers"', '"collins-customers/web"');
  await project.replace(
    "src/scenario.js",
    "import { options }",
    'import "./readme.js";\nimport { options }',
  );
}

/**
 * A page without a bundler, with this script of the template: the package's files are beside it, as in the tarball.
 */
export async function plainPage(project, script) {
  await project.copy("page");
  await project.replace("index.html", "./main.js", `./${script}`);
  const { folder } = project;
  const files = join(folder, "node_modules/collins-customers");
  await cp(files, join(folder, "collins-customers"), { recursive: true });
}

/** A cell with such a page, which also contains the snippet below a heading of the README. */
export const page = ({ browser, script, readme }) => ({
  browser,
  readme,
  async run(project) {
    await plainPage(project, script);
    await project.replace("index.html", "</html>", `${project.snippet(readme)}</html>`);
    return outcome(await project.files(), browser);
  },
});
