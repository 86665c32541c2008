// The bytes that a page loads from the entry `./web`: the `.wasm` and the JavaScript, each compressed.

import { bytesOfBuilds, bytesOfPeers } from "../bytes.mjs";

export const work = "bytes that a page loads, `./web`: `.wasm` + JavaScript, whole client";
export const unit = "KB after brotli";
export const target = 20.5;

export async function measure(folder) {
  return [...(await bytesOfBuilds("web: .wasm + web.js")), ...(await bytesOfPeers(folder))];
}
