// Assembles the npm package in pkg/ from its sources in npm/ and from the compiled modules.
// `cargo xtask build` runs it: node xtask/package.mjs <compiled modules> <version> <repository> <member:features>…

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";
import { makeModule } from "./module.mjs";
import { notices } from "./notices.mjs";
import { openapi } from "./openapi.mjs";

const [input, version, home, ...members] = process.argv.slice(2);
const dist = "pkg/dist";

/**
 * The longest line of a file that Node runs as it is: with an uncaught error Node prints the line that threw, before
 * the error, and the rest of a file would hide the sentence.
 */
const MAX_LINE = 160;

const options = {
  bundle: true,
  target: "es2022",
  minify: true,
  lineLimit: MAX_LINE,
  sourcemap: "external",
  logLevel: "warning",
};

rmSync("pkg", { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

/** Further options of wasm-opt. Without inlining large functions that are called once, brotli compresses better. */
const SMALL = ["--one-caller-inline-max-function-size=45"];
const FURTHER = { bulk: SMALL, proxy: SMALL, sandbox: SMALL };

const client = join(input, "collins-customers");
const names = await makeModule({
  input: client,
  name: "collins_customers",
  crate: ".",
  output: join(client, "made"),
  features: SMALL,
  isFace: true,
});
cpSync(join(client, "made/collins_customers.wasm"), join(dist, "collins_customers.wasm"));
// Users get the exports of Rust. The loaders need the default export, which `export *` leaves out.
writeFileSync(
  join(client, "made/face.js"),
  `import { start, startLater } from ${JSON.stringify(resolve("src/js/core.js"))};
  import { bindings } from "./bindings.js";
  export { ${names.join(", ")} } from "./glue.js";
  export default {
    start: (module) => start(module, bindings),
    startLater: (compile) => startLater(async () => [await compile(), bindings]),
  };`,
);

/**
 * Resolves the imports of the loaders. `module` is the name of the `.wasm` file, `folder` contains the files made from
 * it, and `glue` is the entry for users.
 */
const generated = (folder, module, glue) => ({
  name: "generated",
  setup(build) {
    build.onResolve({ filter: /^\.\/(glue|text|base64)\.js$/ }, ({ path, importer }) => {
      if (!importer.startsWith(resolve("npm"))) return undefined;
      return { path: resolve(path === "./glue.js" ? glue : join(folder, path)) };
    });
    build.onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({
      path: path.replace("collins_customers", module),
      external: true,
    }));
  },
});

/**
 * Prepares a source map for publishing: sources are named by their place in the repository, generated ones only by
 * their name.
 */
function published(map, folder) {
  const { sources, sourcesContent, ...rest } = JSON.parse(map);
  const places = sources.map((source) => relative(".", resolve(folder, source)));
  const isWritten = places.map((place) => /^(src|npm|proxy|bulk|sandbox)\//.test(place));
  return JSON.stringify({
    ...rest,
    sources: places.map((place, index) =>
      isWritten[index] ? place : `generated/${basename(place)}`,
    ),
    sourcesContent: sourcesContent.map((text, index) => (isWritten[index] ? text : "")),
  });
}

/**
 * The options for a file that bundlers shake: they leave out unused calls that are marked `@__PURE__`. esbuild would
 * drop the marks together with white space, so that is left to terser.
 */
const marked = { minify: false, minifyIdentifiers: true, minifySyntax: true };

/**
 * Shortens a file that pages load by another 4 % after esbuild. The source map is beside the file, for tools that are
 * configured to use it: the file does not name it, so that no page requests it. The lines of a file that only pages
 * and workers load (`isForPages`) stay long, which is a little smaller.
 */
async function shorten(file, isForPages = false) {
  const { code, map } = await minify(readFileSync(file, "utf8"), {
    module: true,
    ecma: 2022,
    compress: { passes: 3 },
    format: { preserve_annotations: true, max_line_len: isForPages ? false : MAX_LINE },
    sourceMap: { content: readFileSync(`${file}.map`, "utf8"), includeSources: true },
  });
  writeFileSync(file, code);
  writeFileSync(`${file}.map`, published(map, dirname(file)));
}

/** The same for a file that terser does not process. */
function keepMap(file) {
  writeFileSync(`${file}.map`, published(readFileSync(`${file}.map`, "utf8"), dirname(file)));
}

/**
 * Writes the files of an entry that has a module, one for each kind of runtime, and each with the glue inside: imports
 * would cost a page one request after the other, and a process more files to open.
 */
async function writeLoaders(names, outdir, options, plugins, prefix = "") {
  const loaders = { ...options, outdir, plugins, entryNames: `${prefix}[name]` };
  const others = names.filter((name) => name !== "inline");
  const inline = {
    ...loaders,
    entryPoints: ["npm/inline.js"],
    inject: ["npm/text-coding.js"],
  };
  await build({ ...loaders, entryPoints: others.map((name) => `npm/${name}.js`), format: "esm" });
  await build({ ...inline, ...marked, format: "esm" });
  await build({ ...inline, format: "cjs", platform: "node", outExtension: { ".js": ".cjs" } });
  keepMap(join(outdir, `${prefix}inline.cjs`));
  for (const name of names) await shorten(join(outdir, `${prefix}${name}.js`), name !== "node");
}

await writeLoaders(["inline", "node", "workerd", "edge-light", "web"], dist, options, [
  generated(join(client, "made"), "collins_customers", join(client, "made/face.js")),
]);

cpSync("src/js/types.d.ts", join(dist, "index.d.ts"));
cpSync("src/js/types.d.ts", join(dist, "index.d.cts"));
cpSync("npm/web.d.ts", join(dist, "web.d.ts"));

const manifest = JSON.parse(readFileSync("npm/package.json", "utf8"));

/** The conditions of an entry that has a module, in the order of npm/package.json. */
const conditionsOf = (folder, prefix, types) => ({
  require: { types: `${types}.d.cts`, default: `${folder}/${prefix}inline.cjs` },
  types: `${types}.d.ts`,
  workerd: `${folder}/${prefix}workerd.js`,
  "edge-light": `${folder}/${prefix}edge-light.js`,
  browser: `${folder}/${prefix}inline.js`,
  node: `${folder}/${prefix}node.js`,
  default: `${folder}/${prefix}inline.js`,
});

/** The features of WebAssembly that a member may use: their names in rustc, and in wasm-opt. */
const OPTIONS = { simd128: "--enable-simd" };

/**
 * Adds the entries of a member of the workspace. Each JavaScript file of its folder js/ that has declarations beside it
 * is an entry: `index.js` the member's own, any other one below it. Those that import `#module`, directly or through
 * others, get a file for each kind of runtime.
 */
async function addMember(member, features) {
  const source = `${member}/js`;
  const folder = join(input, member);
  const name = member.replaceAll("-", "_");
  await makeModule({
    input: folder,
    name,
    crate: member,
    output: join(folder, "made"),
    features: [...features.map((feature) => OPTIONS[feature]), ...(FURTHER[member] ?? [])],
  });
  mkdirSync(join(dist, member));
  cpSync(join(folder, "made", `${name}.wasm`), join(dist, member, `${name}.wasm`));

  const shared = { ...options, external: ["node:*", "cloudflare:*", "collins-customers"] };
  const ofModule = {
    name: "module",
    setup(build) {
      build.onResolve({ filter: /^#module$/ }, () => ({ path: resolve("npm/module.js") }));
      // It is a separate file beside those that import it.
      build.onResolve({ filter: /^\.\/everywhere\.js$/ }, ({ path }) => ({ path, external: true }));
    },
  };

  if (features.length > 0) {
    const folder = join(input, `${member}-everywhere`);
    await makeModule({ input: folder, name, crate: member, output: join(folder, "made") });
    await build({
      ...shared,
      stdin: {
        contents: `import { decode } from "./npm/decode.js";
        import { text } from ${JSON.stringify(resolve(folder, "made/text.js"))};
        export { bindings } from ${JSON.stringify(resolve(folder, "made/bindings.js"))};
        export const compile = () => WebAssembly.compile(decode(text));`,
        resolveDir: ".",
      },
      format: "esm",
      outfile: join(dist, member, "everywhere.js"),
    });
    await shorten(join(dist, member, "everywhere.js"), true);
  }
  // If the module cannot be compiled because of its features, the one without them is compiled.
  const otherwise =
    features.length > 0
      ? `.catch(async () => {
          const { compile, bindings } = await import("./everywhere.js");
          return [await compile(), bindings];
        })`
      : "";

  /** Writes the `./glue.js` of a loader: the exports of this member, and the start of its module. */
  const faceOf = (file) => {
    const entry = join(folder, "made", "entry.js");
    writeFileSync(
      entry,
      `import { start, startLater } from "#module";
      import { bindings } from "./bindings.js";
      export * from ${JSON.stringify(file)};
      export default {
        start: (module) => start(module, bindings),
        startLater: (compile) =>
          startLater(() => compile().then((module) => [module, bindings])${otherwise}),
      };`,
    );
    return generated(join(folder, "made"), name, entry);
  };

  /** Returns whether a file imports the module, itself or through others. */
  async function needsModule(file) {
    const { metafile } = await build({
      ...shared,
      entryPoints: [file],
      format: "esm",
      platform: "node",
      metafile: true,
      sourcemap: false,
      write: false,
      plugins: [ofModule],
    });
    return Object.keys(metafile.inputs).includes("npm/module.js");
  }

  const entries = readdirSync(source)
    .filter((file) => file.endsWith(".js") && existsSync(join(source, `${file.slice(0, -3)}.d.ts`)))
    .map((file) => file.slice(0, -3));
  for (const entry of entries) {
    const target = `./dist/${member}`;
    const types = `${target}/${entry}`;
    for (const end of ["ts", "cts"])
      cpSync(join(source, `${entry}.d.ts`), join(dist, member, `${entry}.d.${end}`));

    const file = resolve(source, `${entry}.js`);
    const hasModule = await needsModule(file);
    const path = entry === "index" ? `./${member}` : `./${member}/${entry}`;
    if (hasModule) {
      const prefix = entry === "index" ? "" : `${entry}-`;
      await writeLoaders(
        ["inline", "node", "workerd", "edge-light"],
        join(dist, member),
        shared,
        [ofModule, faceOf(file)],
        prefix,
      );
      manifest.exports[path] = conditionsOf(target, prefix, types);
      for (const loader of ["inline.js", "inline.cjs", "node.js", "workerd.js", "edge-light.js"])
        manifest.sideEffects.push(`${target}/${prefix}${loader}`);
    } else {
      for (const [format, end] of [
        ["esm", "js"],
        ["cjs", "cjs"],
      ])
        await build({
          ...shared,
          entryPoints: [file],
          format,
          outfile: join(dist, member, `${entry}.${end}`),
        });
      keepMap(join(dist, member, `${entry}.cjs`));
      await shorten(join(dist, member, `${entry}.js`));
      manifest.exports[path] = {
        require: { types: `${types}.d.cts`, default: `${types}.cjs` },
        types: `${types}.d.ts`,
        default: `${types}.js`,
      };
    }
    manifest.typesVersions["*"][path.slice(2)] = [`${types}.d.ts`];
  }
  manifest.exports[`./${member}/${name}.wasm`] = `./dist/${member}/${name}.wasm`;

  const cli = resolve(source, "cli.js");
  if (existsSync(cli)) {
    const hasModule = await needsModule(cli);
    await build({
      ...shared,
      entryPoints: [hasModule ? "npm/node.js" : cli],
      format: "esm",
      platform: "node",
      outfile: join(dist, member, "cli.js"),
      plugins: hasModule ? [ofModule, faceOf(cli)] : [],
    });
    keepMap(join(dist, member, "cli.js"));
    manifest.bin = { "collins-customers": "./dist/cli.js" };
    cpSync("npm/cli.js", join(dist, "cli.js"));
  }
}

for (const member of members) {
  const [name, features] = member.split(":");
  await addMember(name, features ? features.split(",") : []);
}

for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) cpSync(file, join("pkg", file));
const crates = ["collins-customers", ...members.map((member) => member.split(":")[0])];
writeFileSync("pkg/THIRD-PARTY-NOTICES.txt", notices(crates));

const { schemas } = await import(pathToFileURL(join(dist, "node.js")));
const types = readFileSync("src/js/types.d.ts", "utf8");
const description = openapi({ version, home, schemas, types });
writeFileSync("pkg/openapi.json", `${JSON.stringify(description, null, 2)}\n`);
cpSync("npm/README.md", "pkg/README.md");

// The values come from Cargo.toml.
const told = {
  version,
  homepage: `${home}#readme`,
  bugs: `${home}/issues`,
  repository: { type: "git", url: `git+${home}.git` },
};
const { name, ...rest } = manifest;
writeFileSync("pkg/package.json", `${JSON.stringify({ name, ...told, ...rest }, null, 2)}\n`);
