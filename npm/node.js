// For Node and what runs as it: what the condition `node` leads to, but for `require`.
//
// Base64 is a quarter larger after brotli, which no page has to load here, and Node decodes it at once, where the
// loop of decode.js takes a third of a fresh process's way to its first call.

import { base64 } from "./base64.js";
import glue from "./glue.js";

const bytes = Buffer.from(base64, "base64");
try {
  glue.start(new WebAssembly.Module(bytes));
} catch {
  // There is no WebAssembly (`--jitless`, for one), which is told to whoever calls.
  glue.startLater(() => WebAssembly.compile(bytes));
}

export * from "./glue.js";
