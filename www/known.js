// The venues, marketing preferences and labels of the sandbox's customers. The API has no operation that lists them,
// and no names for the first two: a page has to know its own.

/** The venues, as [id, name]. */
export const venues = [
  ["5b5b2f0a4c1e6d0001a1b001", "Old Town"],
  ["5b5b2f0a4c1e6d0001a1b002", "Harbour"],
  ["5b5b2f0a4c1e6d0001a1b003", "Garden"],
  ["5b5b2f0a4c1e6d0001a1b004", "Station"],
  ["5b5b2f0a4c1e6d0001a1b005", "Rooftop"],
];

/** The name of a venue. An unknown one is identified by the end of its id. */
export const venueOf = (id) => nameIn(venues, id);

/** The marketing preferences, as [id, name]. */
export const preferences = [
  ["5c0e4a5f7d2b3c0001f3e001", "News by email"],
  ["5c0e4a5f7d2b3c0001f3e002", "Offers by text message"],
  ["5c0e4a5f7d2b3c0001f3e003", "Birthday surprise"],
];

/** The name of a marketing preference, as that of a venue. */
export const preferenceOf = (id) => nameIn(preferences, id);

const nameIn = (names, id) =>
  names.find(([one]) => one === id)?.[1] ?? `unknown (…${id.slice(-4)})`;

/** The labels, the most frequent first, as [label, name]. */
export const labels = [
  "Regular",
  "VIP",
  "Newsletter",
  "Corporate",
  "Vegetarian",
  "Press",
  "Gluten-free",
  "Großkunde",
].map((label) => [label, label]);

/** The months, as [number, name]. */
export const months = Array.from({ length: 12 }, (_, index) => [
  `${index + 1}`,
  new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" }).format(Date.UTC(2000, index)),
]);
