// Compiles the type tests like projects of users, in every combination that reads declarations
// differently: node tests/types/run.mjs [folder of a package]
//
// Without an argument the package is put together from its sources, so nothing needs to be built. With
// one (`pkg`, or where a tarball was unpacked) its own declarations are tested. Where there is a built
// package, the declarations are also compared with its real exports.

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const tests = dirname(fileURLToPath(import.meta.url));
const root = resolve(tests, "../..");
const argument = process.argv[2] && resolve(process.argv[2]);
const declarations = join(root, "src/js/types.d.ts");

// The oldest TypeScript with `bundler` resolution, the last one with `node10`, the newest.
const oldest = compiler("typescript-5.0");
const lastNode10 = compiler("typescript-6");
const newest = compiler("typescript");

const resolutions = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
  node10: { module: "esnext", moduleResolution: "node10" },
};

// The sources of the declarations of `fetch`, `Response` and so on.
const platforms = {
  DOM: { lib: ["es2022", "dom"], types: [] },
  "@types/node": { lib: ["es2022"], types: ["node"] },
  "@cloudflare/workers-types": { lib: ["es2022"], types: ["@cloudflare/workers-types"] },
};

const always = ["accepted.ts", "refused.ts", "standard-schema.ts", "own-fields.ts"];
const inNodenext = [...always, "web.ts", "commonjs.cts"];
const inBundler = [...always, "web.ts"];

const combinations = [
  [oldest, "nodenext", "DOM", inNodenext],
  [oldest, "bundler", "DOM", inBundler],
  [oldest, "node10", "DOM", always],
  [lastNode10, "node10", "DOM", [...always, "union.ts"], { ignoreDeprecations: "6.0" }],
  [
    newest,
    "nodenext",
    "DOM",
    [...inNodenext, "temporal.ts", "union.ts"],
    { lib: ["esnext", "dom"] },
  ],
  [newest, "bundler", "DOM", inBundler],
  [newest, "bundler", "DOM", inBundler, { exactOptionalPropertyTypes: false }],
  // The platforms' own declarations do not compile with the oldest one.
  [newest, "nodenext", "@types/node", always],
  [newest, "bundler", "@cloudflare/workers-types", always],
];

// The forms that tests/forms runs, as sources of a project with React.
const forms = ["react-hook-form.tsx", "tanstack-form.tsx", "form-data.tsx"].map(
  (name) => `forms/${name}`,
);
const inReact = {
  ...resolutions.bundler,
  lib: ["es2022", "dom", "dom.iterable"],
  jsx: "react-jsx",
  // The declarations of these libraries are not tested.
  skipLibCheck: true,
};

