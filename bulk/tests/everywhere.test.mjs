// Every file gives the same report in workerd, and without SIMD, as in this process.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Miniflare } from "miniflare";
import { root } from "../../tests/support/sandbox.mjs";
import { files, utf8 } from "./support/files.mjs";
import { checkFile } from "./support/package.mjs";

const folder = join(root, "pkg/dist/bulk");

/** Each file by its name, as base64, with its options. */
const sent = Object.entries(files).map(([name, [file, , , options]]) => ({
  name,
  base64: Buffer.from(typeof file === "string" ? utf8(file) : file).toString("base64"),
  options,
}));

/** The compared parts of a report, as JSON. It runs here, in workerd and in another process. */
async function reportOf(checkFile, { base64, options }) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const { customers, ...report } = await checkFile(bytes, options);
  const all = [];
  for await (const customer of customers()) all.push(customer);
  return JSON.parse(JSON.stringify({ ...report, customers: all }));
}

const expected = await Promise.all(sent.map((file) => reportOf(checkFile, file)));

const assertSame = (reports) => {
  for (const [place, { name }] of sent.entries())
    assert.deepEqual(reports[place], expected[place], name);
};

test("in workerd", async (t) => {
  const script = `
    import { checkFile } from "./bulk/workerd.js";
    ${reportOf}
    export default {
      async fetch(request) {
        const files = await request.json();
        return Response.json(await Promise.all(files.map((file) => reportOf(checkFile, file))));
      },
    };`;
  const worker = new Miniflare({
    host: "127.0.0.1",
    compatibilityDate: "2024-09-01",
    modules: [
      { type: "ESModule", path: "worker.mjs", contents: script },
      ...["workerd.js", "everywhere.js"].map((file) => ({
        type: "ESModule",
        path: `bulk/${file}`,
        contents: readFileSync(join(folder, file), "utf8"),
      })),
      {
        type: "CompiledWasm",
        path: "bulk/bulk.wasm",
        contents: readFileSync(join(folder, "bulk.wasm")),
      },
    ],
  });
  t.after(() => worker.dispose());
  const body = JSON.stringify(sent);
  const response = await worker.dispatchFetch("http://worker.example", { method: "POST", body });
  assert.equal(response.status, 200, await response.clone().text());
  assertSame(await response.json());
});

test("without SIMD", async () => {
  const { length } = readFileSync(join(folder, "bulk.wasm"));
  const program = `
    import { text } from "node:stream/consumers";
    // A runtime that refuses the module with SIMD, which is recognised by its length.
    const refused = (bytes) => bytes.byteLength === ${length};
    const { compile, Module } = WebAssembly;
    let others = 0;
    WebAssembly.compile = async (bytes) => {
      if (refused(bytes)) throw new WebAssembly.CompileError("no SIMD");
      others++;
      return compile(bytes);
    };
    WebAssembly.Module = class extends Module {
      constructor(bytes) {
        if (refused(bytes)) throw new WebAssembly.CompileError("no SIMD");
        super(bytes);
      }
    };
    const { checkFile } = await import(${JSON.stringify(pathToFileURL(join(folder, "node.js")).href)});
    ${reportOf}
    const files = JSON.parse(await text(process.stdin));
    const reports = await Promise.all(files.map((file) => reportOf(checkFile, file)));
    console.log(JSON.stringify({ others, reports }));`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program]);
  child.stdin.end(JSON.stringify(sent));
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.equal(error, "");
  const { others, reports } = JSON.parse(out);
  assert.equal(others, 1);
  assertSame(reports);
});
