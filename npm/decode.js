// Decodes the module's bytes from text, in which one character is one byte wherever possible.
//
// Base64 shifts bytes across its letters, so a compressor no longer finds repetitions: after brotli it costs 29 %,
// this 5 %, including the decoder (DESIGN.md compares them). Minifiers would escape text outside printable ASCII, so of
// the 256 bytes
// - printable characters are written as they are, after 00–1f, which are common in WebAssembly, were exchanged with
//   40–5f;
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