let failures = 0;
const project = mkdtempSync(join(tmpdir(), "collins-customers-types-"));
try {
  prepare();
  const built = [argument, join(root, "pkg")].find((folder) => folder && hasBuild(folder));
  if (built) {
    const surface = createRequire(join(built, "package.json"))("collins-customers");
    report("limits in the comments", limitsInComments(surface));
    writeFileSync(join(project, "built.ts"), heldAgainst(surface));
    const options = { ...resolutions.nodenext, ...platforms.DOM };
    report("exports", compile(newest, options, ["built.ts"]));
    // The declarations of a plain `wasm-pack build`: these, followed by wasm-bindgen's own.
    const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
    const generated = join(target, "modules/collins-customers/collins_customers.d.ts");
    const withDispose = { ...options, lib: ["esnext", "dom"] };
    if (existsSync(generated)) {
      report("wasm-bindgen's declarations", compile(newest, withDispose, [generated]));
    }
  } else {
    console.log("- limits and exports: skipped, no package is built (cargo xtask build)");
  }
  report("forms in React", compile(newest, inReact, forms));
  for (const [typescript, resolution, platform, files, more] of combinations) {
    const options = { ...resolutions[resolution], ...platforms[platform], ...more };
    const name = [`TypeScript ${typescript.version}`, resolution, platform, ...named(more)];
    report(name.join(", "), compile(typescript, options, files));
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;

function report(name, problems) {
  console.log(`${problems.length === 0 ? "✓" : "✗"} ${name}`);
  for (const problem of problems) console.log(`    ${problem}`);
  if (problems.length > 0) failures++;
}

/** The options of a combination, for its name. */
function named(options = {}) {
  return Object.entries(options)
    .filter(([name]) => name !== "ignoreDeprecations")
    .map(([name, value]) => `${name} ${value}`);
}

/** A compiler of the development dependencies, by the name of its folder. */
function compiler(name) {
  const manifest = createRequire(join(root, "package.json")).resolve(`${name}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, "utf8"));
  return { version, tsc: join(dirname(manifest), "bin/tsc") };
}

/** A project of a user: the tests as its sources, the package and the platforms' types installed. */
function prepare() {
  cpSync(tests, project, { recursive: true });
  cpSync(join(root, "tests/forms"), join(project, "forms"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  const modules = join(project, "node_modules");
  mkdirSync(modules);
  const scopes = ["@types", "@cloudflare", "@standard-schema", "@hookform", "@tanstack"];
  for (const name of [...scopes, "react", "react-dom", "react-hook-form"]) {
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  const installed = join(modules, "collins-customers");
  if (argument) {
    symlinkSync(argument, installed);
    return;
  }
  mkdirSync(join(installed, "dist"), { recursive: true });
  cpSync(join(root, "npm/package.json"), join(installed, "package.json"));
  for (const name of ["index.d.ts", "index.d.cts"]) {
    cpSync(declarations, join(installed, "dist", name));
  }
  cpSync(join(root, "npm/web.d.ts"), join(installed, "dist/web.d.ts"));
}

/** The errors of the compiler. */
function compile(typescript, options, files) {
  const config = join(project, "tsconfig.run.json");
  const compilerOptions = { ...options, paths: {} };
  writeFileSync(
    config,
    JSON.stringify({ extends: "./tsconfig.json", compilerOptions, files, include: [] }),
  );
  const { error, status, stdout, stderr } = spawnSync(
    process.execPath,
    [typescript.tsc, "--pretty", "false", "--project", config],
    { cwd: project, encoding: "utf8" },
  );
  if (error) throw error;
  const lines = `${stdout}${stderr}`.split("\n").filter((line) => line !== "");
  return status === 0 || lines.length > 0 ? lines : [`the compiler ended with ${status}`];
}

function hasBuild(folder) {
  return existsSync(join(folder, "dist/inline.cjs"));
}

/** A program that compiles only if the declarations have exactly the exports of the package. */
function heldAgainst(surface) {
  const { CustomerFilter, CustomersApi, fieldLimits = {} } = surface;
  const union = (names) => names.map((name) => JSON.stringify(name)).join(" | ");
  const exported = union(Object.keys(surface));
  const setters = union(members(CustomerFilter).filter((name) => name !== "toJSON"));
  const codes = Object.entries(surface)
    .filter(([, value]) => value.prototype?.code)
    .map(([name, { prototype }]) => `of${name}: surface.${name}["code"] = "${prototype.code}"`);
  return `
import * as surface from "collins-customers";
import { check, type Equal } from "./equal.js";

/** The error message contains the superfluous names. */
declare function none<_Names extends never>(): void;
type Declared = keyof typeof surface;
type Setters = Exclude<keyof surface.CustomerFilter<true, true>, \`\${string}=\`>;
type Limits = { readonly [Name in keyof surface.FieldLimits]: surface.FieldLimits[Name] };

none<Exclude<Declared, ${exported}>>();
none<Exclude<${exported}, Declared>>();
none<Exclude<Setters, ${setters}>>();
none<Exclude<${setters}, Setters>>();
none<Exclude<keyof surface.CustomersApi, ${union(members(CustomersApi))}>>();
const limits = ${JSON.stringify(fieldLimits)} as const;
check<Equal<Limits, typeof limits>>();
export const ${codes.join(",\n  ")};
`;
}

function members(Class) {
  return Object.getOwnPropertyNames(Class.prototype).filter((name) => name !== "constructor");
}

/** Checks the limits in comments, which a compiler does not read. */
function limitsInComments({ fieldLimits = {}, validateListFilter }) {
  const problems = [];
  const text = readFileSync(argument ? join(argument, "dist/index.d.ts") : declarations, "utf8");
  /** Checks that this number of comments on fields of this name mention a limit, and that all mention `limit`. */
  const expect = (name, limit, pattern, count) => {
    const comments = [...text.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s+(?:readonly )?(\w+)\??:/gs)]
      .filter((match) => match[2] === name)
      .map((match) => pattern.exec(match[1])?.[1])
      .filter((found) => found !== undefined);
    const wrong = comments.filter((found) => found !== limit);
    if (wrong.length > 0) problems.push(`${name}: the limit is ${limit}, not ${wrong.join(", ")}`);
    if (comments.length !== count) {
      problems.push(`${name}: ${comments.length} comments name the limit, not ${count}`);
    }
  };
  const { company_address: parts = {}, ...limits } = fieldLimits;
  const all = Object.entries({ ...limits, ...parts });
  if (all.length === 0) problems.push("the package exports no fieldLimits");
  // On creating, on updating, and in FieldLimits.
  for (const [name, limit] of all) expect(name, String(limit), /\bat most (\d+) characters/i, 3);
  for (const name of ["limit", "dob_month"]) {
    const { min, max } = validateListFilter({ [name]: 0 })[0].params;
    expect(name, `${min} to ${max}`, /(\d+ to \d+)/, 1);
  }
  return problems;
}
