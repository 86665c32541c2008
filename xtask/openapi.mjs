// The OpenAPI description of the API for other tools, made from the contract's tables, the package's JSON Schemas for
// forms, and the descriptions in types.d.ts, so that nothing is written twice.

import { DEFAULT_LIMIT, FILTERS, operations, PLAYPEN, PRODUCTION } from "../src/js/contract.js";

const ABOUT = `The Customers API of the Collins booking platform as this client understands it. It is not the vendor's document.

Where the vendor's documentation says a thing, it is marked [doc]; where it is silent and this is a reading of it, [assumed];
where the client is stricter on purpose, [safety]. Limits count Unicode code points. A date-time looks like
\`2019-03-06 17:00:00\`: a space, no zone, not RFC 3339. Fields that are not described may come and are kept.`;

const reference = (name) => ({ $ref: `#/components/schemas/${name}` });
const content = (schema) => ({ "application/json": { schema } });
const orNull = (type, more) => ({ type: [type, "null"], ...more });

/** The doc comments of an interface of types.d.ts, by the name of the field. */
function descriptionsOf(types, name) {
  const [, body] = new RegExp(`^export interface ${name} \\{\\n(.*?)^\\}`, "ms").exec(types) ?? [];
  if (body === undefined) throw new Error(`types.d.ts has no interface ${name}`);
  const found = {};
  for (const [, comment, field] of body.matchAll(/^ {2}\/\*\*(.*?)\*\/\n {2}(\w+)\??:/gms)) {
    const text = comment.replace(/^ *\* ?/gm, "").replace(/^@.*/ms, "");
    found[field] = text
      .replace(/\{@link ([^}]+)\}/g, "`$1`")
      .replace(/\s+/g, " ")
      .trim();
  }
  return found;
}

