// From a JavaScript value to what the core checks it by: its outline. See src/rules/outline.rs for what
// it contains, and why.
//
// Code of the user's (getters, `toJSON`, proxies) runs here and nowhere else: each property is read once, and what
// was read is also what is sent (`copies`).

import { toUpdate } from "./changes.js";
import {
  ANY,
  BOOLEAN,
  BROKEN,
  CUSTOMER_PLACES,
  CUSTOMER_UPDATE,
  END,
  ENTRIES,
  FIGURE,
  FILTER_PLACES,
  FILTERS,
  FOREIGN,
  HERE,
  ITEMS,
  LEVELS,
  MAX_BODY,
  MAX_FIGURE,
  MAX_ITEMS,
  MAX_NAME,
  NAMED,
  NEW_CUSTOMER,
  NULL,
  NUMBER,
  ROW,
  TEXT,
} from "./contract.js";
import { filtersOf, isMade, propertyOf } from "./copies.js";
import { begin, found } from "./issues.js";
import { dateText, isBroken, issuesOfSize, OF_LIST, OF_UPDATE, plain, tagOf } from "./values.js";

/** A value with no more characters than this is small enough to be sent, however it is written. */
const SMALL = MAX_BODY / 8;

/**
 * A place for a value: the entry of its key, and what contract.js says of it. A text of no more characters than
 * `enough` is left out. `places` are those in an object, by name; `items` is the place of an item of a list, if that is
 * another one.
 */
const place = (key, [limit, isCounted, members, items]) => ({
  key,
  limit,
  enough: isCounted ? limit : -1,
  places: members && placesOf(...members),
  items: items && place(ANY, [limit, false, items]),
});

const placesOf = (table, places) =>
  new Map(table.map(([name], row) => [name, place(ROW + row * FIGURE, places[row])]));

/** The place of what the contract has no name for. */
const UNNAMED = place(ANY, [MAX_BODY]);

// In the order of the numbers in core.rs; the last one is for an id, which is a text.
const subjects = [
  [NEW_CUSTOMER, CUSTOMER_PLACES],
  [CUSTOMER_UPDATE, CUSTOMER_PLACES],
  [FILTERS, FILTER_PLACES],
  [[], []],
].map((members) => place(ANY, [0, false, members]));

/** The places of filters by the properties of a `CustomerFilter`, which needs no other form to be described. */
const madePlaces = new Map(
  [...subjects[OF_LIST].places].map(([name, place]) => [propertyOf(name), place]),
);

/** The name of a type, as a sentence has it. */
const named = (type) => `${/^[AEIO]/.test(type) ? "an" : "a"} ${type}`;

export class Outline {
  entries = [];
  texts = "";
  /** Names that the contract does not know: keys, and types of values that JSON has no form for. */
  names = [];
  /** The characters of all texts. */
  size = 0;
  /** The copy that is sent, if one is made: the values that were read, as plain data. */
  sent;
  /** Returns whether a string or a list is too long to be sent, which is an issue at its place. */
  isOverlong = false;
  /** The issue of a body that is too large, if it is. */
  issues;

  constructor(subject, copies = false) {
    this.subject = subject;
    this.copies = copies;
  }

  describe(value) {
    this.sent = this.value(value, subjects[this.subject], 0);
    return this;
  }

  /** The issues that the core finds, and what stands for a filter or an id in a URL. */
  check(core, isLenient = false) {
    if (this.issues?.length) return { issues: this.issues };
    begin(this.names);
    const urlPart = core.check(this.entries, this.texts, this.subject, isLenient);
    return { issues: found(), urlPart };
  }

  add(type, length) {
    this.entries.push(type + Math.min(length, MAX_FIGURE) * FIGURE);
  }

  text(type, text, limit) {
    const { length } = text;
    this.size += length;
    if (length > MAX_BODY) {
      // It does not have to be here, to be refused for its length.
      this.isOverlong = true;
    } else {
      if (length > limit) {
        this.texts += `${text}\n`;
        type += HERE;
      }
      if (isBroken(text)) type += BROKEN;
    }
    this.add(type, length);
  }

  /** A name that the core reads, to see whether it knows a similar one. */
  name(kind, name) {
    this.texts += `${name}\n`;
    this.names.push(name);
    this.add(kind, name.length);
  }

  /** A value that JSON has no form for. */
  foreign(type) {
    this.name(FOREIGN, type);
  }

