// The floor: a check written by hand for this one body.

const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isTooLong = (text, max) => {
  if (text.length <= max) return false;
  let length = 0;
  for (const _ of text) length++; // code points
  return length > max;
};

const isDate = (text) => {
  const [, year, month, day] = DATE.exec(text) ?? [];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day > 0 && day <= (month === "02" && isLeap ? 29 : DAYS[month - 1]);
};

const text = (max) => (value) =>
  typeof value !== "string" ? "invalid_type" : isTooLong(value, max) ? "too_long" : "";
const texts = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === "string") ? "" : "invalid_type";
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const address = { street: text(255), city: text(50), post_code: text(10) };

const fields = {
  email: (value) => text(255)(value) || (EMAIL.test(value) ? "" : "invalid_email"),
  first_name: text(255),
  last_name: text(255),
  company: text(255),
  phone: text(20),
  company_address: address,
  dob: (value) => (typeof value === "string" && isDate(value) ? "" : "invalid_date"),
  custom_field_value: (value) =>
    typeof value === "number" || typeof value === "boolean" ? "" : text(255)(value),
  associated_venues: texts,
  marketing_preference_ids: texts,
  marketing_preferences: (value) =>
    isObject(value) && Object.values(value).every((choice) => typeof choice === "boolean")
      ? ""
      : "invalid_type",
  labels: texts,
  notes: text(1000),
};

const walk = (value, known, path, issues) => {
  if (!isObject(value)) issues.push({ path, code: "invalid_type" });
  else
    for (const name in value) {
      const rule = known[name];
      if (value[name] === undefined) continue;
      if (typeof rule === "object") walk(value[name], rule, [...path, name], issues);
      else {
        const code = rule ? rule(value[name]) : "unknown_field";
        if (code) issues.push({ path: [...path, name], code });
      }
    }
  return issues;
};

/** The list of issues. */
export const check = (value) => walk(value, fields, [], []);

/** The value, or an error. */
export const parse = (value) => {
  const issues = check(value);
  if (issues.length > 0) throw Object.assign(new Error("not a customer"), { issues });
  return value;
};

export const isValid = (value) => check(value).length === 0;
