// For Cloudflare's workerd: the target of the condition `workerd`.
//
// A worker may not compile WebAssembly from bytes. It imports the `.wasm` file instead, which the
// runtime has compiled already.

import module from "./collins_customers.wasm";
import glue from "./glue.js";

glue.start(module);

export * from "./glue.js";
