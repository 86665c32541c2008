// For inline.js and inline.cjs, instead of the two globals: Jest's jsdom environment has neither of them, but code can
// get those of Node, which it runs on. Bundlers see no import that they would have to follow.

const { TextDecoder, TextEncoder } = globalThis.TextDecoder
  ? globalThis
  : globalThis.process.getBuiltinModule("node:util");

export { TextDecoder, TextEncoder };
