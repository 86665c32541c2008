// With exactOptionalPropertyTypes, `undefined` is allowed for every option of every entry, and counts as absent.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/sandbox.mjs";
import { assertCompiles } from "../support/types.mjs";

/** The types that users give, by the entry that declares them. */
const OPTIONS = {
  "": [
    "ClientOptions",
    "CustomersApiOptions",
    "CustomersApiOverrides",
    "ProxyOptions",
    "ServiceOptions",
    "IterateOptions",
    "ParseOptions",
    "ToArrayOptions",
    "RequestOptions",
    "WriteOptions",
    "NewCustomer",
    "NewCustomerAddress",
    "CustomerUpdate",
    "CustomerAddressUpdate",
    "CustomerListFilterBase",
    "OptedInPreferences",
    "OptedOutPreferences",
  ],
  "/bulk": [
    "CheckOptions",
    "ExportOptions",
    "FileFixes",
    "GivenDialect",
    "ImportOptions",
    "RunOptions",
  ],
  "/proxy": ["CustomersProxyOptions", "LedgerSettings", "TenantShare"],
  "/proxy/attacks": ["AttackOptions"],
  "/sandbox": ["SandboxOptions", "StatusFault", "DelayFault"],
};

const PARAMETERS = `
  "exportCustomers.plan": NonNullable<Parameters<typeof bulk.exportCustomers.plan>[2]>;
  "complaints": NonNullable<Parameters<typeof proxy_attacks.complaints>[1]>;
  "fail": NonNullable<Parameters<sandbox.Sandbox["fail"]>[2]>;
  "faults": NonNullable<sandbox.SandboxOptions["faults"]>;
`;

const aliasOf = (entry) => entry.slice(1).replace("/", "_") || "client";

const program = () => {
  const imports = Object.keys(OPTIONS).map(
    (entry) => `import type * as ${aliasOf(entry)} from "collins-customers${entry}";`,
  );
  const members = Object.entries(OPTIONS).flatMap(([entry, names]) =>
    names.map((name) => `  "${name}": ${aliasOf(entry)}.${name};`),
  );
  return `${imports.join("\n")}
/** The optional properties of a type (of each type of a union) that do not allow undefined. */
type Lacking<T> = T extends unknown
  ? { [Name in keyof T]-?: {} extends Pick<T, Name> ? (undefined extends Required<T>[Name] ? never : Name) : never }[keyof T]
  : never;
interface Given {
${members.join("\n")}
${PARAMETERS}}
type Wrong = { [Name in keyof Given]: Lacking<Given[Name]> extends never ? never : [Name, Lacking<Given[Name]>] }[keyof Given];
declare function none<_Names extends never>(): void;
none<Wrong>();
// A missing undefined would be noticed.
export const seen: Lacking<{ a?: 1; b?: 2 | undefined; c: 3 }> = "a";
`;
};

const declarations = join(root, "pkg/dist");

test("every option of every entry may be undefined", (t) => {
  assertCompiles(t, { "module.ts": program() });
});

test("no type of options is missing above", () => {
  const files = readdirSync(declarations, { recursive: true }).filter((file) =>
    file.endsWith(".d.ts"),
  );
  assert.ok(files.length > 5);
  // The forms of headers, whose values may be undefined, and a declaration of Standard Schema.
  const known = [...Object.values(OPTIONS).flat(), "HeaderOptions", "JsonSchemaOptions"];
  for (const file of files) {
    const text = readFileSync(join(declarations, file), "utf8");
    const names = [
      ...text.matchAll(/^export (?:interface|type) (\w*(?:Options|Settings|Overrides))\b/gm),
    ];
    for (const [, name] of names) assert.ok(known.includes(name), `${name} of ${file}`);
  }
});
