// Run as a process of its own: node first-create.mjs <client's file> [<validator's file>]
// Prints the milliseconds from before the import to after the first create.

import { pathToFileURL } from "node:url";
import { answers, baseUrl, body, fetchOf, token } from "./data.mjs";

const [client, validator] = process.argv.slice(2).map((file) => pathToFileURL(file).href);
const fetch = fetchOf(answers.created);

const begin = performance.now();
const [{ clientWith }, { parse }] = await Promise.all([
  import(client),
  validator ? import(validator) : {},
]);
const customer = await clientWith(parse)({ token, baseUrl, fetch }).create(body);
const end = performance.now();

if (!customer.id) throw new Error("no customer was created");
console.log(end - begin);
