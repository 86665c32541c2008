// One run of the module over a file.

import { open, ready } from "#module";
import { hasOptions } from "../../src/js/own.js";
import { DATES_SIZE, FIXED_SIZE, readDates, readFixed, readFixes, withoutDates } from "./fixes.js";
import { readInput } from "./input.js";
import { DAMAGE_SIZE, ISSUE_SIZE, readDamage, readIssue } from "./issues.js";
import { known, readCallback, readSignal } from "./options.js";

const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"];
const DELIMITERS = [",", ";", "\t", "|"];
const KEPT = 1000;
/** The number of bytes after which other tasks get a turn: some ten milliseconds. */
const TURN = 4 * 1024 * 1024;
/** The same if rows or customers are returned, which takes longer for each byte than the check alone. */
const TURN_OF_ROWS = 256 * 1024;

export const NAMES = ["mapping", "dialect", "fixes", "keep", "onProgress", "signal", "worker"];
/** The parts of the rows that are returned besides their issues: `Gives` in src/check.rs. */
const CUSTOMERS = 1;
const ROWS = 2;

const DIALECT_NAMES = ["encoding", "delimiter", "header"];

const oneOf = (value, what, values) => {
  if (value === undefined) return -1;
  const place = values.indexOf(value);
  if (place < 0)
    throw new TypeError(
      `${what} must be one of ${values.map((it) => JSON.stringify(it)).join(", ")}`,
    );
  return place;
};

/** Checks the options, and converts them for the module. */
export const readOptions = (given) => {
  const options = known(given, "The options", NAMES);
  const { mapping = {}, dialect, fixes, keep = KEPT, worker } = options;
  if (
    worker !== undefined &&
    !["postMessage", "addEventListener"].every((name) => typeof worker?.[name] === "function")
  )
    throw new TypeError("worker must be a Worker that runs collins-customers/bulk/worker");
  const { encoding, delimiter, header } = known(dialect, "dialect", DIALECT_NAMES);
  if (!(Number.isInteger(keep) && keep >= 0 && keep < 2 ** 32))
    throw new TypeError("keep must be a whole number of issues");
  if (!hasOptions(mapping)) throw new TypeError("mapping must be a plain object");
  const pairs = Object.entries(mapping).filter(([, path]) => path !== undefined);
  for (const [name, path] of pairs)
    if (path !== null && (typeof path !== "string" || path === ""))
      throw new TypeError(
        `mapping: "${name}" must be the name of a field, or null to leave it out`,
      );
  const divider = oneOf(delimiter, "dialect.delimiter", DELIMITERS);
  return {
    pairs,
    numbers: [
      oneOf(encoding, "dialect.encoding", ENCODINGS),
      divider < 0 ? -1 : DELIMITERS[divider].charCodeAt(0),
      oneOf(header, "dialect.header", [false, true]),
      keep,
      readFixes(fixes),
    ],
    onProgress: readCallback(options.onProgress),
    signal: readSignal(options.signal),
    worker,
  };
};

const start = async ({ pairs, numbers: [encoding, ...numbers] }, isText, gives) => {
  await ready();
  const run = open();
  run((core) => {
    // A string no longer has an encoding.
    core.begin_check(isText ? 0 : encoding, ...numbers, gives);
    for (const [name, path] of pairs)
      if (!core.map_column(name, path ?? ""))
        throw new TypeError(
          `mapping: "${name}" cannot go to "${path}": there is no such field of a new customer`,
        );
  });
  return run;
};

/** Reads numbers of the module, in groups of `size`. */
const groups = (memory, place, count, size) => {
  const numbers = [...new Float64Array(memory.buffer, place, count * size)];
  return Array.from({ length: count }, (_, group) =>
    numbers.slice(group * size, (group + 1) * size),
  );
};

const textAt = (core, memory, length) => {
  const place = core.read_text();
  return new TextDecoder().decode(new Uint8Array(memory.buffer, place, length));
};

const feed = (run, chunk) =>
  run((core, memory) => {
    // This may replace the buffer of the memory, so it comes first.
    const place = core.room_for(chunk.length);
    new Uint8Array(memory.buffer, place, chunk.length).set(chunk);
    core.check_chunk();
  });

