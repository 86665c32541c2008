// The work that a CSV parser leaves to others: a customer made of the texts of a row.

import { COLUMNS } from "./file.mjs";

const [STREET, CITY, POST_CODE] = [5, 6, 7];
const LABELS = 10;
const PREFERENCES = [11, 12];

const textsAt = [0, 1, 2, 3, 4, 8, 9, 13].map((place) => [place, COLUMNS[place]]);
const addressAt = [
  [STREET, "street"],
  [CITY, "city"],
  [POST_CODE, "post_code"],
];
const preferencesAt = PREFERENCES.map((place) => [place, COLUMNS[place].split(".")[1]]);

export function customerOf(cells) {
  const customer = {};
  for (const [place, name] of textsAt) if (cells[place]) customer[name] = cells[place];
  for (const [place, name] of addressAt)
    if (cells[place]) {
      customer.company_address ??= {};
      customer.company_address[name] = cells[place];
    }
  if (cells[LABELS]) customer.labels = cells[LABELS].split(";").map((label) => label.trim());
  for (const [place, id] of preferencesAt)
    if (cells[place]) {
      customer.marketing_preferences ??= {};
      customer.marketing_preferences[id] = cells[place] === "true";
    }
  return customer;
}

/** The issues of the rows, by a validator. */
export function faultsOf(rows, check) {
  const faults = [];
  for (const [place, cells] of rows.entries()) {
    const issues = check(customerOf(cells));
    if (issues.length > 0) faults.push({ row: place + 1, issues });
  }
  return faults;
}
