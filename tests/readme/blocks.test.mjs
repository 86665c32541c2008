// Every block of code in README.md runs unchanged, and blocks in TypeScript are strict.

import assert from "node:assert/strict";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { transform } from "esbuild";
import { emptyFolder, pkg, run } from "../packaging/support.mjs";
import { root } from "../support/sandbox.mjs";

const readme = await readFile(join(root, "README.md"), "utf8");
const npmReadme = await readFile(join(root, "npm/README.md"), "utf8");

/** The blocks, each with its heading. */
const blocks = readme.split(/^#+ /m).flatMap((section) =>
  [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, code]) => ({
    heading: section.slice(0, section.indexOf("\n")),
    language,
    code,
  })),
);
const inLanguages = (...languages) => blocks.filter(({ language }) => languages.includes(language));

/** The output of a block, if it shows that the block has worked. */
const written = {
  "collins-customers": /^Ada \{ page: 1, perPage: 10, totalPages: \d+, totalResults: \d+ \}\n$/,
  Filters: /^created_date_from=2024-01-01&labels=VIP&sort=-last_updated\n\d+\n\d+\n\d+\n$/,
  Pages: /\n50\n$/,
  Errors: /phone \(too_long\)[\s\S]*max: 20/,
  "React with TanStack Query": /^30\n$/,
  Vue: /^5\n$/,
  "A file of customers": /^2 1 [\s\S]+\n3 1 .+\n[\s\S]*ada@example\.com\n$/,
  "Into the service": /^2 \d+ 0\n2 0 0 0\n$/,
  "Out of the service": /^\d+ \d+ 0\n\S+/,
  Tests: /^true\n1\n$/,
  "Retries and deadlines": /^true 200\n$/,
  Observing: /GET \/customers/,
};

let folder;
before(async (t) => {
  folder = await emptyFolder(t);
  await mkdir(join(folder, "node_modules"));
  await symlink(pkg, join(folder, "node_modules/collins-customers"));
  for (const name of [
    "@hookform",
    "@tanstack",
    "@types",
    "react",
    "react-dom",
    "react-hook-form",
    "csstype",
    "vue",
  ])
    await symlink(join(root, "node_modules", name), join(folder, "node_modules", name));
  await writeFile(
    join(folder, "service.mjs"),
    await readFile(join(root, "tests/readme/service.mjs"), "utf8"),
  );
});

for (const [index, { heading, language, code }] of inLanguages("js", "ts").entries())
  test(`the block below "${heading}" runs`, async () => {
    const file = join(folder, `${index}.mjs`);
    await writeFile(file, (await transform(code, { loader: language })).code);
    const output = await run(process.execPath, ["--import", "./service.mjs", file], {
      cwd: folder,
    });
    assert.match(output, written[heading] ?? /^/);
    assert.ok(output || !code.includes("console.log"), "it writes what it says");
  });

/** The output of a component, if it shows that the component has worked. */
const rendered = {
  "A form": /<form>.*maxLength="255".*type="email".*<button>Save<\/button>/,
  "Server rendering": /^<ul>(<li>[^<]+<\/li>){10}<\/ul>$/,
};

for (const [index, { heading, code }] of inLanguages("tsx").entries())
  test(`the component below "${heading}" renders`, async () => {
    const { code: component } = await transform(code, { loader: "tsx", jsx: "automatic" });
    await writeFile(join(folder, `component-${index}.mjs`), component);
    const page = join(folder, `page-${index}.mjs`);
    await writeFile(page, rendersComponent(`./component-${index}.mjs`));
    const output = await run(process.execPath, ["--import", "./service.mjs", page], {
      cwd: folder,
    });
    assert.match(output, rendered[heading]);
  });

/** A script that renders the one component of a module as on a server. */
const rendersComponent = (module) => `
  import { createElement } from "react";
  import { renderToReadableStream } from "react-dom/server.edge";
  const [Component] = Object.values(await import(${JSON.stringify(module)}));
  const stream = await renderToReadableStream(createElement(Component));
  await stream.allReady;
  const html = await new Response(stream).text();
  process.stdout.write(html.replaceAll(/<!--.*?-->/g, ""));
`;

test("TypeScript blocks are strict TypeScript", async () => {
  const files = [];
  for (const [index, { language, code }] of inLanguages("ts", "tsx").entries()) {
    files.push(`strict-${index}.${language}`);
    await writeFile(join(folder, files.at(-1)), code);
  }
  assert.ok(files.length >= 2);
  const options = {
    strict: true,
    noEmit: true,
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    jsx: "react-jsx",
    lib: ["es2023", "dom", "dom.iterable"],
    types: ["node"],
    skipLibCheck: true,
  };
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, files }),
  );
  await run("tsc", ["--project", join(folder, "tsconfig.json")]);
});

test("npm's readers see the same beginning", () => {
  const raw = "https://raw.githubusercontent.com/collins-customers/collins-customers/main/";
  const home = "https://github.com/collins-customers/collins-customers/blob/main/";
  const beginning = readme
    .slice(0, readme.indexOf("## Contents"))
    .replaceAll("](www/", `](${raw}www/`)
    .replaceAll(/\]\((\w+\.md)\)/g, `](${home}$1)`);
  assert.ok(npmReadme.startsWith(beginning), "npm/README.md begins as README.md does");
});

test("the targets of the README's links exist", async () => {
  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link);
  assert.ok(links.length > 5);
  for (const link of links) await readFile(join(root, link));
  const headings = new Set(
    [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading.toLowerCase().replaceAll(" ", "-"),
    ),
  );
  for (const [, anchor] of readme.matchAll(/\]\(#([^)]+)\)/g))
    assert.ok(headings.has(anchor), anchor);
});
