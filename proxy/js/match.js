// Compares a customer with the body of a create. The service may store values in another form.

/** Normalises a text: a service may remove blanks around it and compose its letters differently. */
const text = (value) => `${value ?? ""}`.trim().normalize("NFC");

const isSame = (one, other) => text(one) === text(other);

const isSameSet = (one, other) =>
  Array.isArray(other) &&
  new Set(one).size === new Set([...one, ...other]).size &&
  new Set(other).size === new Set(one).size;

const hasChosen = (customer, id, choice) =>
  customer.marketing_preferences?.some(
    (preference) => preference.id === id && preference.opted_in === choice,
  );

const digits = (value) => text(value).replace(/\D/g, "");

/** The comparison of each field that is not compared as a text. */
const COMPARE = {
  email: (one, other) => text(one).toLowerCase() === text(other).toLowerCase(),
  phone: (one, other) => digits(one) === digits(other),
  associated_venues: isSameSet,
  labels: isSameSet,
  company_address: (one, other) =>
    Object.entries(one).every(([name, value]) => isSame(value, other?.[name])),
  marketing_preference_ids: (one, _, customer) => one.every((id) => hasChosen(customer, id, true)),
  marketing_preferences: (one, _, customer) =>
    Object.entries(one).every(([id, choice]) => hasChosen(customer, id, choice)),
};

export const matches = (body, customer) =>
  Object.entries(body).every(([name, value]) => {
    const compare = Object.hasOwn(COMPARE, name) ? COMPARE[name] : isSame;
    return value === null || compare(value, customer?.[name], customer);
  });
