// The runtimes and tools, pinned by this folder's package-lock.json.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { delimiter, dirname, join, relative } from "node:path";
import { root } from "../../support/sandbox.mjs";

const folder = join(root, "tests/runtimes");

/** Their folder. */
export const modules = join(folder, "node_modules");

/** The same for frameworks, which only their own cells install. */
export const frameworks = join(folder, "frameworks");

// The npm packages of these download a program when they are installed, or are shims that look for it. The
// programs themselves are in separate packages, one for each platform.
const bunArch = { x64: "x64", arm64: "aarch64" }[process.arch];
const program = (...path) => join(modules, ...path);
const programs = {
  "node20.0": program(`node20.0-${process.platform}-${process.arch}`, "bin/node"),
  "node20.18": program(`node20.18-${process.platform}-${process.arch}`, "bin/node"),
  node20: program(`node20-${process.platform}-${process.arch}`, "bin/node"),
  node22: program(`node22-${process.platform}-${process.arch}`, "bin/node"),
  node24: program(`node24-${process.platform}-${process.arch}`, "bin/node"),
  deno: program(`@deno/${process.platform}-${process.arch}-glibc`, "deno"),
  bun: program(`@oven/bun-${process.platform}-${bunArch}`, "bin/bun"),
};

/** The package of a tool. */
const packageOf = (tool) =>
  /^node\d/.test(tool) ? `${tool}-${process.platform}-${process.arch}` : tool;

/** The program of a tool, by its name or its path. */
export const programOf = (tool) => programs[tool] ?? tool;

// Some tools need a newer Node than the one that runs this.
const path = [dirname(programs.node24), process.env.PATH];

/** The environment of tools: without telemetry and colours. */
export const environment = {
  ...process.env,
  PATH: path.join(delimiter),
  NO_COLOR: "1",
  CI: "1",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  DENO_NO_UPDATE_CHECK: "1",
};
// They would make a tool use colours all the same, or tell it that it is tested.
delete environment.FORCE_COLOR;
delete environment.NODE_ENV;

/** The package.json of a tool. */
export async function manifestOf(tool, folder = modules) {
  return JSON.parse(await readFile(join(folder, packageOf(tool), "package.json"), "utf8"));
}

/** The folder of a dependency of a package: beside it, or above. */
function find(name, from) {
  for (let folder = from; folder.startsWith(modules); folder = dirname(folder)) {
    const path = folder === modules ? join(modules, name) : join(folder, "node_modules", name);
    if (existsSync(join(path, "package.json"))) return path;
  }
}

/** The names of a tool and of all its dependencies. */
export async function withDependencies(tool) {
  const found = new Set();
  const visit = async (path) => {
    if (!path || found.has(path)) return;
    found.add(path);
    const manifest = JSON.parse(await readFile(join(path, "package.json"), "utf8"));
    const names = { ...manifest.dependencies, ...manifest.optionalDependencies };
    for (const name of Object.keys(names)) await visit(find(name, path));
  };
  await visit(join(modules, tool));
  const names = [...found].map((path) => relative(modules, path));
  return names.filter((name) => !name.includes("/node_modules/"));
}
