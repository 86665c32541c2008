// The memory that calls leave behind. It is flat if the WebAssembly memory has not grown, and the heap has grown by
// at most a tenth of a megabyte more than the hand-written client's. (That one's grows by what the engine keeps for
// itself.)

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { clientFile, OWN, validatorFile } from "../peers.mjs";
import { summary } from "../statistics.mjs";

export const work = "memory after 10 000 calls";
export const unit = "KB of heap more than after 1 000";
export const target = "flat";

const ROUNDS = 5;
const NOISE = 100; // KB

export function isReached([own, hand]) {
  return own.wasmGrown === 0 && own.value <= hand.value + NOISE;
}

export async function measure(folder) {
  const all = [
    { name: OWN, files: [clientFile(OWN)], grown: [] },
    { name: "hand-written", files: [clientFile("hand"), validatorFile("hand", folder)], grown: [] },
  ];
  for (let round = 0; round < ROUNDS; round++)
    for (const { files, grown } of all) {
      const output = execFileSync(
        process.execPath,
        ["--expose-gc", join(import.meta.dirname, "../memory-of.mjs"), ...files],
        { encoding: "utf8" },
      );
      grown.push(JSON.parse(output));
    }
  // Without this, a module whose memory was not found would look flat.
  if (all[0].grown.some(({ wasm }) => wasm === 0)) throw new Error(`${OWN} shows no memory`);
  const greatest = (grown, what) => Math.max(...grown.map((bytes) => bytes[what]));
  return all.map(({ name, grown }) => ({
    name,
    ...summary(grown.map(({ heap }) => heap / 1000)),
    external: greatest(grown, "external"),
    wasm: greatest(grown, "wasm"),
    wasmGrown: greatest(grown, "wasmGrown"),
  }));
}
