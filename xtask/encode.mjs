// The inverse of npm/decode.js, derived from it: each byte gets the first text that is decoded to it.

import { decode } from "../npm/decode.js";

const texts = new Map();
const offer = (...codes) => {
  const text = String.fromCharCode(...codes);
  const [byte] = decode(text);
  if (!texts.has(byte)) texts.set(byte, text);
};

const QUOTE = 0x22;
for (let code = 0x20; code <= 0x7b; code++) if (code !== QUOTE) offer(code);
for (let page = 0x7c; page <= 0x7e; page++)
  for (let code = 0x23; code <= 0x5b; code++) offer(page, code);

export const encode = (bytes) => Array.from(bytes, (byte) => texts.get(byte)).join("");
