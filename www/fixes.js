// The fixes that can be made while a file is read, and their results.

import { find, text } from "./dom.js";
import { counted, isWholeName } from "./report.js";

const box = find("#fixes");
const boxes = Array.from(box.querySelectorAll("[type=checkbox]"));
const encoding = find("[name=encoding]", box);
const header = find("[name=header]", box);
/** The boxes that say how the file is read, and change no value. */
const readings = [encoding, header];
const dates = find("select", box);

const orders = {
  dmy: "day, month, year",
  mdy: "month, day, year",
  ymd: "year, month, day",
};

for (const [order, name] of Object.entries(orders)) dates.add(new Option(`are ${name}`, order));

/** Calls back when the chosen fixes have changed. */
export const whenFixed = (callback) => box.addEventListener("change", callback);

/** Removes all fixes, for a new file. */
export function clearFixes() {
  for (const each of boxes) each.checked = false;
  dates.value = "";
  box.hidden = true;
}

/** The options `fixes` and `dialect` of a check and of an import. */
export function readFixes() {
  const chosen = boxes.filter((each) => each.checked && !readings.includes(each));
  return {
    fixes: {
      ...Object.fromEntries(chosen.map(({ name }) => [name, true])),
      ...(dates.value && { dates: dates.value }),
    },
    dialect: {
      ...(encoding.checked && { encoding: encoding.value }),
      ...(header.checked && { header: true }),
    },
  };
}

/** Shows the possible fixes of a file, and those that were made. */
export function showFixes({ rows, fixes, columns, dates: found, issues, dialect }) {
  box.hidden = rows === 0;
  for (const each of boxes) {
    const done = fixes.filter(({ fix }) => fix === each.name);
    const places = done.flatMap(({ name, rows }, index) => [
      index > 0 ? ", " : "",
      text(name),
      ` in ${counted(rows, "row", "rows")}`,
    ]);
    const isFix = each.checked && !readings.includes(each);
    say(each, ...(isFix && places.length === 0 ? ["nothing to change"] : places));
  }
  show(find("[name=splitNames]", box), canSplit(columns));
  const isUnread = issues.some(({ code }) => code === "invalid_encoding");
  show(encoding, isUnread);
  show(header, dialect.format === "csv" && !dialect.header);
  show(dates, found !== undefined);
  say(dates, ...(found ? [text(found.name), `: ${sentenceOf(found, dates.value)}`] : []));
}

const rowOf = (control) => control.closest("li");

/** Shows a control if it is useful or set. */
function show(control, isUseful) {
  const isSet = control === dates ? dates.value !== "" : control.checked;
  rowOf(control).hidden = !isUseful && !isSet;
}

const say = (control, ...content) => find(".note", rowOf(control)).replaceChildren(...content);

/** Returns whether names can be split: only if the file has no column for a part of them. */
const canSplit = (columns) =>
  columns.some(isWholeName) &&
  !columns.some(({ field, sent }) => sent && /^(first|last)_name$/.test(field));

/** A sentence about the order of the dates in a file. */
function sentenceOf({ orders: fitting, against, either }, wanted) {
  if (wanted && against[wanted])
    return `line ${against[wanted].line} is no date in this order, so none was changed`;
  if (fitting.length === 0)
    return `no order fits all of them, see ${linesOf(Object.values(against))}`;
  const others = fitting.filter((order) => order !== wanted);
  if (either.length > 0 && others.length > 0) {
    const names = new Intl.ListFormat("en", { type: "disjunction", style: "narrow" }).format(
      others.map((order) => `“${orders[order]}”`),
    );
    const also = wanted ? "could also be" : "could be";
    return `they ${also} ${names}. Make sure with ${linesOf(either)}`;
  }
  return wanted ? "no other order makes other dates of them" : `they are ${orders[others[0]]}`;
}

function linesOf(places) {
  const lines = [...new Set(places.map(({ line }) => line))].sort((one, other) => one - other);
  return `line${lines.length > 1 ? "s" : ""} ${new Intl.ListFormat("en").format(lines.map(String))}`;
}
