// Vercel's edge runtime by itself. Its bundler follows the condition `edge-light`, and turns an import with `?module`
// into a global with the compiled module. Here esbuild does so.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";
import { token } from "../../support/sandbox.mjs";
import { firstNames } from "../support/server.mjs";

/** The name of the global. Vercel uses another one. */
const GLOBAL = "wasm_module";

const compiled = {
  name: "compiled",
  setup(build) {
    build.onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "compiled" }));
    build.onLoad({ filter: /./, namespace: "compiled" }, () => ({
      contents: `export default ${GLOBAL}`,
    }));
  },
};

async function ask(runtime, path) {
  const response = await runtime.dispatchFetch(`http://edge.example${path}`);
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export default {
  runtime: "edge-runtime",
  readme: "Next and Vercel",
  async run(project) {
    await project.copy("edge.js", "edge.js");
    await project.write({ "readme.js": project.snippet("Next and Vercel") });
    const entry = join(project.folder, "edge.js");
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      conditions: ["edge-light"],
      plugins: [compiled],
      write: false,
      logLevel: "silent",
    });
    const wasm = "node_modules/collins-customers/dist/collins_customers.wasm";
    const module = await WebAssembly.compile(await readFile(join(project.folder, wasm)));
    const process = { env: { COLLINS_TOKEN: token } };
    const runtime = new EdgeRuntime({
      initialCode: outputFiles[0].text,
      extend: (context) => Object.assign(context, { [GLOBAL]: module, process }),
    });
    return {
      scenario: await ask(runtime, "/"),
      readme: firstNames(await ask(runtime, "/readme")),
    };
  },
};
