// The body as JSON Schema, and Ajv as its documentation says for forms: all mistakes, not the first one.

import { Ajv } from "ajv";
import addFormats from "ajv-formats";

const text = (maxLength) => ({ type: "string", maxLength });
const texts = { type: "array", items: { type: "string" } };
const object = (properties) => ({ type: "object", properties, additionalProperties: false });

export const newCustomer = object({
  email: { type: "string", format: "email", maxLength: 255 },
  first_name: text(255),
  last_name: text(255),
  company: text(255),
  phone: text(20),
  company_address: object({ street: text(255), city: text(50), post_code: text(10) }),
  dob: { type: "string", format: "date" },
  custom_field_value: { type: ["string", "number", "boolean"], maxLength: 255 },
  associated_venues: texts,
  marketing_preference_ids: texts,
  marketing_preferences: { type: "object", additionalProperties: { type: "boolean" } },
  labels: texts,
  notes: text(1000),
});

export const ajvWith = (options) =>
  addFormats.default(new Ajv({ allErrors: true, allowUnionTypes: true, ...options }), [
    "date",
    "email",
  ]);
