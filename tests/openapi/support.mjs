// The description in the package, a judge that reads it, and values generated from its schemas.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { OpenAPIBackend } from "openapi-backend";
import { root, token } from "../support/sandbox.mjs";

export const description = JSON.parse(await readFile(join(root, "pkg/openapi.json"), "utf8"));

const { schemas, parameters } = description.components;

/** The parameters of the list operation, by name. */
export const filters = new Map(
  description.paths["/customers"].get.parameters.map((parameter) => [parameter.name, parameter]),
);

/** openapi-backend on the description: it routes, validates requests and answers, and makes examples of answers. */
export async function judge(handlers) {
  const backend = new OpenAPIBackend({
    definition: description,
    quick: true,
    coerceTypes: true,
    ajvOpts: { allowUnionTypes: true, strict: false },
    customizeAjv: (ajv) => addFormats(ajv),
    handlers,
    securityHandlers: {
      token: ({ request }) => request.headers.authorization === `Bearer ${token}`,
    },
  });
  return backend.init();
}

/** A request as a server sees it below the base URL. */
export const requestOf = (url, { method, headers, body }) => {
  const { pathname, search } = new URL(url);
  return {
    method,
    path: pathname.replace(/^\/api(?=\/)/, ""),
    query: search.slice(1),
    headers: Object.fromEntries(new Headers(headers)),
    body: body === undefined ? undefined : JSON.parse(body),
  };
};

/** Generators of values for the patterns. */
const FORMS = [
  fc
    .date({
      min: new Date("0001-01-01T00:00Z"),
      max: new Date("9999-12-31T00:00Z"),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10)),
  fc.integer({ min: 1, max: 99_999 }).map(String),
  // The rules for addresses are tested elsewhere; the two judges differ on rare ones.
  fc
    .tuple(
      fc.stringMatching(/^[a-z0-9]{1,20}(\.[a-z0-9]{1,9})?$/),
      fc.stringMatching(/^[a-z]{1,20}\.[a-z]{2,9}$/),
    )
    .map((parts) => parts.join("@")),
];

/** The form of the service: a space, and no zone. */
const dateTime = fc
  .date({
    min: new Date("0001-01-01T00:00Z"),
    max: new Date("9999-12-31T00:00Z"),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 19).replace("T", " "));

/** Texts with letters of one unit and of two, blanks and control characters, often at a limit. */
const text = (min, max) =>
  fc
    .oneof(
      {
        weight: 4,
        arbitrary: fc.string({
          minLength: min,
          maxLength: Math.min(max, 40),
          unit: "grapheme-composite",
        }),
      },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom("a", "\u{1f600}", "é")
          .map((letter) => letter.repeat(Math.min(max, 1000))),
      },
    )
    .filter((value) => [...value].length <= max && value.isWellFormed());

/** Texts that match a pattern, from any texts and from the form that it is for: few random texts are a date. */
function matching(pattern, any) {
  const matches = (value) => pattern.test(value);
  const made = [any, dateTime, ...FORMS].find(
    (texts) => fc.sample(texts, { numRuns: 100, seed: 1 }).filter(matches).length > 50,
  );
  if (!made) throw new Error(`no texts are made for ${pattern}`);
  return made.filter(matches);
}

const resolved = ({ $ref, ...schema }) => ($ref ? schemas[$ref.split("/").at(-1)] : schema);

/** Values that a schema of the description allows. */
export function valid(reference) {
  const schema = resolved(reference);
  if (schema.anyOf)
    return fc.oneof(
      ...schema.anyOf.map((one) => valid({ description: schema.description, ...one })),
    );
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  // A schema that allows anything.
  if (!schema.type) return fc.jsonValue({ maxDepth: 2 });
  const types = [schema.type].flat();
  if (types.length > 1) return fc.oneof(...types.map((type) => valid({ ...schema, type })));
  switch (types[0]) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: schema.minimum, max: Math.min(schema.maximum, 2 ** 31 - 1) });
    case "number":
      return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    case "string": {
      if (schema.description?.includes("a date-time")) return dateTime;
      const any = text(schema.minLength ?? 0, schema.maxLength ?? 60);
      return schema.pattern ? matching(new RegExp(schema.pattern, "u"), any) : any;
    }
    case "array":
      return fc.array(valid(schema.items), { minLength: schema.minItems ?? 0, maxLength: 5 });
    case "object": {
      const { properties = {}, additionalProperties, required = [] } = schema;
      if (Object.keys(properties).length === 0 && typeof additionalProperties === "object")
        return fc.dictionary(fc.stringMatching(/^[a-f0-9]{1,24}$/), valid(additionalProperties), {
          maxKeys: 4,
        });
      const made = Object.entries(properties).map(([name, property]) => [name, valid(property)]);
      return fc.record(Object.fromEntries(made), { requiredKeys: required });
    }
  }
  throw new Error(`no values are made for ${JSON.stringify(schema)}`);
}

/** Nearly valid bodies: one of their fields, or a new one, has any JSON value. */
export function wild(reference) {
  const { properties } = resolved(reference);
  const name = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...Object.keys(properties)) },
    { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
  );
  const any = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ minLength: 250, maxLength: 260 }),
  );
  return fc
    .tuple(valid(reference), name, any)
    .map(([body, name, value]) => ({ ...body, [name]: value }));
}

export const customerId = valid(parameters.customerId.schema);
