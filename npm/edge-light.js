// For Vercel's edge runtime and the edge routes of Next: the target of the condition `edge-light`.
//
// Like workerd it may not compile from bytes. Its bundlers hand over a compiled module only if the import ends with
// `?module`.

import module from "./collins_customers.wasm?module";
import glue from "./glue.js";

glue.start(module);

export * from "./glue.js";
