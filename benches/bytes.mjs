// The bytes of whole clients after brotli, each bundled by esbuild for a page, for the two rows of bytes.

import { join } from "node:path";
import { bundled, sizes } from "../xtask/sizes.mjs";
import { builds, clientFile, pairs, validatorFile } from "./peers.mjs";

/**
 * The resources of the `openai` package are the API of another service. Empty classes stand in for them, so
 * that only the runtime of a generated SDK of this size is measured.
 */
const withoutResources = {
  name: "without-resources",
  setup(build) {
    build.onResolve({ filter: /\/resources\// }, ({ importer }) =>
      importer.includes("node_modules/openai/")
        ? { path: "any", namespace: "resource" }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "resource" }, () => ({
      contents: "module.exports = new Proxy({}, { get: () => class {} });",
    }));
  },
};

const kilobytes = ({ brotli }) => brotli / 1000;

/** One of the sizes of each build of this package, in KB. */
export async function bytesOfBuilds(size) {
  const results = [];
  for (const [name, , folder] of builds)
    results.push({ name, value: kilobytes((await sizes(join(folder, "dist")))[size]) });
  return results;
}

/** The peers, in KB. */
export async function bytesOfPeers(folder) {
  const results = [];
  for (const [name, client, validator] of pairs) {
    const contents = `
      import { clientWith } from ${JSON.stringify(clientFile(client))};
      import { check, parse } from ${JSON.stringify(validatorFile(validator, folder))};
      export const createClient = clientWith(parse);
      export { check };`;
    const options = { platform: "browser", plugins: [withoutResources] };
    results.push({
      name,
      value: kilobytes(await bundled(contents, import.meta.dirname, options)),
    });
  }
  return results;
}
