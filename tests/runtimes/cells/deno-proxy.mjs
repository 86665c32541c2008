// The proxy in Deno: the scenario through it, the attack table, and callers who go away.
import assert from "node:assert/strict";
import { leavesTogether } from "../../../proxy/tests/support/leaving.mjs";
import { attacks, runAttack } from "../../../proxy/tests/support/package.mjs";
import { scope, startUpstream, token } from "../../../proxy/tests/support/upstream.mjs";
import { throughProxy } from "../support/mounted.mjs";

const origin = "https://app.example";
const allow = ["list", "get", "create", "update", "delete"];

/** Starts a proxy. Returns the address of its server. */
async function start(project, options) {
  await project.copy("proxy/deno.mjs", "proxy.mjs");
  const args = ["run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-env=OPTIONS", "proxy.mjs"];
  const env = { OPTIONS: JSON.stringify({ allow, ...options }) };
  const [url] = await project.serve("deno", args, /http:\S+:\d+/, { env });
  return url;
}

const upstreamOf = (project, respond) =>
  startUpstream({ after: (ending) => project.after(ending) }, respond);

/** Runs a part that throws if it fails, and then the scenario. */
const checked = (check) => ({
  runtime: "deno",
  async run(project) {
    await check(project);
    return throughProxy(project, await start(project, project.options));
  },
});

async function attack(project, enforce) {
  const upstream = await upstreamOf(project);
  const filters = { [scope.list]: scope.own };
  const { baseUrl } = upstream;
  const options = { token, baseUrl, origins: [origin], enforce, scope: { filters } };
  const url = `${await start(project, options)}/api`;
  const failed = {};
  for (const row of attacks(scope, origin)) {
    const complaints = await runAttack(row, {
      url,
      scope,
      enforce,
      authorization: `Bearer ${token}`,
      secrets: [token, baseUrl],
      seen: upstream.seen,
      answer: upstream.answer,
    });
    if (complaints.length > 0) failed[`${row.group}: ${row.name}`] = complaints;
  }
  assert.deepEqual(failed, {});
}

export default {
  parts: {
    "attacks, refuse": checked((project) => attack(project, "refuse")),
    "attacks, log": checked((project) => attack(project, "log")),
    "a caller goes away": checked((project) =>
      leavesTogether({
        startUpstream: (respond) => upstreamOf(project, respond),
        startProxy: (options) => start(project, { token, ...options }),
      }),
    ),
  },
};
