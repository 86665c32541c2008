// The bytes that a page loads from the entry `./web`: the `.wasm` and the JavaScript, each compressed.

import { sizes } from "../../xtask/sizes.mjs";
import { bytesOfPeers } from "../bytes.mjs";
import { OWN } from "../peers.mjs";

export const work = "bytes that a page loads, `./web`: `.wasm` + JavaScript, whole client";
export const unit = "KB after brotli";
export const target = 20.5;

export async function measure(folder) {
  const { brotli } = (await sizes())["web: .wasm + web.js"];
  return [{ name: OWN, value: brotli / 1000 }, ...(await bytesOfPeers(folder))];
}
