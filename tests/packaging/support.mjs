// Runs the tools that make and check packages.

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { root } from "../support/sandbox.mjs";

/** The package as built by `cargo xtask build`. */
export const pkg = join(root, "pkg");

const PATH = [join(root, "target/tools/bin"), join(root, "node_modules/.bin"), process.env.PATH];

/** Runs a program to its end and resolves to its standard output. Rejects if it fails. */
export async function run(program, args, options) {
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      cwd: root,
      ...options,
      env: { ...process.env, PATH: PATH.join(delimiter), ...options?.env },
    });
    return stdout;
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")}: ${error.message}\n${error.stdout ?? ""}`);
  }
}

/** An empty folder, which is deleted when the test `t` is over. */
export async function emptyFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), "collins-customers-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Packs the tarball that npm would publish into `folder`. Returns its path. */
export async function pack(folder) {
  const [{ filename }] = JSON.parse(
    await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: pkg }),
  );
  return join(folder, filename);
}
