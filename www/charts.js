// The charts: customers by month of birth, by label, and opt-ins over time. Each bar is a link to the list that it
// counts.

import { element, find, reasonOf, shape } from "./dom.js";
import { addressOf } from "./filter.js";
import { months, preferences } from "./known.js";

/** The maximum number of bars in a chart. */
const MOST = 50;

/** The maximum number of customers on a page of the service. */
const PER_PAGE = 30;

/** The height of the space above a vertical bar, of the highest bar, and of the space below it, in pixels. */
const [ABOVE, HIGH, BELOW] = [18, 96, 34];

/** The height of a horizontal bar with the gap below it, in pixels. */
const ROW = 28;

const box = find("#pictures");
const source = find("#pictures-source");
const read = find("#pictures-read");
const progress = find("progress", box);
const preference = find("#pictures-preference");
const number = new Intl.NumberFormat("en");

for (const [id, name] of preferences) preference.add(new Option(name, id));

let client;
let show;

/** The current list: its filter, its customers, and their total. */
let list = { filter: {}, customers: [], total: 0 };

/** The customers that were read for the charts, if any: they are kept until others are read. */
let whole = null;

/** Aborts the current reading, if there is one. */
let reading = null;

/** Prepares the charts. `api` reads customers; `go` changes the filter of the list. */
export function startPictures(api, go) {
  client = api;
  show = go;
}

/** Draws the charts of a page of the list with this filter. */
export function showPictures({ customers, pagination }, filter) {
  list = { filter, customers, total: pagination?.totalResults ?? customers.length };
  draw();
}

box.addEventListener("toggle", draw);
preference.addEventListener("change", draw);

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────

read.addEventListener("click", () => (reading ? reading.abort() : readAll()));

async function readAll() {
  reading = new AbortController();
  const { signal } = reading;
  const { page: _, sort: __, ...filter } = list.filter;
  const customers = new Map();
  let { total } = list;
  let reason = "";
  read.textContent = "Stop";
  progress.hidden = false;
  try {
    for (let page = 1; ; page += 1) {
      progress.max = Math.max(total, 1);
      progress.value = customers.size;
      // The oldest first: a new customer moves nobody to another page.
      const sort = ["created_date"];
      const answer = await client.list({ ...filter, sort, limit: PER_PAGE, page }, { signal });
      for (const customer of answer.customers) customers.set(customer.id, customer);
      total = answer.pagination?.totalResults ?? total;
      const last = answer.pagination?.totalPages ?? Number.POSITIVE_INFINITY;
      if (page >= last || answer.customers.length < PER_PAGE) break;
    }
  } catch (error) {
    if (!signal.aborted) reason = ` ${reasonOf(error)}`;
  }
  reading = null;
  progress.hidden = true;
  whole = { filter, customers: [...customers.values()], total, reason };
  draw();
}

// ── Drawing ──────────────────────────────────────────────────────────────────────────────────────

function draw() {
  if (!box.open) return;
  const { customers, total, reason = "" } = whole ?? list;
  const some = customers.length < total ? ` of ${number.format(total)}` : "";
  source.textContent = `Drawn from ${number.format(customers.length)}${some} customers.${reason}`;
  if (!reading) showOffer();
  const focused = document.activeElement?.closest?.("#pictures [data-bar]")?.dataset.bar;
  drawInto("#by-month", columnsOf, byMonth(customers));
  drawInto("#by-label", rowsOf, byLabel(customers));
  drawInto("#by-time", columnsOf, byTime(customers, preference.value));
  if (focused) find(`[data-bar="${CSS.escape(focused)}"]`, box)?.focus();
}

function showOffer() {
  const requests = Math.ceil(list.total / PER_PAGE);
  read.hidden = whole === null && list.customers.length >= list.total;
  read.textContent =
    `Read all ${number.format(list.total)} of this list ` +
    `(${number.format(requests)} ${requests === 1 ? "request" : "requests"})`;
}

function drawInto(selector, drawingOf, bars) {
  const place = find(selector, box);
  place.replaceChildren(
    bars.length > 0 ? drawingOf(bars) : element("p", { class: "note" }, "None."),
  );
}

// A bar: its name for screen readers and for the chart, its count, and the filters that a click on it sets.

function byMonth(customers) {
  const counts = countOf(customers.map(({ dob }) => Number(dob?.slice(5, 7))));
  return months.map(([value, name]) => {
    const month = Number(value);
    return { name, lines: [name], count: counts.get(month) ?? 0, filter: { dob_month: [month] } };
  });
}

function byLabel(customers) {
  const counts = countOf(customers.flatMap(({ labels }) => [...new Set(labels ?? [])]));
  return [...counts]
    .sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
    .slice(0, MOST)
    .map(([name, count]) => ({ name, count, filter: { labels: [name] } }));
}

