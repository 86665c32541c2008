// For pages that load the `.wasm` as a file of its own, to have it streamed and cached: the entry
// `collins-customers/web`. Here alone `init` must be called, and awaited, before anything else.

import load from "./glue.js";

export function init(source = new URL("./collins_customers.wasm", import.meta.url)) {
  return load({ module_or_path: source }).then(() => {});
}

export * from "./names.js";
