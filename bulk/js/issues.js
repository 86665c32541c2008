// Turns the module's numbers into issues and damage that people can read.

import { issueOf } from "../../src/js/issues.js";

/** The faults of a file, by the numbers of `Fault` in src/check.rs. */
const FAULTS = [
  [
    "invalid_encoding",
    'Is not UTF-8. Save it as "CSV UTF-8", or read it with the encoding "windows-1252"',
  ],
  [
    "unclosed_quote",
    "A quote begins here and is never closed, so that the rest of the file is in this cell: close it, or write it twice",
  ],
  [
    "text_after_quote",
    "Text follows the closing quote: a quote within a cell in quotes must be written twice",
  ],
  [
    "too_many_cells",
    "The row has more cells than the file has columns: put cells that contain the delimiter into quotes",
  ],
  [
    "invalid_encoding",
    "Is not UTF-16: it contains half of a character. The file was damaged or cut: ask for it again, as UTF-8",
  ],
  [
    "invalid_json",
    'Is not an object in JSON: a customer must be one, such as {"email": "…"}, and in NDJSON on one line',
  ],
  ["nested_value", "Expected a single value, got a list or an object"],
];

/** The kinds of damage, by the numbers of `Seen` in src/damage.rs. */
const DAMAGE = [
  [
    "scientific_notation",
    "Long numbers were shortened, such as 4.47E+11: their last digits are lost. Ask for a file in which the column is text",
  ],
  [
    "lost_zero",
    "Phone numbers begin with no zero and may have lost it. Ask for a file in which the column is text",
  ],
  [
    "serial_date",
    "Dates are the numbers of days. Format the column as a date, YYYY-MM-DD, and save the file again",
  ],
  [
    "formula_error",
    "Cells contain the error of a formula, such as #REF!. Mend the formula, or ask for the values",
  ],
  [
    "mojibake",
    "Letters were read in the wrong encoding, such as Ã© for é. Ask for the file as UTF-8, as it was first saved",
  ],
  [
    "lost_letter",
    "Letters were replaced by a question mark: the encoding had none for them. Ask for the file as UTF-8",
  ],
  [
    "thousands_separator",
    "Numbers have separators of thousands, such as 1,000. Ask for a file in which the column is text",
  ],
  [
    "cut_off",
    "Texts have exactly 255 characters: an older program may have cut them off. Ask for a file from a newer one",
  ],
  [
    "short_rows",
    "Rows have fewer cells than the file has columns: the missing ones are taken as empty. Look whether a line break without quotes divides rows",
  ],
  ["nul", "Cells contain the character NUL. Ask for the file in another format"],
  [
    "other_keys",
    "Rows have keys beyond the first 1,000 that the file has: they were left out. Look whether values were written as keys",
  ],
];

/** The number of numbers for an issue, and for a kind of damage. */
export const ISSUE_SIZE = 8;
export const DAMAGE_SIZE = 5;

const pathOf = (column) => (column?.sent ? column.field.split(/\.(.*)/s, 2) : []);

/** The fields of a name that was split. */
const HALVES = ["first_name", "last_name"];

export const readIssue = ([row, line, column, half, said, ...parts], columns) => {
  const [code, message] = FAULTS[-1 - said] ?? [];
  const isOfFile = code !== undefined && code !== "nested_value";
  const path = isOfFile ? [] : half ? [HALVES[half - 1]] : pathOf(columns[column]);
  const issue = said < 0 ? { path, code, message } : issueOf(path, said, parts);
  return { row, line, column: column + 1, ...issue };
};

export const readDamage = ([seen, column, rows, row, line], columns) => {
  const [code, message] = DAMAGE[seen];
  const isOfColumn = code !== "short_rows" && code !== "other_keys";
  return {
    code,
    message,
    ...(isOfColumn && { column: column + 1, name: columns[column]?.name ?? "" }),
    rows,
    first: { row, line },
  };
};
