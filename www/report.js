// The report about a file: its columns, the damage that a spreadsheet did to it, and its issues.

import { element, find, reasonOf, text } from "./dom.js";
import { preferences } from "./known.js";

const number = new Intl.NumberFormat("en");

/** The number of issues shown at a time. The report keeps as many; the others are read from the file again. */
export const KEPT = 100;

/** The fields for a column, as [field, name]. */
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

/** The content of the file, in a sentence. */
export function summaryOf({ rows, valid, columns, fixes }) {
  const faulty = rows - valid;
  if (rows === 0) return "There are no customers in this file.";
  const isSplit = fixes.some(({ fix }) => fix === "splitNames");
  if (!isSplit && !columns.some(({ sent }) => sent))
    return `${counted(rows, "customer", "customers")}. Choose what the columns become: none of them is known.`;
  if (faulty === 0) return `${counted(rows, "customer", "customers")}, and nothing is wrong.`;
  return `${counted(rows, "customer", "customers")}: ${number.format(valid)} can be imported, ${number.format(faulty)} cannot yet.`;
}

/** The columns, each with its field. `move` is called with the column's name and another field, or null. */
export function columnsOf({ columns, dialect: { header, format } }, { fixes }, move) {
  const areNamed = header || format !== "csv";
  const rows = columns.map((column, index) => {
    const name = areNamed ? column.name : `${index + 1}`;
    const heading = name || `Column ${index + 1}`;
    const isSplit = fixes.splitNames && isWholeName(column);
    return [
      text(heading),
      name ? choiceOf(column, name, isSplit, move) : "left out",
      isSplit ? "divided" : certaintyOf(column),
    ];
  });
  return tableOf("Columns", ["In the file", "Becomes", "How sure"], rows);
}

/** Returns whether a column has full names, for which there is no field. */
export const isWholeName = ({ field, sent }) => field === "full_name" && !sent;

function choiceOf({ field, sent }, name, isSplit, move) {
  const select = element("select", { "aria-label": `What “${name}” becomes`, "data-column": name });
  select.add(new Option(isSplit ? "First and last name" : "Left out", ""));
  for (const [value, label] of fields) select.add(new Option(label, value));
  select.value = sent && fields.some(([value]) => value === field) ? field : "";
  select.addEventListener("change", () => move(name, select.value || null));
  return select;
}

function certaintyOf(column) {
  const { field, sent, certainty, repeats } = column;
  if (repeats !== undefined) return `column ${repeats + 1} has it already`;
  if (!field) return "unknown name";
  if (isWholeName(column)) return "a whole name, which can be divided";
  if (!sent) return "only the service writes this";
  return certainty === "exact" ? "sure" : "usual spelling";
}

/** The damage that a spreadsheet did to the file, if any. */
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

/** The issues, page by page. */
export function faultsOf({ issues, issueCount, columns }) {
  if (issueCount === 0) return [];
  const table = tableOf("Faults", ["Row", "Line", "Column", "What is wrong"], []);
  const place = element("p", { role: "status" });
  const show = (page, shown) => {
    const first = (page - 1) * KEPT;
    const some = `${number.format(first + 1)} to ${number.format(first + shown.length)} of `;
    const all = counted(issueCount, "fault", "faults");
    place.textContent = issueCount > KEPT ? some + all : all;
    find("tbody", table).replaceChildren(...shown.map((issue) => faultOf(issue, columns)));
    table.scrollTop = 0;
  };
  show(1, issues.slice(0, KEPT));
  if (issueCount <= KEPT) return [table, place];
  return [table, pagerOf(table, place, issues, Math.ceil(issueCount / KEPT), show)];
}

const faultOf = ({ row, line, column, message }, columns) =>
  rowOf([
    number.format(row),
    number.format(line),
    text(columns[column - 1]?.name || `${column}`),
    message,
  ]);

/** The buttons for other pages of the issues. The last requested page is shown. */
function pagerOf(table, place, issues, last, show) {
  let asked = 1;
  const go = async (page) => {
    if (page < 1 || page > last) return;
    asked = page;
    // Unlike disabled buttons, they keep the focus when there is nothing more to show.
    back.setAttribute("aria-disabled", `${page === 1}`);
    on.setAttribute("aria-disabled", `${page === last}`);
    table.setAttribute("aria-busy", "true");
    try {
      const found = await issues.page(page, KEPT);
      if (asked === page) show(page, found);
    } catch (error) {
      if (asked === page) place.textContent = `These faults could not be read. ${reasonOf(error)}`;
    }
    if (asked === page) table.removeAttribute("aria-busy");
  };
  const button = (name, step) => {
    const made = element("button", { type: "button", "aria-label": `${name} faults` }, name);
    made.addEventListener("click", () => go(asked + step));
    return made;
  };
  const back = button("Previous", -1);
  const on = button("Next", 1);
  back.setAttribute("aria-disabled", "true");
  return element("div", { class: "pager" }, back, place, on);
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
      element("tbody", {}, ...rows.map(rowOf)),
    ),
  );
}

const rowOf = (cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
