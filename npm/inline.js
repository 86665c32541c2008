// For Node, Deno, Bun, browsers and every bundler: what the conditions `require` (as inline.cjs) and
// `default` lead to.
//
// The module's bytes are inside this package's JavaScript, so nothing has to be read, fetched or
// configured, and they are compiled synchronously, so the line after the import may use everything.
// There is no top-level await here: it breaks `require` and some bundlers' pages.

import { decode } from "./decode.js";
import { initSync } from "./glue.js";
import { text } from "./text.js";

initSync({ module: decode(text) });

export * from "./names.js";
