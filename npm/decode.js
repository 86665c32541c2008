// The module's bytes, as text in which one character is one byte wherever it can be.
//
// Base64 shifts bytes across its letters, so a compressor no longer finds what repeats: after brotli it
// costs 29 % where this costs 5 %, decoder included (DESIGN.md compares). Text outside printable ASCII
// would be escaped by minifiers, so of the 256 bytes
// - those that are a printable character stand for themselves, once 00–1f, which WebAssembly is full of,
//   have changed places with 40–5f;
// - the others are one of `|`, `}`, `~` and a character between `#` and `[`.
// `"` is never used and `\` is the only character that a string literal escapes.

export function decode(text) {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let index = 0; index < text.length; ) {
    let code = text.charCodeAt(index++);
    if (code > 123) code = (text.charCodeAt(index++) + code * 57 + 189) & 255;
    bytes[length++] = code & 160 ? code : code ^ 64;
  }
  return bytes.subarray(0, length);
}
