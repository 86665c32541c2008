// Commands as people run them, and a service whose requests are recorded.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { text } from "node:stream/consumers";
import { token } from "../../../tests/support/sandbox.mjs";
import { command } from "./package.mjs";

/** Starts `npx collins-customers …` in a folder. `result` is its exit code or signal, and its output. */
export function startCommand(cwd, args, { env = { COLLINS_TOKEN: token }, input = "" } = {}) {
  const { COLLINS_TOKEN: _, ...others } = process.env;
  const child = spawn(process.execPath, [command, ...args], { cwd, env: { ...others, ...env } });
  child.stdin.on("error", () => {}).end(input);
  const ended = once(child, "close");
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const result = Promise.all([ended, output]).then(([[code, signal], [out, error]]) => ({
    code,
    signal,
    out,
    error,
  }));
  return { child, result };
}

/** Runs it on a terminal. Each of `answers` is typed when its question is shown. Returns the text on the terminal. */
export async function onTerminal(line, { env = {}, answers = [], cwd } = {}) {
  const child = spawn("script", ["-qec", line, "/dev/null"], {
    cwd,
    env: { ...process.env, ...env },
  });
  let shown = "";
  const left = [...answers];
  child.stdout.on("data", (part) => {
    shown += part;
    while (left.length && shown.includes(left[0][0])) child.stdin.write(`${left.shift()[1]}\n`);
  });
  await once(child, "close");
  return shown;
}

/**
 * A proxy in front of a sandbox. Before it passes on a request, it calls `each` with the request's number and a promise
 * that resolves if the client gives up the request.
 */
export async function startProxy(t, origin, each) {
  let requests = 0;
  const server = createServer(async (incoming, outgoing) => {
    const left = new Promise((resolve) => outgoing.once("close", resolve));
    await each(++requests, left);
    if (outgoing.destroyed) return;
    const { method, url, headers } = incoming;
    const { host } = new URL(origin);
    const options = { method, headers: { ...headers, host } };
    const passed = request(`${origin}${url}`, options, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}/api`;
}
