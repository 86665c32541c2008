// How the fields of a form become a customer, and at which fields its issues are shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../support/in-process.mjs";
import {
  applyIssues,
  CustomersApi,
  clientOf,
  fromForm,
  id,
  json,
  rejection,
  schemas,
  validateNewCustomer,
} from "../support/package.mjs";
import { token } from "../support/sandbox.mjs";

const formOf = (entries, Form = FormData) => {
  const form = new Form();
  for (const [name, value] of entries) form.append(name, value);
  return form;
};

test("the fields of a form become a customer: blank fields are absent, names nest", () => {
  const entries = [
    ["email", "ada@example.com"],
    ["first_name", ""],
    ["last_name", "  "],
    ["company_address.city", "London"],
    ["company_address[post_code]", "W1"],
    ["company_address.street", ""],
    ["dob", ""],
    ["custom_field_value", "7"],
    ["labels", "VIP"],
    ["labels", ""],
    ["labels[]", "Regular"],
    ["associated_venues[0]", "venue"],
    ["marketing_preference_ids", "p"],
    ["marketing_preferences[a]", "on"],
    ["marketing_preferences.b", "0"],
    ["marketing_preferences[c]", "0"],
    ["marketing_preferences[c]", "1"],
    ["marketing_preferences[d]", ""],
    ["notes", " a "],
    ["$ACTION_ID_00", ""],
    ["_token", "csrf"],
    ["__RequestVerificationToken", "csrf"],
  ];
  const customer = {
    email: "ada@example.com",
    company_address: { city: "London", post_code: "W1" },
    custom_field_value: "7",
    labels: ["VIP", "Regular"],
    associated_venues: ["venue"],
    marketing_preference_ids: ["p"],
    marketing_preferences: { a: true, b: false, c: true },
    notes: " a ",
  };
  for (const Form of [FormData, URLSearchParams]) {
    assert.deepEqual(fromForm(formOf(entries, Form)), customer);
    assert.deepEqual(validateNewCustomer(fromForm(formOf(entries, Form))), []);
  }
});

test("the values of a form library become a customer too", () => {
  for (const [values, customer] of [
    [{}, {}],
    [{ email: "", dob: null, phone: undefined, notes: "\t" }, {}],
    [{ company_address: { city: "", street: null } }, {}],
    [{ company_address: { city: "Leeds", street: "" } }, { company_address: { city: "Leeds" } }],
    [{ labels: [], associated_venues: [""], marketing_preferences: {} }, {}],
    [{ labels: "VIP" }, { labels: ["VIP"] }],
    [{ labels: ["", "VIP", null, " "] }, { labels: ["VIP"] }],
    [
      { marketing_preferences: { a: true, b: false, c: "on", d: "", e: undefined, f: "false" } },
      { marketing_preferences: { a: true, b: false, c: true, f: false } },
    ],
    [{ custom_field_value: false }, { custom_field_value: false }],
    [{ custom_field_value: 0 }, { custom_field_value: 0 }],
  ])
    assert.deepEqual(fromForm(values), customer);
});

test("no wrong value is lost on the way", () => {
  const file = new File(["a"], "a.txt");
  for (const [form, ...expected] of [
    [{ dob: new Date(0) }, "dob invalid_type"],
    [{ emial: "a" }, "emial unknown_field"],
    [{ labels: [5] }, "labels.0 invalid_type"],
    [{ notes: {} }, "notes invalid_type"],
    [{ company_address: "Leeds" }, "company_address invalid_type"],
    [{ company_address: { town: "Leeds" } }, "company_address.town unknown_field"],
    [{ marketing_preferences: { a: "maybe" } }, "marketing_preferences.a invalid_type"],
    [formOf([["e-mail", "a"]]), "e-mail unknown_field"],
    [formOf([["csrf_token", "a"]]), "csrf_token unknown_field"],
    [formOf([["notes", file]]), "notes invalid_type"],
    [formOf([["company_address.city.name", "a"]]), "company_address.city.name unknown_field"],
    [formOf([["labels[a]", "a"]]), "labels[a] unknown_field"],
    [formOf([["__proto__.a", "a"]])],
    [formOf([["notes[a]", "a"]]), "notes[a] unknown_field"],
    [null, " invalid_type"],
    ["notes", " invalid_type"],
    [[], " invalid_type"],
  ]) {
    const issues = validateNewCustomer(fromForm(form));
    assert.deepEqual(
      issues.map(({ path, code }) => `${path.join(".")} ${code}`),
      expected,
    );
  }
  assert.deepEqual(fromForm(formOf([["notes", new File([], "")]])), {}, "no file was chosen");
  assert.equal({}.a, undefined);
});

