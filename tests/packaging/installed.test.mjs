// The tarball, installed in an empty project and used from there as users do.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { startSandbox, token } from "../support/sandbox.mjs";
import { emptyFolder, pack, run } from "./support.mjs";

/** The five operations, a builder, an issue and an error's class, from the line after the import on. */
const scenario = `
const issues = validateNewCustomer({ email: "no address" });
assert.equal(issues[0].code, "invalid_email");

const api = new CustomersApi({ token: process.env.TOKEN, baseUrl: process.env.BASE_URL });
const label = "Packed";

async function main() {
  const created = await api.create({ first_name: "Ada", labels: [label] });
  assert.equal(created.first_name, "Ada");

  const { customers } = await api.list(new CustomerFilter().labels([label]).limit(5));
  assert.deepEqual(customers.map((customer) => customer.id), [created.id]);

  assert.deepEqual((await api.get(created.id)).labels, [label]);
  assert.equal((await api.update(created.id, { first_name: "Grace" })).first_name, "Grace");
  assert.equal(await api.delete(created.id), undefined);

  await assert.rejects(api.get(created.id), NotFoundError);
  await assert.rejects(api.get(".."), ValidationError);
  console.log("five operations");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
`;

const names =
  "{ CustomersApi, CustomerFilter, NotFoundError, ValidationError, validateNewCustomer }";
const programs = {
  "module.mjs": `
import assert from "node:assert/strict";
import ${names} from "collins-customers";
${scenario}`,
  "script.cjs": `
const assert = require("node:assert/strict");
const ${names} = require("collins-customers");
${scenario}`,
  "web.mjs": `
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { ${names.slice(2, -2)}, init } from "collins-customers/web";
const file = new URL(import.meta.resolve("collins-customers/collins_customers.wasm"));
await init(await readFile(file));
${scenario}`,
};

test("a packed tarball works in an empty project", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "20");
  const folder = await emptyFolder(t);
  const tarball = await pack(folder);
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: folder });

  for (const [file, program] of Object.entries(programs)) {
    await t.test(`five operations from ${file}`, async () => {
      await writeFile(join(folder, file), program);
      const env = { BASE_URL: baseUrl, TOKEN: token };
      const output = await run("node", [file], { cwd: folder, env });
      assert.equal(output, "five operations\n");
    });
  }
});
