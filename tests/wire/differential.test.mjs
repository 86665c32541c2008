// Random values; half of them have no JSON form, or their own conversion. The package's verdict on a value is the
// crate's verdict on the JSON text that is really sent.
//
// VALUES=100000 sets the number of values of each kind; SEED sets the first seed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { judge } from "../support/judge.mjs";
import {
  clientOf,
  validateCustomerUpdate,
  validateListFilter,
  validateNewCustomer,
} from "../support/package.mjs";
import { chance } from "../support/random.mjs";

const COUNT = Number(process.env.VALUES ?? 10_000);
const SEED = Number(process.env.SEED ?? 1);

const CREATE =
  "email,first_name,last_name,company,phone,company_address,dob,custom_field_value,associated_venues,marketing_preference_ids,marketing_preferences,labels,notes".split(
    ",",
  );
const NAMES = {
  create: CREATE,
  update: [...CREATE, "id", "created_date", "last_updated"],
  list: "associated_venues,booking_date,booking_date_from,booking_date_to,created_date,dob_month,email,full_name,labels,last_updated,opted_in,opted_in_date,opted_out,opted_out_date_from,query,limit,sort,page".split(
    ",",
  ),
};
const OTHERS = [
  ..."emial,first-name,toString,toJSON,constructor,length,year,0,,a b".split(","),
  ...["__proto__", "\ud83d", "é", '"', "x".repeat(70)],
];
const PARTS = "street,city,post_code,postcode,__proto__,toString,id,opted_in".split(",");
const TEXTS = [
  ..."ada@example.com,ada,2024-02-29,2023-02-29,2019-03-06 17:00:00,+44 20,VIP,é,😀,,0,7,007,31".split(
    ",",
  ),
  ...[
    "\ud83d",
    "\ude00",
    "a\ud83d\ude00",
    "\ude00\ud83d",
    "\0\0a Date",
    "\0",
    "a,b",
    '"\\',
    " ",
    ".",
  ],
  ...["x", "😀", "é", "\ud83d"].flatMap((text) =>
    [10, 11, 20, 21, 255, 256, 1000, 1001].map((times) => text.repeat(times)),
  ),
];
const NUMBERS = [
  ...[0, -0, 1, 12, 13, 30, 31, -1, 1.5, 1e21, 1e-7, -1e300, 2 ** 32 - 1, 2 ** 32, 2 ** 53],
  ...[Number.MAX_VALUE, Number.MIN_VALUE, 0.1 + 0.2],
];

const elsewhere = createContext({});
const foreign = runInContext(
  `({
    object: () => ({}),
    array: () => [],
    date: () => new Date(0),
    map: () => new Map([[1, 2]]),
    string: (text) => new String(text),
    fail: () => { throw new Error("of another realm"); },
  })`,
  elsewhere,
);

class Instance {
  get inherited() {
    return "not sent";
  }
}
class Tagged {
  get [Symbol.toStringTag]() {
    return "Tagged";
  }
}
class List extends Array {}
const prototypeOfMany = Object.assign(Object.create(null), { inherited: "not sent" });

