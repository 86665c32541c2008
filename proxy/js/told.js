// The strings and numbers that a function of the module hands over: seat.rs calls these two, and core.js listens.

/** The target and the body, by the numbers of seat.rs. */
let texts = [];
let numbers;

export const tell = (what, text) => {
  texts[what] = text;
};

export const figures = (...given) => {
  numbers = given;
};

/** Calls a function of the module. Returns its result, and what it handed over. */
export const listen = (code) => {
  texts = [];
  numbers = undefined;
  const status = code();
  const [target, body] = texts;
  return { status, target, body, numbers };
};
