// Puts those functions of a module side by side that resemble each other: what it has just read, brotli repeats in fewer
// bits.

import binaryen from "binaryen";

const CUSTOM = 0;
const CODE = 10;

/** Reads a number of a module, seven bits of it in each byte, and returns the place after it too. */
function numberAt(bytes, at) {
  let number = 0;
  for (let worth = 1; ; worth *= 128) {
    const byte = bytes[at++];
    number += (byte & 127) * worth;
    if (byte < 128) return [number, at];
  }
}

const numberOf = (value) =>
  value < 128 ? [value] : [(value & 127) | 128, ...numberOf(value >> 7)];

const textOf = (text) => [...numberOf(text.length), ...Buffer.from(text)];

/** The sections of a module, each with its number, its place and its content. */
function sectionsOf(bytes) {
  const sections = [];
  for (let from = 8; from < bytes.length; ) {
    const [length, begin] = numberAt(bytes, from + 1);
    const end = begin + length;
    sections.push({ number: bytes[from], whole: bytes.subarray(from, end), begin, end });
    from = end;
  }
  return sections;
}

/** The code of each function. */
function functionsOf(bytes) {
  const { begin } = sectionsOf(bytes).find(({ number }) => number === CODE);
  let [count, at] = numberAt(bytes, begin);
  return Array.from({ length: count }, () => {
    const [length, first] = numberAt(bytes, at);
    at = first + length;
    return bytes.subarray(first, at);
  });
}

/** All sequences of four bytes: brotli repeats no shorter ones. */
function sequencesOf(bytes) {
  const sequences = new Set();
  for (let at = 0; at + 4 <= bytes.length; at++) sequences.add(bytes.readUInt32BE(at));
  return sequences;
}

/** The share of sequences that two functions have in common. */
function resemblance(one, other) {
  let common = 0;
  for (const sequence of one) if (other.has(sequence)) common++;
  return common / Math.sqrt(one.size * other.size || 1);
}

/** The positions of the functions in a new order, in which the next one is always the one that resembles the last most. */
function orderOf(functions) {
  const sequences = functions.map(sequencesOf);
  const left = new Set(functions.keys());
  const order = [];
  for (let last = 0; last !== undefined; ) {
    order.push(last);
    left.delete(last);
    let [next, most] = [undefined, -1];
    for (const other of left) {
      const found = resemblance(sequences[last], sequences[other]);
      if (found > most) [next, most] = [other, found];
    }
    last = next;
  }
  return order;
}

/** The module with names for its functions, by which wasm-opt can put them in this order. */
export function withOrderedNames(bytes) {
  const functions = functionsOf(bytes);
  const wasm = binaryen.readBinary(bytes);
  const imported = wasm.getNumFunctions() - functions.length;
  wasm.dispose();
  const ranks = new Map(orderOf(functions).map((position, rank) => [position, rank]));
  const names = functions.flatMap((_, position) => [
    ...numberOf(imported + position),
    ...textOf(`${ranks.get(position)}`.padStart(5, "0")),
  ]);
  // Of the section of names, only the part for functions.
  const part = [...numberOf(functions.length), ...names];
  const content = [...textOf("name"), 1, ...numberOf(part.length), ...part];
  return Buffer.concat([
    bytes.subarray(0, 8),
    ...sectionsOf(bytes)
      .filter(({ number }) => number !== CUSTOM)
      .map(({ whole }) => whole),
    Buffer.from([CUSTOM, ...numberOf(content.length), ...content]),
  ]);
}
