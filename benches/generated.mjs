// Two validators are made at build time: by Ajv from its schema, by Typia from a type. Typia's current
// version builds its compiler from Go sources that are not on npm; 12 is the last one that is a plain
// transformer of TypeScript.

import { join } from "node:path";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import ts from "typescript";
import transform from "typia/lib/transform";
import { ajvWith, newCustomer } from "./validators/ajv-schema.mjs";

const validators = join(import.meta.dirname, "validators");

function ajvSource() {
  const ajv = ajvWith({ code: { source: true, esm: true } });
  return `${standalone.default(ajv, ajv.compile(newCustomer))}
    import { checkWith, parseWith } from "./ajv-use.mjs";
    export const check = checkWith(validate);
    export const parse = parseWith(validate);`;
}

function typiaSource() {
  const program = ts.createProgram([join(validators, "typia.ts")], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    skipLibCheck: true,
    types: [],
  });
  const problems = [];
  let source = "";
  const extras = { addDiagnostic: (problem) => problems.push(problem) };
  program.emit(undefined, (_, text) => (source += text), undefined, false, {
    before: [transform(program, {}, extras)],
  });
  problems.push(...ts.getPreEmitDiagnostics(program));
  if (problems.length > 0)
    throw new Error(problems.map(({ messageText }) => JSON.stringify(messageText)).join("\n"));
  return source;
}

/** Writes both into a folder, as modules without imports. */
export async function generate(folder) {
  const sources = { "ajv-compiled": ajvSource(), typia: typiaSource() };
  for (const [name, contents] of Object.entries(sources))
    await build({
      stdin: { contents, resolveDir: validators },
      bundle: true,
      format: "esm",
      outfile: join(folder, `${name}.mjs`),
      logLevel: "warning",
    });
}