const describe = (run) =>
  run((core, memory) => JSON.parse(textAt(core, memory, core.describe_dialect())));

/** Gives other tasks a turn. In a hidden page, timers would take seconds. */
const turn = () =>
  new Promise((resolve) => {
    if (typeof MessageChannel !== "function") {
      setTimeout(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** The numbers of rows, of valid rows and of issues so far. */
const readCounts = (run) => {
  const [[rows, valid, issueCount]] = run((core, memory) =>
    groups(memory, core.read_counts(), 1, 3),
  );
  return { rows, valid, issueCount };
};

/** Feeds a whole file to the module, with turns for other tasks. `after` is called after each chunk. */
async function* through(input, run, { onProgress, signal, every = TURN }, after) {
  let bytes = 0;
  let next = every;
  for await (const chunk of input.chunks(signal)) {
    signal?.throwIfAborted();
    if (chunk.length === 0) continue;
    feed(run, chunk);
    bytes += chunk.length;
    yield* after(run);
    if (bytes >= next) {
      next += every;
      onProgress?.({ bytes, size: input.size, ...readCounts(run) });
      await turn();
    }
  }
  signal?.throwIfAborted();
  run((core) => core.end_check());
  onProgress?.({ bytes, size: input.size, ...readCounts(run) });
  yield* after(run);
}

/** The issues since the last call. */
function* newIssues(run) {
  yield run((core, memory) => {
    const count = core.kept_issues();
    return count ? groups(memory, core.read_issues(), count, ISSUE_SIZE) : [];
  });
}

function* newCustomers(run) {
  const text = run((core, memory) => textAt(core, memory, core.take_customers()));
  for (const line of text.split("\n")) if (line) yield JSON.parse(line);
}

const checkMapping = ({ pairs }, { header, columns }) => {
  for (const [name] of pairs) {
    const isThere = header
      ? columns.some((column) => column.name === name)
      : columns[Number(name) - 1];
    if (!isThere)
      throw new TypeError(
        `mapping: the file has no column "${name}"${header ? "" : ': without a header its columns are "1", "2" and so on'}`,
      );
  }
};

async function* customers(input, options) {
  const run = await start(options, input.isText, CUSTOMERS);
  yield* through(input, run, { signal: options.signal, every: TURN_OF_ROWS }, newCustomers);
}

/** The issues since the last call, by row. */
const issuesByRow = (run, columns) => {
  const byRow = new Map();
  for (const found of newIssues(run))
    for (const numbers of found) {
      const { row, ...issue } = readIssue(numbers, columns(numbers[2]));
      byRow.set(row, [...(byRow.get(row) ?? []), issue]);
    }
  return byRow;
};

/** A reader of all rows with all of their issues. */
const startRows = async (input, { pairs, numbers, ...options }, gives, after) => {
  const [encoding, delimiter, header, , fixes] = numbers;
  const all = { pairs, numbers: [encoding, delimiter, header, 2 ** 32 - 1, fixes], ...options };
  const run = await start(all, input.isText, gives);
  let described;
  const dialect = () => (described ??= describe(run));
  const issues = () =>
    issuesByRow(run, (place) => {
      // A JSON file may have got more columns.
      if (place >= (described?.columns.length ?? 0)) described = describe(run);
      return described.columns;
    });
  const reading = { ...options, every: TURN_OF_ROWS };
  return { run, rows: through(input, run, reading, () => after(run, issues(), dialect)) };
};

/** Every customer of a file, in order: `{ row, customer }`, or `{ row, issues }` if it is not valid. */
export async function* readCustomers(input, options) {
  let row = 0;
  const { run, rows } = await startRows(input, options, CUSTOMERS, function* (run, issues) {
    const valid = newCustomers(run);
    for (const { rows: end } = readCounts(run); row < end; ) {
      row++;
      yield issues.has(row)
        ? { row, issues: issues.get(row) }
        : { row, customer: valid.next().value };
    }
  });
  yield* rows;
  // After the rows, so that it is also done for a file without customers.
  checkMapping(options, describe(run));
}

/**
 * Every row of a file as it is written: `{ row, bytes, missing, issues, dialect, encode }`. `row` is 0 for those before
 * the first customer. `bytes` are UTF-8 without a line end, and without the reason that an import gave before; `missing`
 * is how many cells it has too few, or 1 for an object of JSON, which has no closing bracket; `encode` writes such bytes
 * in the encoding of the file.
 */
export async function* readRows(input, options) {
  const { rows } = await startRows(input, options, ROWS, function* (run, issues, dialect) {
    const [places, bytes] = run((core, memory) => {
      const count = core.take_rows();
      if (!count) return [[], new Uint8Array()];
      const places = groups(memory, core.read_rows(), count, 3);
      return [places, new Uint8Array(memory.buffer, core.read_bytes(), places.at(-1)[1]).slice()];
    });
    const encode = (bytes) =>
      run((core, memory) => {
        const length = core.encode_text(bytes);
        return new Uint8Array(memory.buffer, core.read_bytes(), length).slice();
      });
    let start = 0;
    for (const [row, end, missing] of places) {
      yield {
        row,
        missing,
        bytes: bytes.subarray(start, end),
        issues: issues.get(row),
        dialect: dialect(),
        encode,
      };
      start = end;
    }
  });
  yield* rows;
}

/** Reads groups of numbers; the export `count` returns how many there are. */
const readGroups = (run, count, read, size) =>
  run((core, memory) => {
    const number = core[count]();
    return number ? groups(memory, core[read](), number, size) : [];
  });

/** Feeds a whole file to the module, and yields the issues that are kept, as soon as the dialect is known. */
async function* issuesThrough(input, run, options) {
  let columns = [];
  for await (const found of through(input, run, options, newIssues)) {
    // A JSON file may have got more columns.
    if (found.some(([, , column]) => column >= columns.length)) columns = describe(run).columns;
    for (const numbers of found) yield readIssue(numbers, columns);
  }
}

/** All issues, read again from the file. */
async function* allIssues(input, { pairs, numbers, signal }) {
  const [encoding, delimiter, header, , fixes] = numbers;
  const all = { pairs, numbers: [encoding, delimiter, header, 2 ** 32 - 1, fixes] };
  const run = await start(all, input.isText, 0);
  yield* issuesThrough(input, run, { signal });
}

/**
 * Checks a file. `each` gets every issue that is kept, as soon as the dialect is known. Returns the report;
 * `allIssues`, which also yields those that were not kept; and `reading`, the options for reading the customers, in
 * which dates are converted only if the whole file has that order.
 */
export const check = async (given, options, each) => {
  const input = readInput(given);
  const run = await start(options, input.isText, 0);
  for await (const issue of issuesThrough(input, run, options)) each(issue);
  const { columns: all, ...dialect } = describe(run);
  checkMapping(options, { ...dialect, columns: all });
  const damage = readGroups(run, "count_damage", "read_damage", DAMAGE_SIZE);
  const fixed = readGroups(run, "count_fixed", "read_fixed", FIXED_SIZE);
  const fixes = options.numbers.at(-1);
  const [order] = run((core, memory) => groups(memory, core.read_dates(), 1, DATES_SIZE));
  const dates = readDates(order, all, fixes);
  // If a later row ruled out the order of dates, no date may be converted when the file is read again.
  const numbers = [...options.numbers.slice(0, -1), dates?.fixed ? fixes : withoutDates(fixes)];
  const reading = { ...options, numbers };
  /** Makes a function that reads the file again. */
  const again = (read, what) => () => {
    if (!input.isLasting)
      throw new TypeError(
        `A stream can be read only once: give a File, bytes or a text for ${what}`,
      );
    return read(input, reading);
  };
  const report = {
    ...readCounts(run),
    damage: damage.map((numbers) => readDamage(numbers, all)),
    fixes: fixed.map((numbers) => readFixed(numbers, all)),
    ...(dates && { dates }),
    dialect,
    columns: all,
    customers: again(customers, "customers()"),
  };
  return { report, reading, allIssues: again(allIssues, "more issues than are kept") };
};
