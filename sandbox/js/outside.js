// Collects what the module hands out (src/js.rs), and provides what it needs from the platform.

const MARKS = /([A-Za-z\u00c0-\u024f\u1e00-\u1eff])\p{M}+/gu;

/** What Rust and Unicode call white space: JavaScript has U+FEFF for U+0085. */
const SPACE = /[^\S\ufeff]|\x85/g;

/**
 * Lower-cases the text, removes accents from Latin letters, and makes all white space spaces. In other scripts marks
 * belong to the spelling.
 */
export const bare = (text) =>
  text.normalize("NFD").replace(MARKS, "$1").normalize("NFC").toLowerCase().replace(SPACE, " ");

export const lowerCase = (text) => text.toLowerCase();

let last;

/** Returns what the last call of the module handed out. */
export const takeLast = () => {
  const taken = last;
  last = undefined;
  return taken;
};

export const told = (text) => {
  last = text;
};

export const answered = (status, headers, body, ending, length, operation) => {
  const lines = headers.split("\n");
  const pairs = [];
  for (let line = 0; line + 1 < lines.length; line += 2) pairs.push([lines[line], lines[line + 1]]);
  last = { status, headers: pairs, body, ending, length, operation };
};

export const remembered = (customers, ends, used, dice) => {
  last = { customers, ends, used, dice };
};
