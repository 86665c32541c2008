// For inline.js and inline.cjs, instead of the two globals: Jest's jsdom environment has neither of them, but
// Node, which it runs on, gives its own to code that asks for them. No bundler sees an import that it would
// have to follow.

const { TextDecoder, TextEncoder } = globalThis.TextDecoder
  ? globalThis
  : globalThis.process.getBuiltinModule("node:util");

export { TextDecoder, TextEncoder };
