// For Vercel's edge runtime and the edge routes of Next: what the condition `edge-light` leads to.
//
// Like workerd it may not compile from bytes. Its bundlers hand over a compiled module only where the
// import says so with `?module`.

import module from "./collins_customers.wasm?module";
import glue from "./glue.js";

glue.start(module);

export * from "./glue.js";
