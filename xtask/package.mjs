// Assembles the npm package in pkg/ from its sources in npm/ and from the modules that were compiled.
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
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";
import { makeModule } from "./module.mjs";
import { notices } from "./notices.mjs";
import { openapi } from "./openapi.mjs";

const [input, version, home, ...members] = process.argv.slice(2);
const dist = "pkg/dist";

const options = { bundle: true, target: "es2022", minify: true, logLevel: "warning" };

rmSync("pkg", { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const client = join(input, "collins-customers");
const names = await makeModule({
  input: client,
  name: "collins_customers",
  crate: ".",
  output: join(client, "made"),
  isFace: true,
});
cpSync(join(client, "made/collins_customers.wasm"), join(dist, "collins_customers.wasm"));
// What users see is what Rust exports. What the loaders need is the default export, which `export *` leaves out.
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
 * Finds what the loaders import. `module` names the `.wasm` file, `folder` holds what was made of it, `glue` is what
 * users get.
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

// terser takes another 4 % off what pages load and esbuild leaves.
async function shorten(file) {
  const { code } = await minify(readFileSync(file, "utf8"), {
    module: true,
    ecma: 2022,
    compress: { passes: 3 },
  });
  writeFileSync(file, code);
}

/**
 * Writes the files of an entry that has a module, one for each kind of runtime, and each with the glue inside: a
 * page asks for one after the other what a file imports, and a process opens each.
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
  await build({ ...inline, format: "esm" });
  await build({ ...inline, format: "cjs", platform: "node", outExtension: { ".js": ".cjs" } });
  for (const name of names) await shorten(join(outdir, `${prefix}${name}.js`));
}

await writeLoaders(["inline", "node", "workerd", "edge-light", "web"], dist, options, [
  generated(join(client, "made"), "collins_customers", join(client, "made/face.js")),
]);

cpSync("src/js/types.d.ts", join(dist, "index.d.ts"));
cpSync("src/js/types.d.ts", join(dist, "index.d.cts"));
cpSync("npm/web.d.ts", join(dist, "web.d.ts"));

const manifest = JSON.parse(readFileSync("npm/package.json", "utf8"));

/** The conditions of an entry that has a module, in the order that npm/package.json has them in. */
const conditionsOf = (folder, prefix, types) => ({
  require: { types: `${types}.d.cts`, default: `${folder}/${prefix}inline.cjs` },
  types: `${types}.d.ts`,
  workerd: `${folder}/${prefix}workerd.js`,
  "edge-light": `${folder}/${prefix}edge-light.js`,
  browser: `${folder}/${prefix}inline.js`,
  node: `${folder}/${prefix}node.js`,
  default: `${folder}/${prefix}inline.js`,
});

/** The features of WebAssembly that a member may ask for: their names in rustc, and in wasm-opt. */
const OPTIONS = { simd128: "--enable-simd" };

/**
 * Adds the entries of a member of the workspace. Each JavaScript file of its folder js/ that has declarations beside
 * it is one: `index.js` the member's own, any other one below it. Those that import `#module`, or import what does,
 * get a file for each kind of runtime.
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
    features: features.map((feature) => OPTIONS[feature]),
  });
  mkdirSync(join(dist, member));
  cpSync(join(folder, "made", `${name}.wasm`), join(dist, member, `${name}.wasm`));

  const shared = { ...options, external: ["node:*", "cloudflare:*", "collins-customers"] };
  const ofModule = {
    name: "module",
    setup(build) {
      build.onResolve({ filter: /^#module$/ }, () => ({ path: resolve("npm/module.js") }));
      // It is a file of its own, and beside those that ask for it.
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
    await shorten(join(dist, member, "everywhere.js"));
  }
  // Where the module cannot be compiled for its features, the one without them is.
  const otherwise =
    features.length > 0
      ? `.catch(async () => {
          const { compile, bindings } = await import("./everywhere.js");
          return [await compile(), bindings];
        })`
      : "";

  /** Writes what a loader imports as `./glue.js`: the face of this member, and how its module is started. */
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

  const entries = readdirSync(source)
    .filter((file) => file.endsWith(".js") && existsSync(join(source, `${file.slice(0, -3)}.d.ts`)))
    .map((file) => file.slice(0, -3));
  for (const entry of entries) {
    const target = `./dist/${member}`;
    const types = `${target}/${entry}`;
    for (const end of ["ts", "cts"])
      cpSync(join(source, `${entry}.d.ts`), join(dist, member, `${entry}.d.${end}`));

    const file = resolve(source, `${entry}.js`);
    const { metafile } = await build({
      ...shared,
      entryPoints: [file],
      format: "esm",
      metafile: true,
      write: false,
      plugins: [ofModule],
    });
    const hasModule = Object.keys(metafile.inputs).includes("npm/module.js");
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
    await build({
      ...shared,
      entryPoints: ["npm/node.js"],
      format: "esm",
      outfile: join(dist, member, "cli.js"),
      plugins: [ofModule, faceOf(cli)],
    });
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

// What Cargo.toml says already.
const told = {
  version,
  homepage: `${home}#readme`,
  bugs: `${home}/issues`,
  repository: { type: "git", url: `git+${home}.git` },
};
const { name, ...rest } = manifest;
writeFileSync("pkg/package.json", `${JSON.stringify({ name, ...told, ...rest }, null, 2)}\n`);
