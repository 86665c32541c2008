// A file of customers as a spreadsheet saves it: 100 000 rows of 14 columns, 14.6 MB. It has cells in quotes, notes of
// several lines, letters beyond ASCII, and a fault in every fiftieth row. Its bytes are the same in every run.

export const ROWS = 100_000;
export const FAULTY = ROWS / 50;

export const COLUMNS = [
  "email",
  "first_name",
  "last_name",
  "company",
  "phone",
  "company_address.street",
  "company_address.city",
  "company_address.post_code",
  "dob",
  "custom_field_value",
  "labels",
  "marketing_preferences.5c7d9e",
  "marketing_preferences.81a2f0",
  "notes",
];

const FIRST = ["Ada", "Grace", "Zoë", "Alan", "Edsger", "Barbara", "Renée", "Katherine"];
const LAST = ["Lovelace", "Hopper", "O'Neill", "Turing", "Dijkstra", "Liskov", "Brontë", "Johnson"];
const COMPANIES = [
  "",
  "",
  "",
  "",
  "Anchor Inns Ltd",
  '"Smith, Jones & Co"',
  "Café Noir",
  "The Old Mill",
];
const CITIES = ["Rye", "Brighton", "Stratford-upon-Avon", "Leeds", "York", "Bath"];
const LABELS = ["", "", "", "vip", "vip; regular", "news; local"];
const NOTES = [
  "",
  "",
  "",
  "",
  "",
  "Prefers a table by the window",
  '"Allergic to nuts, sesame and celery"',
  '"Said ""the best roast in town"""',
  '"Wedding in June:\n80 guests, band from 19:00\nDeposit paid"',
];

const FAULTS = [
  { email: "nobody" },
  { phone: "07700 900123 ext. 123" },
  { dob: "2023-02-30" },
  { "company_address.city": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch" },
];

export function makeFile(rows = ROWS) {
  // A Lehmer generator: random enough, and the same everywhere.
  let state = 1;
  const below = (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  const of = (list) => list[below(list.length)];
  const two = (number) => String(number).padStart(2, "0");
  const lines = [COLUMNS.join(",")];
  for (let row = 0; row < rows; row++) {
    const first = of(FIRST);
    const last = of(LAST);
    const customer = {
      email: `${first}.${last}${row}@a.example`.toLowerCase().replace(/[^a-z0-9.@]/g, ""),
      first_name: first,
      last_name: last,
      company: of(COMPANIES),
      phone: `07${below(1e9).toString().padStart(9, "0")}`,
      "company_address.street": `${1 + below(200)} ${of(LAST)} St`,
      "company_address.city": of(CITIES),
      "company_address.post_code": `TN${1 + below(40)} ${below(10)}XY`,
      dob: `${1930 + below(75)}-${two(1 + below(12))}-${two(1 + below(28))}`,
      custom_field_value: `M-${below(1e6)}`,
      labels: of(LABELS),
      "marketing_preferences.5c7d9e": of(["true", "false"]),
      "marketing_preferences.81a2f0": of(["true", "", ""]),
      notes: of(NOTES),
      ...(row % 50 === 49 && FAULTS[Math.floor(row / 50) % FAULTS.length]),
    };
    lines.push(COLUMNS.map((name) => customer[name]).join(","));
  }
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}
