// For browsers, every bundler and other runtimes: the target of the conditions `require` (as inline.cjs) and `default`.
//
// The module's bytes are inside this package's JavaScript, so nothing has to be read, fetched or
// configured, and they are compiled synchronously, so the line after the import may use everything.
// Browsers released before 2023 refuse that for a module of this size: there it is compiled in the background,
// and calls wait for it. If there is no WebAssembly at all, the import succeeds and calls report it. There is no
// top-level await: it breaks `require` and some bundlers' pages.

import { decode } from "./decode.js";
import glue from "./glue.js";
import { text } from "./text.js";

const bytes = decode(text);
try {
  glue.start(new WebAssembly.Module(bytes));
} catch {
  // A lasting problem, such as a policy that forbids WebAssembly, is reported by each call.
  glue.startLater(() => WebAssembly.compile(bytes));
}

export * from "./glue.js";
