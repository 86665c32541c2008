// The reference documents all exports of the package, and changes of the exports are seen.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { ENTRIES, writeReference } from "./write.mjs";

const root = new URL("../../", import.meta.url);

test("every entry of the package has a part, and every export in it a comment", async () => {
  const { exports } = JSON.parse(await readFile(new URL("pkg/package.json", root), "utf8"));
  const declared = Object.keys(exports).filter(
    (path) => exports[path].types || exports[path].require,
  );
  const names = declared.map((path) => path.replace(".", "collins-customers"));
  assert.deepEqual(names.sort(), Object.keys(ENTRIES).sort());

  const folder = await mkdtemp(join(tmpdir(), "reference-"));
  try {
    assert.deepEqual(await writeReference(folder), []);
    const page = await readFile(join(folder, "modules.html"), "utf8");
    for (const name of names) assert.ok(page.includes(`>${name}<`) || page.includes(name), name);
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** The declarations without their comments. */
function surfaceOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return ts.createPrinter({ removeComments: true }).printFile(source);
}

for (const [entry, file] of Object.entries(ENTRIES))
  test(`the exports of ${entry} are those of the snapshot`, async () => {
    const text = await readFile(new URL(`pkg/dist/${file}`, root), "utf8");
    const surface = surfaceOf(file, text);
    const snapshot = new URL(
      `surface/${file.replaceAll("/", "-").replace(/\.d\.ts$/, ".txt")}`,
      import.meta.url,
    );
    if (process.env.UPDATE) await writeFile(snapshot, surface);
    assert.equal(
      surface,
      await readFile(snapshot, "utf8"),
      "if that is meant, run UPDATE=1 cargo xtask test reference, and name it in CHANGELOG.md",
    );
  });
