// The worker of edge/, as wrangler deploys it: bundled in a dry run of a deployment, and started.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root, token } from "../../support/sandbox.mjs";
import { throughProxy } from "../support/mounted.mjs";
import { wrangler } from "../support/workerd.mjs";

const KEY = "key-of-a-caller";

export default {
  tools: ["wrangler"],
  async run(project) {
    for (const name of ["wrangler.jsonc", "src"])
      await cp(join(root, "edge", name), join(project.folder, name), { recursive: true });

    const told = await project.run("wrangler", ["deploy", "--dry-run", "--outdir", "deployed"]);
    assert.match(told, /env\.LEDGER \(Ledger\)/);
    const files = await readdir(join(project.folder, "deployed"));
    assert.equal(files.filter((name) => name.endsWith(".wasm")).length, 1, files.join());
    const script = await readFile(join(project.folder, "deployed/worker.js"), "utf8");
    assert.match(script, /export \{[^}]*\bLedger\b/);

    const hash = createHash("sha256").update(KEY).digest("hex");
    const secrets = { COLLINS_TOKEN: token, CALLERS: JSON.stringify({ [hash]: true }) };
    const lines = Object.entries(secrets).map(([name, value]) => `${name}='${value}'\n`);
    await project.write({ ".dev.vars": lines.join("") });
    const url = await wrangler(project, ["--var", `BASE_URL:${project.options.baseUrl}`]);
    const response = await fetch(`${url}/api/customers`);
    assert.equal(response.status, 401, "nobody gets in without a key");
    return throughProxy(project, url, { token: KEY });
  },
};
