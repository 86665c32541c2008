// What the module says while a function of it runs: seat.rs calls these two, and core.js listens.

/** By the numbers of seat.rs: the target and the body. */
let texts = [];
let numbers;

export const tell = (what, text) => {
  texts[what] = text;
};

export const figures = (...given) => {
  numbers = given;
};

/** Calls a function of the module; what it returned, and what it said. */
export const listen = (code) => {
  texts = [];
  numbers = undefined;
  const status = code();
  const [target, body] = texts;
  return { status, target, body, numbers };
};