test("the schema for a form gives the customer that is sent", () => {
  const { validate } = schemas.newCustomerForm["~standard"];
  assert.deepEqual(validate({ email: "", phone: "020", dob: "" }), { value: { phone: "020" } });
  assert.deepEqual(
    validate(
      formOf([
        ["phone", "020"],
        ["email", ""],
      ]),
    ),
    { value: { phone: "020" } },
  );
  const { issues } = validate({ email: "ada@", phone: "" });
  assert.deepEqual(
    issues.map(({ path }) => path),
    [["email"]],
  );
  const throwing = {
    get email() {
      throw new Error("no");
    },
  };
  const { newCustomerForm, customerUpdateForm, customerUpdateFormOf } = schemas;
  for (const schema of [newCustomerForm, customerUpdateForm, customerUpdateFormOf({ id })])
    for (const value of [throwing, null, 5, [], Symbol("a")])
      assert.equal(schema["~standard"].validate(value).issues.length, 1);
});

test("the form of a customer checks what was edited, and not what is stored", async () => {
  const customer = {
    id,
    email: "ada@localhost",
    first_name: "Ada",
    dob: "0000-00-00",
    phone: "1".repeat(21),
    company_address: { street: null, city: "a".repeat(51), country: "GB" },
    labels: ["VIP", ""],
    loyalty_tier: { level: 1 },
  };
  const { validate } = schemas.customerUpdateFormOf(customer)["~standard"];
  const found = (values) =>
    (validate(values).issues ?? []).map(({ path, code }) => `${path.join(".")} ${code}`);
  const untouched = { ...customer, notes: "", company_address: { ...customer.company_address } };
  assert.deepEqual(found(untouched), []);
  assert.deepEqual(found({ ...untouched, first_name: "" }), []);
  assert.deepEqual(found({ ...untouched, dob: "" }), []);
  assert.deepEqual(found({ ...untouched, dob: "2023-02-29" }), ["dob invalid_date"]);
  assert.deepEqual(found({ ...untouched, phone: "1".repeat(22) }), ["phone too_long"]);
  const company_address = { ...customer.company_address, post_code: "1".repeat(11) };
  assert.deepEqual(found({ ...untouched, company_address }), [
    "company_address.post_code too_long",
  ]);
  assert.deepEqual(found({ ...untouched, nots: "x" }), ["nots unknown_field"]);

  // The update accepts what the schema returns.
  const { api, requests } = clientOf();
  await api.update(customer, validate({ ...untouched, first_name: "Eve", email: "" }).value);
  assert.deepEqual(JSON.parse(requests[0].body).first_name, "Eve");
  assert.equal(JSON.parse(requests[0].body).email, null);
  assert.equal("dob" in JSON.parse(requests[0].body), false);
});

