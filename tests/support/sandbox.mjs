// The sandbox as its own program on its own port.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The checkout's root. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

// Deno, Bun and WebDriver would ask a proxy that the environment names, even for an address of this machine.
const direct = [process.env.NO_PROXY, "127.0.0.1", "localhost"].filter(Boolean).join();
Object.assign(process.env, { NO_PROXY: direct, no_proxy: direct });

// `cargo xtask test` says where the programs are; the default is for a single file run by hand.
export const program = process.env.SANDBOX ?? `${root}target/debug/sandbox`;

/** The sandbox's default token. */
export const token = "sandbox";

/**
 * Starts a sandbox with these arguments, on a free port, and stops it when the test `t` is over. Returns its `origin`
 * and the `baseUrl` for a client.
 */
export async function startSandbox(t, ...args) {
  const child = spawn(program, ["--port", "0", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill());
  const origin = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) =>
      reject(new Error(`the sandbox ended with ${code} before it listened`)),
    );
    createInterface(child.stdout).on("line", (line) => {
      const [, origin] = /^listening on (\S+)$/.exec(line) ?? [];
      if (origin) resolve(origin);
    });
  });
  return { origin, baseUrl: `${origin}/api` };
}
