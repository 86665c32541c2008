// From a JavaScript value to what the core checks it by: its outline. See src/rules/outline.rs for what stands in
// one, and why.

import { toUpdate } from "./changes.js";
import {
  COMPANY_ADDRESS,
  CUSTOMER_UPDATE,
  FILTERS,
  IS_COUNTED,
  IS_READ,
  NEW_CUSTOMER,
} from "./contract.js";
import { filtersOf } from "./copies.js";
import { begin, found } from "./issues.js";
import { FOREIGN, OF_LIST, OF_UPDATE, plain, replace } from "./values.js";

// As in outline.rs.
const [END, NULL, BOOLEAN, NUMBER, TEXT, LIST, OBJECT, OF_FOREIGN] = [0, 1, 2, 3, 4, 5, 6, 7];
const HERE = 8;
const NAMED = 1;
const ROW = 2;
const ANY = 3;
/** What a figure is multiplied by. */
const FIGURE = 16;

/** The longest text of which the length is a figure. What is longer could not be sent either. */
const MAX_LENGTH = 2 ** 28 - 1;

/** How deep the contract goes: the entries of an object's entries, the items of its lists. */
const DEPTH = 2;

/**
 * A place for a value: the entry of its key; up to which length its text is not needed; the places in it by their
 * names, where the contract has names for them; and up to which length a text is valid and need not be told.
 */
const place = (key, limit, places, enough = -1) => ({ key, limit, places, enough });

const placesOf = (table, isRead) =>
  new Map(
    table.map(([name, kind, max], row) => [
      name,
      place(
        ROW + row * FIGURE,
        isRead || IS_READ.includes(kind) ? 0 : (max ?? MAX_LENGTH),
        kind === "address" ? placesOf(COMPANY_ADDRESS) : undefined,
        IS_COUNTED.includes(kind) ? max : undefined,
      ),
    ]),
  );

/** The place of what the contract has no name for. */
const UNNAMED = place(ANY, MAX_LENGTH);

// In the order of the numbers in core.rs.
const subjects = [NEW_CUSTOMER, CUSTOMER_UPDATE, FILTERS].map((table, subject) =>
  place(ANY, 0, placesOf(table, subject === OF_LIST)),
);

/** Whether a script of the page has made every object inherit something that loops over its keys meet. */
const isExtended = () => {
  for (const _ in Object.prototype) return true;
  return false;
};

/** Whether an object or a list is to JSON what it looks like. */
const isPlain = (value) =>
  typeof value.toJSON !== "function" &&
  (Array.isArray(value) ||
    (Object.getPrototypeOf(value) === Object.prototype &&
      value.toString === Object.prototype.toString));

export class Outline {
  entries = [];
  /** What the contract does not know: keys, and types of what JSON has no form for. */
  names = [];
  /** False once something was met that JSON has no form for, or that has a form of its own. */
  isPlain = true;
  /** The value that is described, and is to be sent. */
  sent;

  /**
   * `texts` of an id is the id; `isReplaced` says that names of types stand in for what JSON has no form
   * for.
   */
  constructor(subject, texts = "", isReplaced = false) {
    this.subject = subject;
    this.texts = texts;
    this.isReplaced = isReplaced;
    this.isExtended = isExtended();
  }

  describe(value) {
    this.value(value, subjects[this.subject], 0);
    this.sent = value;
    return this;
  }

  /** The issues that the core finds, and what stands for a filter in a URL. */
  check(core, isLenient = false) {
    begin(this.names);
    const urlPart = core.check(this.entries, this.texts, this.subject, isLenient);
    return { issues: found(), urlPart };
  }

  text(type, text, limit) {
    if (text.length > limit) {
      this.add(text);
      type += HERE;
    }
    this.entries.push(type + text.length * FIGURE);
  }

  /** A name that the core reads, to see whether it knows a similar one. */
  name(kind, name) {
    this.add(name);
    this.names.push(name);
    this.entries.push(kind + name.length * FIGURE);
  }

  add(text) {
    if (text.length > MAX_LENGTH) throw new RangeError();
    this.texts += `${text}\n`;
  }

  value(value, place, depth) {
    const { entries } = this;
    if (typeof value === "string") {
      if (this.isReplaced && value.startsWith(FOREIGN))
        this.name(OF_FOREIGN, value.slice(FOREIGN.length));
      else this.text(TEXT, value, place.limit);
    } else if (typeof value === "boolean") {
      entries.push(BOOLEAN);
    } else if (Number.isFinite(value)) {
      this.text(NUMBER, `${value}`, place.limit);
    } else if (value === null) {
      entries.push(NULL);
    } else if (typeof value !== "object" || !(this.isReplaced || isPlain(value))) {
      this.isPlain = false;
    } else if (Array.isArray(value)) {
      entries.push(LIST);
      // A text in a list is as long as it likes, and read or not read as the list is.
      if (depth < DEPTH)
        for (let index = 0; index < value.length; index++)
          this.value(value[index], place, depth + 1);
      entries.push(END);
    } else {
      entries.push(OBJECT);
      if (depth < DEPTH) this.members(value, place.places, depth + 1);
      entries.push(END);
    }
  }

  members(object, places, depth) {
    for (const name in object) {
      const value = object[name];
      // What is undefined is not sent, and neither is what an object inherits.
      if (value === undefined || (this.isExtended && !Object.hasOwn(object, name))) continue;
      const place = places?.get(name) ?? UNNAMED;
      // Most texts of a body: there is nothing to say of them.
      if (typeof value === "string" && value.length <= place.enough && !this.isReplaced) continue;
      if (place === UNNAMED && places) {
        this.name(NAMED, name);
      } else {
        if (place === UNNAMED) this.names.push(name);
        this.entries.push(place.key);
      }
      this.value(value, place, depth);
    }
  }
}

/**
 * The outline of a value. There is no entry in it where there is no such value (a cycle, a getter that throws),
 * and the core says so.
 */
export const describe = (value, subject) => {
  try {
    const given =
      subject === OF_LIST
        ? filtersOf(value)
        : plain(subject === OF_UPDATE ? toUpdate(value) : value);
    const outline = new Outline(subject).describe(given);
    if (outline.isPlain) return outline;
    return new Outline(subject, "", true).describe(
      given === undefined ? `${FOREIGN}undefined` : JSON.parse(JSON.stringify(given, replace)),
    );
  } catch {
    return new Outline(subject);
  }
};
