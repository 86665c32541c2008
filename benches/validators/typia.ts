// Typia generates the validator from the type when this file is compiled: see generated.mjs.

import typia, { type tags } from "typia";

type Text<Max extends number> = string & tags.MaxLength<Max>;

interface NewCustomer {
  email?: Text<255> & tags.Format<"email">;
  first_name?: Text<255>;
  last_name?: Text<255>;
  company?: Text<255>;
  phone?: Text<20>;
  company_address?: { street?: Text<255>; city?: Text<50>; post_code?: Text<10> };
  dob?: string & tags.Format<"date">;
  custom_field_value?: Text<255> | number | boolean;
  associated_venues?: string[];
  marketing_preference_ids?: string[];
  marketing_preferences?: Record<string, boolean>;
  labels?: string[];
  notes?: Text<1000>;
}

const validate = typia.createValidateEquals<NewCustomer>();

export const check = (value: unknown) => {
  const result = validate(value);
  return result.success ? [] : result.errors;
};
export const parse = typia.createAssertEquals<NewCustomer>();