/** A schema with a description on each of its properties. */
function described(schema, descriptions) {
  const properties = Object.entries(schema.properties).map(([name, property]) => {
    if (!descriptions[name]) throw new Error(`types.d.ts says nothing of ${name}`);
    return [name, { description: descriptions[name], ...property }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** The schema of a customer that was read: any field may be missing or null, and there may be others. [assumed] */
const reading = (properties, required) => ({
  type: "object",
  properties,
  ...(required && { required }),
});

function customer(types) {
  const text = orNull("string");
  const texts = orNull("array", { items: { type: "string" } });
  const address = reading({ street: text, city: text, post_code: text });
  const preference = reading({
    id: { type: "string" },
    opt_in_date: text,
    opt_out_date: text,
    opted_in: { type: "boolean" },
  });
  const booking = reading({
    id: { type: "string" },
    date: { type: "string" },
    venue_id: { type: "string" },
    num_people: { type: "integer" },
    status: { type: "string" },
  });
  const fields = {
    id: { type: "string" },
    email: text,
    first_name: text,
    last_name: text,
    phone: text,
    company: text,
    company_address: { anyOf: [reference("CustomerAddress"), { type: "null" }] },
    dob: text,
    custom_field_value: text,
    associated_venues: texts,
    marketing_preferences: orNull("array", { items: reference("MarketingPreference") }),
    bookings: orNull("array", { items: reference("Booking") }),
    labels: texts,
    notes: text,
    created_date: text,
    last_updated: text,
  };
  return {
    Customer: described(reading(fields, ["id"]), descriptionsOf(types, "Customer")),
    CustomerAddress: described(address, descriptionsOf(types, "CustomerAddress")),
    MarketingPreference: described(preference, descriptionsOf(types, "MarketingPreference")),
    Booking: described(booking, descriptionsOf(types, "Booking")),
  };
}

/** A parameter of the list operation. A list is one parameter, its items joined by commas. */
function parameter([name, kind], schema, description) {
  // In a query, a list of one number looks like that number, and a page like its digits.
  const inQuery = {
    integers: () => schema.anyOf.find(({ type }) => type === "array"),
    page: () => ({ ...schema.anyOf.find(({ type }) => type === "integer"), default: 1 }),
  }[kind]?.();
  return {
    name,
    in: "query",
    description,
    schema: {
      ...(inQuery ?? schema),
      ...(name === "limit" && { default: DEFAULT_LIMIT }),
    },
    ...((inQuery ?? schema).type === "array" && { style: "form", explode: false }),
  };
}

const HEADERS = {
  "X-Pagination-Page": ["integer", "The number of this page."],
  "X-Pagination-Per-Page": ["integer", "How many customers a page holds."],
  "X-Pagination-Total-Pages": ["integer", "How many pages there are."],
  "X-Pagination-Total-Results": ["integer", "How many customers there are."],
  "X-RateLimit-Limit": ["integer", "How many requests an hour has."],
  "X-RateLimit-Remaining": ["integer", "How many of them are left."],
  "X-RateLimit-Reset": [
    "string",
    "When the next hour begins, in ISO 8601 [doc]; some send seconds since 1970 [assumed].",
  ],
  "Retry-After": ["string", "When to come back, in seconds or as an HTTP date. [assumed]"],
};

const headers = (...begins) =>
  Object.fromEntries(
    Object.keys(HEADERS)
      .filter((name) => begins.some((begin) => name.startsWith(begin)))
      .map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );

const answer = (description, schema, ...begins) => ({
  description,
  headers: headers("X-RateLimit-", ...begins),
  ...(schema && { content: content(schema) }),
});

const refusals = (...codes) => ({
  ...Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/responses/${code}` }])),
  default: { $ref: "#/components/responses/other" },
});

/** The description of each operation, by its method and route. */
const OPERATIONS = {
  "GET /customers": {
    operationId: "listCustomers",
    summary: "List the customers that filters ask for",
    description: "All of them, a page at a time, if there is no filter. [doc]",
    responses: {
      200: answer(
        "A page of customers.",
        envelope("customers", { type: "array", items: reference("Customer") }),
        "X-Pagination-",
      ),
      ...refusals(401, 403, 404, 422, 429),
    },
  },
  "POST /customers": {
    operationId: "createCustomer",
    summary: "Create a customer",
    description:
      "Nothing is documented that makes a repetition safe: send it again only if it was surely not written. [safety]",
    requestBody: { required: true, content: content(reference("NewCustomer")) },
    responses: {
      201: answer("The customer, as it is stored.", envelope("customer", reference("Customer"))),
      ...refusals(401, 403, 404, 422, 429),
    },
  },
  "GET /customers/{customerId}": {
    operationId: "getCustomer",
    summary: "Read a customer",
    responses: {
      200: answer("The customer.", envelope("customer", reference("Customer"))),
      ...refusals(401, 403, 404, 429),
    },
  },
  "PUT /customers/{customerId}": {
    operationId: "updateCustomer",
    summary: "Change a customer",
    description:
      "A field that is left out stays as it is; one that is `null` is cleared. [assumed]",
    requestBody: { required: true, content: content(reference("CustomerUpdate")) },
    responses: {
      200: answer(
        "The customer, as it is stored now.",
        envelope("customer", reference("Customer")),
      ),
      ...refusals(401, 403, 404, 422, 429),
    },
  },
  "DELETE /customers/{customerId}": {
    operationId: "deleteCustomer",
    summary: "Delete a customer",
    responses: {
      204: answer("The customer is gone."),
      ...refusals(401, 403, 404, 429),
    },
  },
};

function envelope(name, schema) {
  return { type: "object", properties: { [name]: schema }, required: [name] };
}

/**
 * Makes the description. `version` and `home` are the package's, `schemas` its schemas for forms, and `types` the text
 * of its declarations.
 */
export function openapi({ version, home, schemas, types }) {
  const schemaOf = (name) => {
    const { $schema, ...schema } = schemas[name]["~standard"].jsonSchema.input({
      target: "draft-2020-12",
    });
    return schema;
  };
  const filters = schemaOf("listFilter").properties;
  const filterDescriptions = Object.assign(
    {},
    ...["CustomerListFilterBase", "OptedInDates", "OptedOutDates"].map((name) =>
      descriptionsOf(types, name),
    ),
  );
  const parameters = FILTERS.map((row) =>
    parameter(row, filters[row[0]], filterDescriptions[row[0]]),
  );

  const paths = {};
  for (const [method, route] of operations) {
    paths[route] ??= route.includes("{customerId}")
      ? { parameters: [{ $ref: "#/components/parameters/customerId" }] }
      : {};
    const told = OPERATIONS[`${method} ${route}`];
    paths[route][method.toLowerCase()] = {
      ...told,
      tags: ["customers"],
      ...(told.operationId === "listCustomers" && { parameters }),
    };
  }

  return {
    openapi: "3.1.0",
    info: {
      title: "Collins Customers API",
      version,
      description: ABOUT,
      license: { name: "MIT OR Apache-2.0", url: `${home}#license` },
      contact: { url: `${home}/issues` },
    },
    servers: [
      { url: PRODUCTION, description: "Production" },
      { url: PLAYPEN, description: "The playpen: tests, with credentials of its own" },
    ],
    security: [{ token: [] }],
    tags: [{ name: "customers", description: "The people who book." }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "Issued by an account manager. [doc]",
        },
      },
      parameters: {
        customerId: {
          name: "customerId",
          in: "path",
          required: true,
          description:
            "The customer's id: 24 hexadecimal digits in every example, documented only as text. [doc] What could lead a request elsewhere is refused. [safety]",
          schema: schemaOf("customerUpdate").properties.id,
        },
      },
      headers: Object.fromEntries(
        Object.entries(HEADERS).map(([name, [type, description]]) => [
          name,
          { description, schema: { type } },
        ]),
      ),
      responses: {
        401: answer("The token is missing or not valid. [doc]", reference("Error")),
        403: answer(
          "The token does not allow this. Its body is not documented. [assumed]",
          reference("Error"),
        ),
        404: answer("There is no such customer. [doc]", reference("Error")),
        422: answer("The service refuses values. [assumed]", reference("ValidationError")),
        429: answer("The hour's quota is used up. [doc]", reference("Error"), "Retry-After"),
        other: {
          description:
            "Anything else. A gateway in front may answer with HTML or with nothing. [assumed]",
        },
      },
      schemas: {
        ...customer(types),
        NewCustomer: described(schemaOf("newCustomer"), descriptionsOf(types, "NewCustomer")),
        CustomerUpdate: described(
          schemaOf("customerUpdate"),
          descriptionsOf(types, "CustomerUpdate"),
        ),
        Error: {
          description: "`error` of a 401, `message` of others. [doc]",
          type: "object",
          properties: { error: { type: "string" }, message: { type: "string" } },
          minProperties: 1,
        },
        ValidationError: {
          description:
            "Laravel's form: sentences by dotted paths, `company_address.post_code` or `labels.0`. [assumed]",
          type: "object",
          properties: {
            message: { type: "string" },
            errors: {
              type: "object",
              additionalProperties: { type: "array", items: { type: "string" } },
            },
          },
          required: ["message", "errors"],
        },
      },
    },
  };
}
