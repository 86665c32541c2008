// The code that makes a call.

import { filterOf, setterOf } from "./filter.js";

/** A name for the result of each call. */
const names = {
  list: "page",
  get: "customer",
  create: "created",
  update: "updated",
};

/** The code of a call, ready to copy. */
export function codeOf({ method, values }) {
  const imports = method === "list" ? "CustomersApi, CustomerFilter" : "CustomersApi";
  const name = names[method];
  const [customer] = values;
  const read = isEdited(method, customer)
    ? `const customer = await api.get(${written(customer.id)});\n`
    : "";
  return `import { ${imports} } from "collins-customers";

const api = new CustomersApi({ baseUrl, token });
${read}${name ? `const ${name} = ` : ""}await api.${method}(${argumentsOf[method](...values)});`;
}

/** An edit of the page is given the customer as it was read; an update of an import has an id. */
const isEdited = (method, customer) => method === "update" && typeof customer === "object";

const argumentsOf = {
  list: (filter) =>
    `\n  new CustomerFilter()${Object.entries(filterOf(filter).toObject())
      .map(([parameter, value]) => `\n    .${setterOf(parameter)}(${written(value)})`)
      .join("")},\n`,
  get: (id) => written(id),
  create: (customer) => written(customer),
  update: (customer, changes) =>
    `${isEdited("update", customer) ? "customer" : written(customer)}, ${written(changes)}`,
  delete: (id) => written(id),
};

/** A value as it is written in JavaScript. */
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, one]) => `${/^[a-z_]\w*$/i.test(key) ? key : JSON.stringify(key)}: ${written(one)}`,
  );
  const line = `{ ${entries.join(", ")} }`;
  return line.length < 60 ? line : `{\n  ${entries.join(",\n  ").replaceAll("\n", "\n  ")},\n}`;
}
