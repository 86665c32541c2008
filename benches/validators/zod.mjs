import * as z from "zod";

export const newCustomer = z.strictObject({
  email: z.email().max(255).optional(),
  first_name: z.string().max(255).optional(),
  last_name: z.string().max(255).optional(),
  company: z.string().max(255).optional(),
  phone: z.string().max(20).optional(),
  company_address: z
    .strictObject({
      street: z.string().max(255).optional(),
      city: z.string().max(50).optional(),
      post_code: z.string().max(10).optional(),
    })
    .optional(),
  dob: z.iso.date().optional(),
  custom_field_value: z.union([z.string().max(255), z.number(), z.boolean()]).optional(),
  associated_venues: z.array(z.string()).optional(),
  marketing_preference_ids: z.array(z.string()).optional(),
  marketing_preferences: z.record(z.string(), z.boolean()).optional(),
  labels: z.array(z.string()).optional(),
  notes: z.string().max(1000).optional(),
});

export const check = (value) => newCustomer.safeParse(value).error?.issues ?? [];
export const parse = (value) => newCustomer.parse(value);
