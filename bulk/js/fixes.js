// The fixes by their names, and their results in the report.

import { known } from "./options.js";

/** The names by the numbers of `Fix` in src/fix.rs. */
const FIXES = ["trim", "phoneBlanks", "lowerCaseEmails", "splitNames", "dates"];
/** The orders of the day, the month and the year, by the numbers of `ORDERS` there. */
const ORDERS = ["dmy", "mdy", "ymd"];

const DATES = FIXES.length - 1;

/** The number of numbers for a fix, and for dates. */
export const FIXED_SIZE = 3;
export const DATES_SIZE = 14;

/** The fixes as one number. */
export const readFixes = (given) => {
  const fixes = known(given, "fixes", FIXES);
  let number = 0;
  for (const [bit, name] of FIXES.slice(0, DATES).entries()) {
    const value = fixes[name];
    if (value !== undefined && typeof value !== "boolean")
      throw new TypeError(`fixes.${name} must be true or false`);
    if (value) number |= 1 << bit;
  }
  if (fixes.dates === undefined) return number;
  const order = ORDERS.indexOf(fixes.dates);
  if (order < 0)
    throw new TypeError(
      `fixes.dates must be one of ${ORDERS.map((it) => JSON.stringify(it)).join(", ")}`,
    );
  return number | ((order + 1) << DATES);
};

export const withoutDates = (number) => number & ((1 << DATES) - 1);

export const readFixed = ([fix, column, rows], columns) => ({
  fix: FIXES[fix],
  column: column + 1,
  name: columns[column]?.name ?? "",
  rows,
});

const listed = (items) => new Intl.ListFormat("en", { type: "conjunction" }).format(items);

const linesOf = (places) => {
  const lines = [...new Set(places.map(({ line }) => line))].sort((one, other) => one - other);
  return `line${lines.length > 1 ? "s" : ""} ${listed(lines.map(String))}`;
};

/** A sentence about the order of dates: what is certain, what is to be decided, and the lines that show it. */
const sentenceOf = (wanted, orders, against, either) => {
  const refuted = wanted && against[wanted];
  if (refuted)
    return `Dates are not in the order ${wanted}: line ${refuted.line} does not fit. No date was changed`;
  if (orders.length === 0)
    return `Dates are not YYYY-MM-DD, and no single order fits them all: see ${linesOf(Object.values(against))}`;
  const [order, ...others] = wanted ? [wanted, ...orders.filter((it) => it !== wanted)] : orders;
  if (others.length > 0 && either.length > 0)
    return wanted
      ? `Dates were read as ${wanted}, but ${listed(others)} fits them as well: make sure by ${linesOf(either)}`
      : `Dates are not YYYY-MM-DD, and may be ${listed(orders)}: see ${linesOf(either)}, ask for the order and name it`;
  return wanted
    ? `Dates were read as ${order}: no other order makes other dates of them`
    : `Dates are not YYYY-MM-DD. They are all ${order}, which a fix can read`;
};

/** The report about dates in another form than the API's; undefined if there are none. */
export const readDates = ([column, rows, ...numbers], columns, fixes) => {
  if (rows === 0) return undefined;
  const places = Array.from({ length: numbers.length / 2 }, (_, at) => ({
    row: numbers[2 * at],
    line: numbers[2 * at + 1],
  }));
  const refutations = places.slice(0, ORDERS.length);
  const either = places.slice(ORDERS.length).filter(({ row }) => row > 0);
  const orders = ORDERS.filter((_, at) => refutations[at].row === 0);
  const against = Object.fromEntries(
    ORDERS.map((order, at) => [order, refutations[at]]).filter(([, { row }]) => row > 0),
  );
  const wanted = ORDERS[(fixes >> DATES) - 1];
  return {
    column: column + 1,
    name: columns[column]?.name ?? "",
    rows,
    orders,
    against,
    either,
    fixed: orders.includes(wanted),
    message: sentenceOf(wanted, orders, against, either),
  };
};
