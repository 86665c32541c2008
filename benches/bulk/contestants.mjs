// The other checkers of a file of customers, each bundled as in an application.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { OWN } from "../peers.mjs";

/** The fastest way in JavaScript that we know of. All results are divided by its result. */
export const FLOOR = "uDSV + compiled Ajv";

const FILES = {
  [OWN]: "own",
  [FLOOR]: "udsv-ajv",
  "papaparse + zod": "papaparse-zod",
  "csv-parse + compiled Ajv": "csv-parse-ajv",
};

/**
 * Bundles all for Node or for a browser. Returns the name and the file of each; `folder` contains what is generated.
 */
export async function contestants(folder, platform = "node") {
  const output = join(folder, `bulk-${platform}`);
  mkdirSync(output, { recursive: true });
  const root = join(import.meta.dirname, "../..");
  const loader = platform === "node" ? "node.js" : "inline.js";
  await build({
    entryPoints: Object.values(FILES).map((name) => join(import.meta.dirname, `${name}.mjs`)),
    bundle: true,
    format: "esm",
    platform,
    minify: true,
    outdir: output,
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
    alias: {
      "ajv-compiled": join(folder, "ajv-compiled.mjs"),
      ...(platform === "browser" && {
        "csv-parse/sync": join(root, "benches/node_modules/csv-parse/dist/esm/sync.js"),
      }),
    },
    plugins: [
      {
        name: "own",
        setup(build) {
          build.onResolve({ filter: /^collins-customers\/bulk$/ }, () => ({
            path: platform === "node" ? join(root, "pkg/dist/bulk", loader) : "/bulk.js",
            external: true,
          }));
        },
      },
    ],
  });
  return Object.entries(FILES).map(([name, file]) => ({ name, file: join(output, `${file}.mjs`) }));
}
