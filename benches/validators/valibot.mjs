import * as v from "valibot";

const text = (max) => v.optional(v.pipe(v.string(), v.maxLength(max)));
const texts = v.optional(v.array(v.string()));

const newCustomer = v.strictObject({
  email: v.optional(v.pipe(v.string(), v.email(), v.maxLength(255))),
  first_name: text(255),
  last_name: text(255),
  company: text(255),
  phone: text(20),
  company_address: v.optional(
    v.strictObject({ street: text(255), city: text(50), post_code: text(10) }),
  ),
  dob: v.optional(v.pipe(v.string(), v.isoDate())),
  custom_field_value: v.optional(
    v.union([v.pipe(v.string(), v.maxLength(255)), v.number(), v.boolean()]),
  ),
  associated_venues: texts,
  marketing_preference_ids: texts,
  marketing_preferences: v.optional(v.record(v.string(), v.boolean())),
  labels: texts,
  notes: text(1000),
});

export const check = (value) => v.safeParse(newCustomer, value).issues ?? [];
export const parse = (value) => v.parse(newCustomer, value);
