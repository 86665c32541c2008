import * as z from "zod/mini";

const text = (max) => z.optional(z.string().check(z.maxLength(max)));
const texts = z.optional(z.array(z.string()));

const newCustomer = z.strictObject({
  email: z.optional(z.email().check(z.maxLength(255))),
  first_name: text(255),
  last_name: text(255),
  company: text(255),
  phone: text(20),
  company_address: z.optional(
    z.strictObject({ street: text(255), city: text(50), post_code: text(10) }),
  ),
  dob: z.optional(z.iso.date()),
  custom_field_value: z.optional(
    z.union([z.string().check(z.maxLength(255)), z.number(), z.boolean()]),
  ),
  associated_venues: texts,
  marketing_preference_ids: texts,
  marketing_preferences: z.optional(z.record(z.string(), z.boolean())),
  labels: texts,
  notes: text(1000),
});

export const check = (value) => newCustomer.safeParse(value).error?.issues ?? [];
export const parse = (value) => newCustomer.parse(value);