test("a blank input of an edit clears its field, unless it was blank before", async () => {
  const { validate } = schemas.customerUpdateForm["~standard"];
  const customer = {
    id,
    email: "ada@example.com",
    first_name: null,
    last_name: "",
    company_address: { street: null, city: "London", post_code: null },
    labels: ["VIP"],
    marketing_preferences: [{ id: "a", opted_in: true }],
    bookings: [{ id: "1" }],
    loyalty_tier: "gold",
    created_date: null,
  };
  const untouched = {
    ...customer,
    first_name: "",
    phone: "",
    dob: "",
    company_address: { street: "", city: "London", post_code: "" },
  };
  for (const [values, body] of [
    [untouched],
    [{ ...untouched, email: "" }, { email: null }],
    [{ ...untouched, labels: [] }, { labels: [] }],
    [{ ...untouched, labels: [""] }, { labels: [] }],
    [{ ...untouched, loyalty_tier: "silver" }, { loyalty_tier: "silver" }],
    [
      { ...untouched, marketing_preferences: { a: "false" } },
      { marketing_preferences: { a: false } },
    ],
    [
      { ...untouched, company_address: { street: "", city: "", post_code: "" } },
      { company_address: { street: null, city: null, post_code: null } },
    ],
    [
      formOf([
        ["email", ""],
        ["notes", "a"],
        ["first_name", ""],
      ]),
      { email: null, notes: "a" },
    ],
  ]) {
    const { value, issues } = validate(values);
    assert.equal(issues, undefined);
    const { api, requests } = clientOf();
    await api.update(customer, value);
    assert.deepEqual(
      requests.map(({ body }) => JSON.parse(body)),
      body ? [body] : [],
    );
  }
  assert.deepEqual(
    validate({ email: "ada@", phone: "1".repeat(21) }).issues.map(({ path }) => path),
    [["email"], ["phone"]],
  );
});

test("an address that PHP wrote as an empty list can be edited", async () => {
  const customer = { id, company_address: [] };
  // What form libraries make of it: they set the parts on the list.
  const edited = Object.assign([], { street: "", city: "Leeds" });
  for (const [company_address, sent] of [
    [[], undefined],
    [Object.assign([], { city: "" }), undefined],
    [edited, { street: null, city: "Leeds" }],
  ]) {
    const { value, issues } = schemas.customerUpdateForm["~standard"].validate({ company_address });
    assert.equal(issues, undefined);
    const { api, requests } = clientOf();
    await api.update(customer, value);
    assert.deepEqual(
      requests.map(({ body }) => JSON.parse(body).company_address),
      sent ? [sent] : [],
    );
  }
  assert.deepEqual(fromForm({ company_address: edited }), { company_address: { city: "Leeds" } });
  const { issues } = schemas.customerUpdateForm["~standard"].validate({
    company_address: ["Leeds"],
  });
  assert.deepEqual(
    issues.map(({ path, code }) => [path.join("."), code]),
    [["company_address.0", "unknown_field"]],
  );
});

test("issues are shown at their fields, whether the package or the service found them", async () => {
  const { baseUrl, fetch } = createSandbox();
  const api = new CustomersApi({ token, baseUrl, fetch });
  const wrong = { email: "ada@", company_address: { post_code: "1".repeat(11) }, labels: ["a", 5] };
  for (const options of [{}, { validate: false }]) {
    const error = await rejection(api.create(wrong, options));
    const shown = {};
    assert.equal(
      applyIssues((name, issue) => {
        shown[name] = issue;
      }, error),
      true,
    );
    assert.deepEqual(Object.keys(shown), ["email", "company_address.post_code", "labels.1"]);
    for (const issue of Object.values(shown))
      assert.deepEqual(Object.keys(issue), ["type", "message"]);
    assert.match(shown.email.message, /email address/);
  }
  // Of several sentences for a field the first one stays; what is of no field is of the form.
  const errors = { email: ["First.", "Second."], "": ["Of all."] };
  const client = clientOf(() => json({ message: "", errors }, { status: 422 }));
  const given = [];
  applyIssues((...one) => given.push(one), await rejection(client.api.create({})));
  assert.deepEqual(given, [
    ["email", { type: "rejected", message: "First." }],
    ["root", { type: "rejected", message: "Of all." }],
  ]);
  for (const other of [
    new Error("no"),
    null,
    undefined,
    { issues: [{ path: ["a"] }] },
    await rejection(clientOf(() => json({}, { status: 404 })).api.get(id)),
  ])
    assert.equal(
      applyIssues(() => assert.fail(), other),
      false,
    );
});
