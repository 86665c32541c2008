// The contestants: each client with its validator, and their files.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** This package, in every row. */
export const OWN = "collins-customers";

/** The folder of another build of it, an older one for example, that the rows of the client measure beside it. */
export const BESIDE = process.env.BESIDE;

/** The builds of this package: what stands in the tables, the client's file, the package's folder. */
export const builds = [
  [OWN, OWN, join(import.meta.dirname, "../pkg")],
  ...(BESIDE ? [[`${OWN}, beside`, "beside", BESIDE]] : []),
];

/** Those that are generated at build time: see generated.mjs. */
const GENERATED = ["ajv-compiled", "typia"];

/** The file of a validator; `folder` contains the generated ones. */
export const validatorFile = (name, folder) =>
  GENERATED.includes(name)
    ? join(folder, `${name}.mjs`)
    : join(import.meta.dirname, "validators", `${name}.mjs`);

export const clientFile = (name) => join(import.meta.dirname, "clients", `${name}.mjs`);

export const importFile = (file) => import(pathToFileURL(file));

/** What Node gets of a build. */
export const importBuild = (folder) => importFile(join(folder, "dist/node.js"));

/** Whole clients: the name in the tables, the client's file, the validator's file. */
export const pairs = [
  ["hand-written", "hand", "hand"],
  ["openapi-fetch + valibot", "openapi-fetch", "valibot"],
  ["openapi-fetch + zod/mini", "openapi-fetch", "zod-mini"],
  ["openapi-fetch + zod", "openapi-fetch", "zod"],
  ["openapi-fetch + ajv compiled", "openapi-fetch", "ajv-compiled"],
  ["openapi-fetch + typia 12", "openapi-fetch", "typia"],
  ["ky + zod", "ky", "zod"],
  ["axios + ajv", "axios", "ajv"],
  ["openai + a validator by hand", "openai", "hand"],
  ["openai + zod", "openai", "zod"],
];

/** Validators alone: the name in the tables, and the file. */
export const validators = [
  ["hand-written", "hand"],
  ["typia 12", "typia"],
  ["ajv", "ajv"],
  ["valibot", "valibot"],
  ["zod, z.compile", "zod-compile"],
  ["zod", "zod"],
  ["zod/mini", "zod-mini"],
];

/** Clients alone. */
export const clients = [
  ["hand-written", "hand"],
  ["openapi-fetch", "openapi-fetch"],
  ["openai", "openai"],
  ["ky", "ky"],
  ["axios", "axios"],
];
