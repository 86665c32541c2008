// The arguments about the format of a file of customers, for every command that reads one.

const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" };

/** The lines of a command's help. */
export const READING_HELP = `\
  --map COLUMN=FIELD   The field of a column, such as "Vorname=first_name", or "1=first_name" in a file without a
                       header; an empty FIELD leaves it out. May be repeated
  --encoding NAME      utf-8, utf-16le, utf-16be or windows-1252 [default: utf-8, or utf-16 if the file begins so]
  --delimiter NAME     comma, semicolon, tab or pipe [default: detected]
  --no-header          The first row is a customer, not a header
  --fix NAME           Correct the values while reading: trim, phone-blanks, lower-case-emails, split-names,
                       or dates=dmy (or mdy, ymd) to read dates in this order. May be repeated
`;

/** The arguments, for `parseArgs`. */
export const READING = {
  map: { type: "string", multiple: true, default: [] },
  encoding: { type: "string" },
  delimiter: { type: "string" },
  "no-header": { type: "boolean" },
  fix: { type: "string", multiple: true, default: [] },
};

/** The fixes by their names on the command line: the name in `FileFixes`, and the words for its changes. */
export const FIXES = {
  trim: ["trim", "blanks were removed"],
  "phone-blanks": ["phoneBlanks", "blanks were removed from phone numbers"],
  "lower-case-emails": ["lowerCaseEmails", "addresses were changed to lower case"],
  "split-names": ["splitNames", "names were split"],
  dates: ["dates", "dates were converted"],
};

/** Reads the fixes from the arguments. */
function readFixes(fixes) {
  const pairs = fixes.map((fix) => {
    const [name, order] = fix.split(/=(.*)/s, 2);
    if (!Object.hasOwn(FIXES, name) || (name === "dates") !== (order !== undefined))
      throw new TypeError(
        "--fix must be trim, phone-blanks, lower-case-emails, split-names or dates=ORDER",
      );
    return [FIXES[name][0], order ?? true];
  });
  return Object.fromEntries(pairs);
}

/** The name of a delimiter on the command line. */
export const delimiterName = (delimiter) =>
  Object.keys(DELIMITERS).find((name) => DELIMITERS[name] === delimiter);

/** Reads the one file from the arguments. */
export function readFileArgument(positionals) {
  if (positionals.length !== 1) throw new TypeError("Name one file, or - for standard input");
  return positionals[0];
}

/** Reads the options of `checkFile` from the arguments. */
export function readReading({ map, encoding, delimiter, "no-header": hasNone, fix }) {
  if (delimiter !== undefined && !Object.hasOwn(DELIMITERS, delimiter))
    throw new TypeError(`--delimiter must be one of ${Object.keys(DELIMITERS).join(", ")}`);
  const mapping = map.map((pair) => {
    const at = pair.lastIndexOf("=");
    if (at < 1) throw new TypeError("--map must be COLUMN=FIELD");
    return [pair.slice(0, at), pair.slice(at + 1) || null];
  });
  const dialect = {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter: DELIMITERS[delimiter] }),
    ...(hasNone && { header: false }),
  };
  return {
    mapping: Object.fromEntries(mapping),
    dialect,
    ...(fix.length > 0 && { fixes: readFixes(fix) }),
  };
}