/** Makes a value of a kind; `changes` is set if reading it twice gives different results. */
function maker(seed) {
  const { next, oneOf, some } = chance(seed);
  const state = { changes: false };
  const likely = (share) => next() < share;
  const exotic = likely(0.5);

  const scalar = () => {
    if (exotic && likely(0.15)) return unusual();
    if (likely(0.7)) return oneOf(TEXTS);
    return likely(0.6) ? oneOf(NUMBERS) : oneOf([null, true, false]);
  };

  const unusual = () => {
    const text = oneOf(TEXTS);
    const other = oneOf([undefined, null, 1, oneOf(TEXTS), [text], { city: text }]);
    return oneOf([
      () => undefined,
      () => Number.NaN,
      () => -1 / 0,
      () => 10n,
      () => Symbol(text),
      () => () => text,
      () => new Date(oneOf([0, Number.NaN, Date.UTC(2024, 0, 1)])),
      () => new Map([["a", true]]),
      () => new Set([text]),
      () => new Uint8Array(2),
      () => new String(text),
      () => new Number(7),
      () => new Boolean(true),
      () => Object(Symbol(text)),
      () => /a/,
      () => new Error(text),
      () => Promise.resolve(text),
      () => new Tagged(),
      () => Object.assign(new Tagged(), { toJSON: () => text }),
      () => foreign.date(),
      () => foreign.map(),
      () => foreign.string(text),
      () => ({ toString: () => text }),
      () => date(text),
      () => Object.assign(date(text), { toJSON: () => other }),
      () => Object.setPrototypeOf(date(text), null),
      () => ({ toJSON: () => other }),
      () => ({ toJSON: text }),
      () => Object.setPrototypeOf(new Date(0), null),
      () => new Proxy({}, {}),
      () => new Proxy([], {}),
      () => new Proxy(() => {}, {}),
      () => globalThis.structuredClone,
    ])();
  };

  const date = (text) => ({ year: 2024, month: 1, day: 1, toString: () => text });

  const list = (make, most = 3) => {
    const items = some(most, make);
    if (!exotic || likely(0.5)) return items;
    const others = some(2, make);
    return oneOf([
      () => Object.assign(foreign.array(), items),
      () => List.from(items),
      () => Object.assign([...items], { year: 2024, month: 1, day: 1, extra: "not sent" }),
      () => Object.assign(new Array(items.length + 1), items),
      () => new Proxy(items, {}),
      () => Object.freeze([...items]),
      () => Object.assign([...items], { toString: () => "2024-01-01" }),
      () => Object.defineProperty([...items], "toJSON", { value: () => others }),
      () => ({ ...items, length: items.length }),
      () => {
        const cycle = [...items];
        cycle.push(cycle);
        return cycle;
      },
    ])();
  };

  /** An object of entries, in one of many forms. */
  const object = (entries) => {
    const members = {};
    for (const [name, value] of entries)
      Object.defineProperty(members, name, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    if (!exotic || likely(0.4)) return members;
    const put = (target) =>
      Object.defineProperties(target, Object.getOwnPropertyDescriptors(members));
    return oneOf([
      () => put(Object.create(null)),
      () => put(foreign.object()),
      () => put(new Instance()),
      () => put(Object.create(prototypeOfMany)),
      () => new Proxy(members, {}),
      () => new Proxy(put(foreign.object()), {}),
      () => Object.freeze(members),
      () => Object.defineProperty(members, "hidden", { value: "not sent" }),
      () => Object.assign(members, { [Symbol("hidden")]: "not sent" }),
      () => ({ toJSON: () => members, secret: "not sent" }),
      () => Object.defineProperty({ secret: "not sent" }, "toJSON", { value: () => members }),
      () => {
        for (const [name, value] of entries)
          Object.defineProperty(members, name, {
            get: () => value,
            enumerable: true,
            configurable: true,
          });
        return members;
      },
      () => {
        const [name] = entries[0] ?? ["notes"];
        state.changes = true;
        return Object.defineProperty(members, name, { get: scalar, enumerable: true });
      },
      () => {
        const fail = likely(0.5)
          ? foreign.fail
          : () => {
              throw new RangeError("a getter");
            };
        return Object.defineProperty(members, oneOf(["notes", "x"]), {
          get: fail,
          enumerable: likely(0.5),
        });
      },
      () => Object.assign(members, { company_address: members }),
    ])();
  };

  const part = () => {
    const kind = next();
    if (kind < 0.5) return scalar();
    if (kind < 0.65) return list(scalar);
    if (kind < 0.68) return list(scalar, 130);
    if (kind < 0.9) return object(some(3, () => [oneOf(likely(0.6) ? PARTS : TEXTS), scalar()]));
    if (kind < 0.95) return list(() => object(some(2, () => [oneOf(PARTS), scalar()])));
    return { a: [], b: [list(scalar), { [oneOf(TEXTS)]: { c: {} } }] };
  };

  const whole = (kind) =>
    exotic && likely(0.05)
      ? unusual()
      : object(some(6, () => [oneOf(likely(0.85) ? NAMES[kind] : OTHERS), part()]));

  return { whole, state };
}

/** Types without a JSON form: something else is sent instead. */
const NO_JSON =
  /, got (?:undefined|NaN|-?Infinity|an? (?!(?:boolean|number|string|list|object)(?:$|:)))/;

const read = (seed, kind) => {
  const { whole, state } = maker(seed);
  const value = whole(kind);
  return { value, state };
};

/** Returns true if JSON leaves out the value at a path, and with it an unknown name. */
const isLeftOut = (value, path) => {
  const formOf = (inner) => (typeof inner?.toJSON === "function" ? inner.toJSON() : inner);
  const there = formOf(path.reduce((outer, step) => formOf(outer)[step], value));
  return ["undefined", "function", "symbol"].includes(typeof there);
};

/** The issues in a fixed order, without those at paths that must not be compared. */
const compared = (issues, without) =>
  issues
    .map(({ path, code, message }) => [path.map((step) => `${step}`.toWellFormed()), code, message])
    .filter(([path]) => !without.some((place) => place.every((step, at) => step === path[at])))
    // A filter that JSON leaves out may be missing for another one.
    .filter(([, code]) => !without.length || !["requires", "reversed_range"].includes(code))
    .map((issue) => JSON.stringify(issue))
    .sort();

const validators = {
  create: validateNewCustomer,
  update: validateCustomerUpdate,
  list: validateListFilter,
};

/** The text of the body or query that a call sends; undefined if the call is refused, with the issues. */
async function send(kind, seed, options) {
  const { value } = read(seed, kind);
  const { api, requests } = clientOf();
  const call = {
    create: () => api.create(value, options),
    update: () => api.update("5c7d9e", value, options),
    list: () => api.list(value, options),
  }[kind];
  try {
    await call();
  } catch (error) {
    assert.equal(error.code, "validation", error.stack);
    assert.equal(requests.length, 0);
    return { issues: error.issues };
  }
  const [{ url, body }] = requests;
  return { sent: kind === "list" ? new URL(url).search.slice(1) : body };
}

/** The JSON text of unchecked filters, for the judge. For a body, the text of a request without checks is used. */
const textOf = (value) => {
  try {
    return JSON.stringify(value, (_, inner) =>
      typeof inner === "object" &&
      inner !== null &&
      !Array.isArray(inner) &&
      [inner.year, inner.month, inner.day].every((part) => typeof part === "number") &&
      typeof inner.toString === "function" &&
      /^\d{4}-\d\d-\d\d$/.test(inner.toString())
        ? inner.toString()
        : inner,
    );
  } catch {
    return undefined;
  }
};

for (const kind of ["create", "update", "list"])
  test(`${kind}: a value is judged as the JSON text that is sent of it`, async () => {
    const asked = [];
    const checks = [];
    const ask = (text, check) => {
      asked.push([kind, text]);
      checks.push(check);
    };
    const counts = { sent: 0, compared: 0, noJson: 0 };
    for (let made = 0; made < COUNT; made++) {
      const seed = SEED * 1_000_003 + made;
      const shown = `SEED=${SEED}, value ${made} (${kind})`;
      const { value, state } = read(seed, kind);
      // This lists all customers.
      if (kind === "list" && value === undefined) continue;
      const found = validators[kind](value);
      const { sent, issues } = await send(kind, seed);
      if (sent !== undefined) {
        counts.sent++;
        if (!state.changes) assert.deepEqual(found, [], shown);
        if (kind === "list") {
          if (state.changes) continue;
          ask(textOf(read(seed, kind).value) ?? "{}", ({ query }) =>
            assert.equal(sent, query, shown),
          );
        } else {
          ask(sent, (judged) => assert.deepEqual(judged.issues, [], `${shown}: ${sent}`));
        }
        continue;
      }
      assert.ok(issues.length > 0, shown);
      if (state.changes) continue;
      assert.deepEqual(found, issues, shown);
      const text =
        kind === "list"
          ? textOf(read(seed, kind).value)
          : (await send(kind, seed, { validate: false })).sent;
      if (text === undefined) {
        counts.noJson++;
        continue;
      }
      counts.compared++;
      const places = issues
        .filter(
          ({ code, message, path }) =>
            NO_JSON.test(message) ||
            (code === "unknown_field" && isLeftOut(read(seed, kind).value, path)),
        )
        .map(({ path }) => path.map((step) => `${step}`.toWellFormed()));
      // With more than a hundred issues, the two list different ones if only one of them reports some.
      if (issues.length > 100 && places.length) continue;
      ask(text, (judged) =>
        assert.deepEqual(compared(issues, places), compared(judged.issues, places), shown),
      );
    }
    const answers = await judge(asked);
    assert.equal(answers.length, asked.length);
    for (const [index, answer] of answers.entries()) checks[index](answer);
    const few = COUNT / 50;
    for (const [what, count] of Object.entries(counts))
      assert.ok(count > few, `${what}: ${count} of ${COUNT}`);
  });