/** The opt-ins to a preference, in the shortest periods that give no more bars than fit. */
function byTime(customers, id) {
  const dates = customers
    .flatMap(({ marketing_preferences: choices }) => choices ?? [])
    .filter((choice) => choice.id === id && choice.opted_in && choice.opt_in_date)
    .map((choice) => choice.opt_in_date.slice(0, 10))
    .sort();
  if (dates.length === 0) return [];
  const [first, last] = [monthOf(dates[0]), monthOf(dates.at(-1))];
  const length = [1, 3, 12].find((months) => periodOf(last, months) - periodOf(first, months) < 24);
  const step = length ?? 12;
  const counts = countOf(dates.map((date) => periodOf(monthOf(date), step)));
  const end = periodOf(last, step);
  const begin = Math.max(periodOf(first, step), end - MOST + 1);
  return Array.from({ length: end - begin + 1 }, (_, index) => {
    const period = begin + index;
    return {
      ...namesOf(period, step, index === 0),
      count: counts.get(period) ?? 0,
      filter: {
        opted_in: [id],
        opted_in_date_from: dayOf(period * step),
        opted_in_date_to: dayOf((period + 1) * step, -1),
      },
    };
  });
}

/** A month, counted from that of the year 0. */
const monthOf = (date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
const periodOf = (month, length) => Math.floor(month / length);
const dayOf = (month, days = 0) =>
  new Date(Date.UTC(Math.floor(month / 12), month % 12, 1 + days)).toISOString().slice(0, 10);

function namesOf(period, length, isFirst) {
  const year = `${Math.floor((period * length) / 12)}`;
  if (length === 12) return { name: year, lines: [year] };
  const place = period % (12 / length);
  const name = length === 1 ? months[place][1] : `Q${place + 1}`;
  return { name: `${name} ${year}`, lines: [name, place === 0 || isFirst ? year : ""] };
}

const countOf = (values) =>
  values.reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map());

// ── Shapes ───────────────────────────────────────────────────────────────────────────────────────

/** Vertical bars, side by side. */
function columnsOf(bars) {
  const most = Math.max(...bars.map(({ count }) => count), 1);
  const wide = 100 / bars.length;
  const svg = shape("svg", { height: ABOVE + HIGH + BELOW, role: "group" });
  // A finger needs room: bars that do not fit are reached by scrolling.
  svg.style.minInlineSize = `${bars.length * 26}px`;
  svg.append(
    ...bars.map((bar, index) => {
      const height = (bar.count / most) * HIGH;
      const x = `${index * wide}%`;
      const middle = `${(index + 0.5) * wide}%`;
      const width = `${wide}%`;
      return linkOf(
        bar,
        shape("rect", { class: "hit", x, y: 0, width, height: ABOVE + HIGH + BELOW }),
        shape("rect", {
          class: "bar",
          x: `${(index + 0.1) * wide}%`,
          y: ABOVE + HIGH - height,
          width: `${wide * 0.8}%`,
          height,
        }),
        textAt(middle, ABOVE + HIGH + 14, "middle", bar.lines[0]),
        " ",
        textAt(middle, ABOVE + HIGH + 29, "middle", bar.lines[1] ?? ""),
        " ",
        textAt(middle, ABOVE + HIGH - height - 4, "middle", number.format(bar.count)),
      );
    }),
  );
  return svg;
}

/** Horizontal bars, one below the other, with their names in them. */
function rowsOf(bars) {
  const most = Math.max(...bars.map(({ count }) => count));
  const svg = shape("svg", { height: bars.length * ROW, role: "group" });
  svg.append(
    ...bars.map((bar, index) => {
      const y = index * ROW;
      // A nested drawing cuts off long names.
      const name = shape("svg", { x: 0, y, width: "85%", height: ROW });
      name.append(textAt(8, 18, "start", bar.name));
      return linkOf(
        bar,
        shape("rect", { class: "hit", x: 0, y, width: "100%", height: ROW }),
        shape("rect", {
          class: "bar soft",
          x: 0,
          y: y + 2,
          // The longest bar leaves room for its number.
          width: `${(bar.count / most) * 88}%`,
          height: ROW - 4,
        }),
        name,
        " ",
        textAt("100%", y + 18, "end", number.format(bar.count)),
      );
    }),
  );
  return svg;
}

/**
 * The link of a bar, whose name is that of its texts in order: to the list that it counts, or away from it if that is
 * the current one.
 */
function linkOf({ name, count, filter }, ...shapes) {
  const isSet = Object.entries(filter).every(
    ([key, value]) => `${[list.filter[key] ?? []].flat()}` === `${value}`,
  );
  // By the time of the click the filter may contain text that was typed since.
  const change = ({ page: _, ...rest }) => {
    const others = Object.entries(rest).filter(([key]) => !(key in filter));
    return isSet ? Object.fromEntries(others) : { ...rest, ...filter };
  };
  const link = shape("a", {
    href: addressOf({ filter: change(list.filter) }),
    "aria-label": `${name}: ${number.format(count)} ${count === 1 ? "customer" : "customers"}`,
    "data-bar": JSON.stringify(filter),
  });
  if (isSet) link.setAttribute("aria-current", "true");
  link.append(...shapes);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(change);
  });
  return link;
}

function textAt(x, y, anchor, content) {
  const made = shape("text", { x, y, "text-anchor": anchor });
  made.textContent = content;
  return made;
}
