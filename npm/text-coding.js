// For `require` alone, in the place of the two globals: Jest's jsdom environment has neither of them, but
// Node, which it runs on, gives its own to whoever asks. No bundler sees an import that it would have to
// follow.

const { TextDecoder, TextEncoder } = globalThis.TextDecoder
  ? globalThis
  : process.getBuiltinModule("node:util");

export { TextDecoder, TextEncoder };
