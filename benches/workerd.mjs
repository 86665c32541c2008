// Workers in a workerd of their own.
//
// Miniflare puts a worker of its own between each worker and what it fetches, which is about a fifth of the time of a
// pass-through, and which no deployed worker has: all ratios to a pass-through come out too low there.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const { resolve } = createRequire(import.meta.url);

/** The program of miniflare's workerd. */
const program = createRequire(resolve("miniflare"))("workerd").default;

const workerOf = ({ modules, outbound }) =>
  `(compatibilityDate = "2026-07-30", modules = [${modules}]${outbound ? `, globalOutbound = "${outbound}"` : ""})`;

/**
 * Starts workers, each `{ name, script, wasm, outbound }`: its code, the module that it imports as `./proxy.wasm`, and
 * the name of the worker that it fetches from. Those with an `outbound` listen. Resolves to their origins by name, and
 * a function that ends them.
 */
export async function startWorkerd(workers) {
  const folder = mkdtempSync(join(tmpdir(), "workerd-"));
  const write = (file, contents) => writeFileSync(join(folder, file), contents);
  const services = workers.map(({ name, script, wasm, outbound }) => {
    write(`${name}.js`, script);
    const modules = [`(name = "${name}.js", esModule = embed "${name}.js")`];
    if (wasm) {
      write("proxy.wasm", wasm);
      modules.push('(name = "proxy.wasm", wasm = embed "proxy.wasm")');
    }
    return `(name = "${name}", worker = ${workerOf({ modules: modules.join(", "), outbound })})`;
  });
  const listening = workers.filter(({ outbound }) => outbound);
  const sockets = listening.map(
    ({ name }) => `(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}")`,
  );
  const config = join(folder, "config.capnp");
  write(
    "config.capnp",
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [${services.join(", ")}], sockets = [${sockets.join(", ")}]);`,
  );

  // It says on this descriptor which ports it has found.
  const workerd = spawn(program, ["serve", "--control-fd=3", config], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const ended = once(workerd, "exit");
  const end = async () => {
    workerd.kill();
    await ended;
    rmSync(folder, { recursive: true });
  };
  const origins = {};
  for await (const line of createInterface(workerd.stdio[3])) {
    const { event, socket, port } = JSON.parse(line);
    if (event === "listen") origins[socket] = `http://127.0.0.1:${port}`;
    if (Object.keys(origins).length === listening.length) return { origins, end };
  }
  await end();
  throw new Error("workerd did not start: see its messages");
}
