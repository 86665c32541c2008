// The bytes of the default entry, with the module inlined, as esbuild bundles it.

import { bytesOfBuilds, bytesOfPeers } from "../bytes.mjs";

export const work = "the same, default entry bundled by esbuild";
export const unit = "KB after brotli";
export const target = 21.3;

export async function measure(folder) {
  return [...(await bytesOfBuilds("default, bundled by esbuild")), ...(await bytesOfPeers(folder))];
}