  /** Describes a value, and returns what is sent of it. */
  value(value, place, depth, key = "") {
    switch (typeof value) {
      case "string":
        this.text(TEXT, value, place.limit);
        return value;
      case "boolean":
        this.entries.push(BOOLEAN);
        return value;
      case "number":
        if (Number.isFinite(value)) this.text(NUMBER, `${value}`, place.limit);
        else this.foreign(`${value}`);
        return value;
      case "undefined":
        return this.foreign("undefined");
      case "object":
        if (value !== null) return this.object(value, place, depth, key);
        this.entries.push(NULL);
        return value;
      default:
        return this.foreign(named(typeof value));
    }
  }

  object(given, place, depth, key) {
    const { toJSON } = given;
    let value = given;
    if (typeof toJSON === "function") {
      // A Date has one too, and it shifts the day.
      if (tagOf(given) === "Date") return this.foreign("a Date");
      value = toJSON.call(given, key);
      if (typeof value !== "object" || value === null) return this.value(value, place, depth);
    }
    if (Array.isArray(value)) return this.list(value, place, depth);
    if (typeof value.year === "number") {
      const date = dateText(value);
      if (date !== value) return this.value(date, place, depth);
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      const tag = tagOf(value);
      if (tag !== "Object") return this.foreign(named(tag.replace(/\W/g, "")));
    }
    return this.members(value, place.places, depth + 1);
  }

  list(list, place, depth) {
    const { entries } = this;
    const { length } = list;
    const sent = this.copies ? [] : undefined;
    // A script of the page may have given lists a form of their own, which was asked for already.
    if (sent?.toJSON) Object.defineProperty(sent, "toJSON", { __proto__: null, value: undefined });
    if (length > MAX_ITEMS) {
      this.isOverlong = true;
      this.add(ITEMS, length);
    } else {
      entries.push(ITEMS);
      this.size += length;
      // A text in a list is as long as it likes, and read or not read as the list is.
      if (depth < LEVELS)
        for (let index = 0; index < length; index++) {
          const item = this.value(list[index], place.items ?? place, depth + 1, index);
          if (sent) sent[index] = item;
        }
    }
    entries.push(END);
    return sent;
  }

  members(object, places, depth) {
    const { entries } = this;
    // Nothing is inherited, `toJSON` and what a script of the page has added to every object included.
    const sent = this.copies ? Object.create(null) : undefined;
    entries.push(ENTRIES);
    if (depth <= LEVELS)
      for (const name of Object.keys(object)) {
        const value = object[name];
        // An undefined value is not sent.
        if (value === undefined) continue;
        const place = places?.get(name) ?? UNNAMED;
        // Most texts of a body: there is nothing to say of them.
        if (typeof value === "string" && value.length <= place.enough && !isBroken(value)) {
          if (sent) sent[name] = value;
          continue;
        }
        if (place !== UNNAMED) {
          entries.push(place.key);
        } else if (places && name.length <= MAX_NAME) {
          this.name(NAMED, name);
        } else {
          this.size += name.length;
          this.names.push(name);
          entries.push(isBroken(name) ? ANY + BROKEN : ANY);
        }
        const inner = this.value(value, place, depth, name);
        if (sent) sent[name] = inner;
      }
    entries.push(END);
    return sent;
  }
}

/**
 * The outline of a value. There is no entry in it where there is no such value (a cycle, a getter that throws),
 * and the core says so. `copies` asks for what is sent as well.
 */
export const describe = (value, subject, copies) => {
  try {
    if (subject === OF_LIST && !copies && isMade(value)) {
      const outline = new Outline(subject);
      outline.members(value, madePlaces, 1);
      return outline;
    }
    const given = subject === OF_LIST ? filtersOf(value) : plain(value);
    const outline = new Outline(subject, copies).describe(
      subject === OF_UPDATE ? toUpdate(given) : given,
    );
    if (subject === OF_LIST || outline.size <= SMALL || outline.isOverlong) return outline;
    if (!copies && outline.size <= MAX_BODY) return describe(value, subject, true);
    // No text is made of a value that is too large in any case.
    outline.issues = issuesOfSize(
      outline.size > MAX_BODY ? { length: outline.size } : JSON.stringify(outline.sent),
    );
    return outline;
  } catch {
    return new Outline(subject);
  }
};
