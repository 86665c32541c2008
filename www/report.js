// The report about a file: how its columns were understood, what a spreadsheet did to it, and its faults.

import { element, text } from "./dom.js";
import { preferences } from "./known.js";

const number = new Intl.NumberFormat("en");

/** Where a column can go, as [field, name]. */
const fields = [
  ["first_name", "First name"],
  ["last_name", "Last name"],
  ["email", "Email"],
  ["phone", "Phone"],
  ["dob", "Birthday"],
  ["company", "Company"],
  ["company_address.street", "Street"],
  ["company_address.post_code", "Post code"],
  ["company_address.city", "City"],
  ["labels", "Labels"],
  ["associated_venues", "Venues"],
  ["notes", "Notes"],
  ["custom_field_value", "The venue’s own field"],
  ...preferences.map(([id, name]) => [`marketing_preferences.${id}`, name]),
];

/** A number of things, in words. */
export const counted = (count, one, many) => `${number.format(count)} ${count === 1 ? one : many}`;

/** What the file holds, in a sentence. */
export function summaryOf({ rows, valid }) {
  const faulty = rows - valid;
  if (rows === 0) return "There are no customers in this file.";
  if (faulty === 0) return `${counted(rows, "customer", "customers")}, and nothing is wrong.`;
  return `${counted(rows, "customer", "customers")}: ${number.format(valid)} can be imported, ${number.format(faulty)} cannot yet.`;
}

/** The columns, each with where it goes. `move` is called with the column's name and another field, or null. */
export function columnsOf({ columns, dialect: { header, format } }, move) {
  const areNamed = header || format !== "csv";
  const rows = columns.map((column, index) => {
    const name = areNamed ? column.name : `${index + 1}`;
    const heading = name || `Column ${index + 1}`;
    return [text(heading), name ? choiceOf(column, name, move) : "left out", certaintyOf(column)];
  });
  return tableOf("Columns", ["In the file", "Becomes", "How sure"], rows);
}

function choiceOf({ field, sent }, name, move) {
  const select = element("select", { "aria-label": `What “${name}” becomes`, "data-column": name });
  select.add(new Option("Left out", ""));
  for (const [value, label] of fields) select.add(new Option(label, value));
  select.value = sent && fields.some(([value]) => value === field) ? field : "";
  select.addEventListener("change", () => move(name, select.value || null));
  return select;
}

function certaintyOf({ field, sent, certainty, repeats }) {
  if (repeats !== undefined) return `column ${repeats + 1} has it already`;
  if (!field) return "unknown name";
  if (!sent) return "only the service writes this";
  return certainty === "exact" ? "sure" : "usual spelling";
}

/** What the dates say of their order, if it is not that of the API, and a way to name it. */
export function datesOf({ dates }, order, name) {
  if (!dates) return [];
  const select = element("select", { "data-column": `${dates.column}: dates` });
  select.add(new Option("stay as they are", ""));
  select.add(new Option("are day, month, year", "dmy"));
  select.add(new Option("are month, day, year", "mdy"));
  select.add(new Option("are year, month, day", "ymd"));
  select.value = order ?? "";
  select.addEventListener("change", () => name(select.value || undefined));
  return [
    element("p", {}, element("strong", {}, text(dates.name)), `: ${dates.message}`),
    element("label", {}, "Dates ", select),
  ];
}

/** What a spreadsheet did to the file, if anything. */
export const damageOf = ({ damage }) =>
  damage.length === 0
    ? []
    : [
        element("h3", {}, "What a spreadsheet may have done"),
        element(
          "ul",
          { class: "damage" },
          ...damage.map(({ message, name, rows, first }) =>
            element(
              "li",
              {},
              ...(name ? [element("strong", {}, text(name)), ": "] : []),
              `${message} (${counted(rows, "row", "rows")}, first in line ${number.format(first.line)})`,
            ),
          ),
        ),
      ];

/** The faults, as far as they are listed. */
export function faultsOf({ issues, issueCount, columns }) {
  if (issueCount === 0) return [];
  const rows = issues.map(({ row, line, column, message }) => [
    number.format(row),
    number.format(line),
    text(columns[column - 1]?.name || `${column}`),
    message,
  ]);
  const table = tableOf("Faults", ["Row", "Line", "Column", "What is wrong"], rows);
  const more = issueCount - issues.length;
  const note = `And ${counted(more, "fault", "faults")} more.`;
  return [table, ...(more > 0 ? [element("p", { class: "note" }, note)] : [])];
}

function tableOf(caption, headers, rows) {
  return element(
    "div",
    { class: "report", role: "region", "aria-label": caption, tabindex: "0" },
    element(
      "table",
      {},
      element("caption", {}, caption),
      element(
        "thead",
        {},
        element("tr", {}, ...headers.map((name) => element("th", { scope: "col" }, name))),
      ),
      element(
        "tbody",
        {},
        ...rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell)))),
      ),
    ),
  );
}
