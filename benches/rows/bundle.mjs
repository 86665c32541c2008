// The bytes of the default entry, with the module inlined, as esbuild bundles it.

import { sizes } from "../../xtask/sizes.mjs";
import { bytesOfPeers } from "../bytes.mjs";
import { OWN } from "../peers.mjs";

export const work = "the same, default entry bundled by esbuild";
export const unit = "KB after brotli";
export const target = 21.3;

export async function measure(folder) {
  const { brotli } = (await sizes())["default, bundled by esbuild"];
  return [{ name: OWN, value: brotli / 1000 }, ...(await bytesOfPeers(folder))];
}
