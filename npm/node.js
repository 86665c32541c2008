// For Node and compatible runtimes: the target of the condition `node`, except for `require`.
//
// Base64 is a quarter larger after brotli, but no page loads this file, and Node decodes it at once; the loop of
// decode.js would take a third of the time from the start of a process to its first call.

import { base64 } from "./base64.js";
import glue from "./glue.js";

const bytes = Buffer.from(base64, "base64");
try {
  glue.start(new WebAssembly.Module(bytes));
} catch {
  // There is no WebAssembly (with `--jitless`, for example), which each call reports.
  glue.startLater(() => WebAssembly.compile(bytes));
}

export * from "./glue.js";
