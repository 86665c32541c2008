// For pages that load the `.wasm` as its own file, so that it is streamed and cached: the entry
// `collins-customers/web`. It is the only one where `init` must be called.

import glue from "./glue.js";

/** Compiles while the bytes arrive, or afterwards if the server sends them with another media type. */
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
