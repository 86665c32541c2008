export * from "./index.js";

/**
 * Loads the WebAssembly module. Await it once, before you use anything else of this package.
 *
 * @param source The module: its URL, a `Response` (or a promise of one), its bytes, or a compiled
 *   `WebAssembly.Module`. Without it, the file beside this one is fetched.
 */
export function init(
  source?:
    | string
    | URL
    | Request
    | Response
    | Promise<Response>
    | BufferSource
    | WebAssembly.Module,
): Promise<void>;
