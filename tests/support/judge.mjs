// The crate as the judge of JSON text: see judge.rs.

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { root } from "./sandbox.mjs";

/** Judges pairs of a kind (`create`, `update`, `list`) and JSON text with the crate: `{ issues, query }` of each. */
export async function judge(pairs) {
  const child = spawn("cargo", ["run", "--quiet", "--example", "judge"], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.stdin.end(pairs.map(([kind, json]) => `${kind}\t${json}\n`).join(""));
  const written = await text(child.stdout);
  if ((await ended) !== 0) throw new Error("the judge did not run to its end");
  return written.trim().split("\n").map(JSON.parse);
}
