// An example in its own project, as its reader would set it up: its files, the packed package, and the tools that its
// package.json names.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { promisify } from "node:util";
import { install, Project, temporaryFolder } from "../runtimes/support/project.mjs";
import { manifestOf } from "../runtimes/support/tools.mjs";
import { root, startSandbox, token } from "../support/sandbox.mjs";

// Packed and installed once for all examples.
let folder;
let installed;
before(async () => {
  folder = await temporaryFolder();
  installed = await install(folder);
});
after(() => rm(folder, { recursive: true, force: true }));

/** The tools of a package.json, in the versions of the tests. */
async function toolsOf({ dependencies, devDependencies }) {
  const { "collins-customers": ours, ...others } = { ...dependencies, ...devDependencies };
  assert.ok(ours, "an example is of this package");
  for (const [tool, range] of Object.entries(others))
    assert.equal(range, `^${(await manifestOf(tool)).version}`, `the version of ${tool}`);
  return Object.keys(others);
}

/** Creates the project of an example, with the settings that its programs read. */
export async function startExample(t, name) {
  const { baseUrl } = await startSandbox(t, "--seed", "200");
  const project = new Project(installed, baseUrl);
  t.after(() => project.end());
  const example = join(root, "examples", name);
  // The page without a build has no package.json.
  const manifest = await readFile(join(example, "package.json"), "utf8").catch(() => undefined);
  await project.create({ tools: manifest ? await toolsOf(JSON.parse(manifest)) : [] });
  await cp(example, project.folder, { recursive: true });
  const env = { COLLINS_TOKEN: token, COLLINS_URL: baseUrl };
  return { project, settings: { env } };
}

/** Asks the service itself, without the package. */
export async function ask({ env }, query) {
  const headers = { Authorization: `Bearer ${env.COLLINS_TOKEN}` };
  const response = await fetch(`${env.COLLINS_URL}/customers?${query}`, { headers });
  return (await response.json()).customers;
}

/** The name of a customer, in the form of the examples. */
export const fullName = ({ first_name, last_name }) =>
  [first_name, last_name].filter(Boolean).join(" ");

/** Builds a page with Vite and serves it like `npm run preview`. Returns its address. */
export async function preview({ project, settings }) {
  await project.run("npm", ["run", "build"], settings);
  const args = ["run", "preview", "--", "--host", "127.0.0.1", "--port", "0"];
  const [url] = await project.serve("npm", args, /http:\/\/127\.0\.0\.1:\d+/, settings);
  return url;
}

/** Builds an example in Rust into `pkg/` of its project, as its reader does with wasm-pack. */
export async function buildRust({ project }, name) {
  const args = ["build", join(root, "examples", name), "--target", "web", "--no-typescript"];
  const places = ["--no-pack", "--mode", "no-install", "--out-dir", join(project.folder, "pkg")];
  // Shares the earlier builds of dependencies, such as the core.
  const env = { ...process.env, CARGO_TARGET_DIR: join(root, "target/examples") };
  await promisify(execFile)("wasm-pack", [...args, ...places], { env });
}

/** Serves the files of a page, and the service with the token below /api. Returns the address. */
export function serveBesideApi({ project, settings: { env } }) {
  const forward = async (request, response) => {
    const headers = { Authorization: `Bearer ${env.COLLINS_TOKEN}` };
    const answer = await fetch(env.COLLINS_URL + request.url.slice("/api".length), { headers });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  };
  return project.files(".", {}, (request, response) => {
    const isForService = request.url.startsWith("/api/");
    if (isForService) forward(request, response);
    return isForService;
  });
}
