// Writes the API reference from the package's declarations: node tests/reference/write.mjs FOLDER
// `cargo xtask reference` runs it.

import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, Logger, LogLevel } from "typedoc";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = here("../../pkg/dist");

/** The declarations of each entry, below pkg/dist. */
export const ENTRIES = {
  "collins-customers": "index.d.ts",
  "collins-customers/web": "web.d.ts",
  "collins-customers/sandbox": "sandbox/index.d.ts",
  "collins-customers/proxy": "proxy/index.d.ts",
  "collins-customers/proxy/cloudflare": "proxy/cloudflare.d.ts",
  "collins-customers/proxy/memory": "proxy/memory.d.ts",
  "collins-customers/proxy/attacks": "proxy/attacks.d.ts",
  "collins-customers/bulk": "bulk/index.d.ts",
  "collins-customers/bulk/browser-journal": "bulk/browser-journal.d.ts",
  "collins-customers/bulk/worker": "bulk/worker.d.ts",
  "collins-customers/bulk/file-journal": "bulk/file-journal.d.ts",
};

/** Collects the warnings and errors. */
class Warnings extends Logger {
  list = [];

  log(message, level) {
    if (level >= LogLevel.Warn) this.list.push(message);
  }
}

/** Writes the reference into a folder. Returns the warnings, such as an export without a comment. */
export async function writeReference(folder) {
  const application = await Application.bootstrap({
    entryPoints: Object.values(ENTRIES).map((file) => join(dist, file)),
    tsconfig: here("tsconfig.json"),
    basePath: dist,
    name: "collins-customers",
    readme: here("../../npm/README.md"),
    // Signatures may use types that are not exported, because users never name them.
    validation: { notExported: false, invalidLink: true, notDocumented: true },
    disableSources: true,
    githubPages: false,
    hideGenerator: true,
    highlightLanguages: ["js", "jsx", "ts", "vue", "html", "json", "sh"],
  });
  const warnings = new Warnings();
  application.logger = warnings;
  const project = await application.convert();
  if (!project) throw new Error(`the declarations do not compile:\n${warnings.list.join("\n")}`);
  application.validate(project);
  const modules = Object.keys(ENTRIES);
  for (const module of project.children) {
    const entry = Object.values(ENTRIES).findIndex(
      (file) => file.replace(/(\/index)?\.d\.ts$/, "") === module.name,
    );
    if (entry >= 0) module.name = modules[entry];
  }
  await application.generateDocs(project, folder);
  return warnings.list;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = resolve(process.argv[2]);
  for (const warning of await writeReference(folder)) console.warn(warning);
  console.log(`${join(folder, "index.html")}`);
}
