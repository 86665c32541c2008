// For pages that load the `.wasm` as a file of its own, to have it streamed and cached: the entry
// `collins-customers/web`. Here alone `init` must be called.

import glue from "./glue.js";

/** Compiles while the bytes arrive, or after they have where the server gives them another type. */
async function compileResponse(response) {
  if (!response.ok) throw new Error(`The WebAssembly module was answered with ${response.status}`);
  const copy = response.clone();
  return WebAssembly.compileStreaming(response).catch(async () =>
    WebAssembly.compile(await copy.arrayBuffer()),
  );
}

async function compile(source) {
  let module = await source;
  if (typeof module === "string" || module instanceof URL || module instanceof Request)
    module = await fetch(module);
  if (module instanceof Response) return compileResponse(module);
  return module instanceof WebAssembly.Module ? module : WebAssembly.compile(module);
}

export const init = (source = new URL("./collins_customers.wasm", import.meta.url)) =>
  glue.startLater(() => compile(source));

export * from "./glue.js";
