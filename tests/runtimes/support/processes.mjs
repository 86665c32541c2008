// Programs that run to their end, and servers that run until the cell is over.

import { spawn } from "node:child_process";

/** The time limit for a program of a cell, so that a page or a build that hangs does not block the others. */
const PATIENCE = 600_000;

/** Starts a program in its own process group, and collects its output. */
function launch(program, args, options) {
  const child = spawn(program, args, {
    ...options,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = { stdout: "", all: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    written.stdout += text;
    written.all += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    written.all += text;
  });
  return { child, written };
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has ended.
  }
}

/** Ends the program and all that it started. */
async function end(child) {
  const ended = child.exitCode !== null || child.signalCode !== null;
  const closed = ended || new Promise((resolve) => child.on("close", resolve));
  signal(child, "SIGTERM");
  const timer = setTimeout(signal, 2_000, child, "SIGKILL");
  await closed;
  clearTimeout(timer);
}

/** Waits for `done(child, written, resolve)`; fails if the program fails, or if the time is over. */
function watch({ child, written }, shown, done) {
  return new Promise((resolve, reject) => {
    const fail = (why) => {
      end(child);
      reject(new Error(`${shown}: ${why}\n${written.all}`));
    };
    const timer = setTimeout(fail, PATIENCE, "not done in time");
    const settle = (value) => {
      clearTimeout(timer);
      resolve(value);
    };
    child.on("error", ({ message }) => fail(message));
    done(settle, (why) => {
      clearTimeout(timer);
      fail(why);
    });
  });
}

/** Runs a program to its end. Resolves to its standard output. */
export async function run(program, args, options) {
  const started = launch(program, args, options);
  const { child, written } = started;
  return watch(started, `${program} ${args.join(" ")}`, (settle, fail) => {
    child.on("close", (code, signal) =>
      code === 0 ? settle(written.stdout) : fail(`ended with ${signal ?? code}`),
    );
  });
}

/**
 * Starts a server, and waits until its output matches `ready`. `match` is that match; `written.all` is its output so
 * far; `stop` ends it.
 */
export async function serve(program, args, ready, options) {
  const started = launch(program, args, options);
  const { child, written } = started;
  const match = await watch(started, `${program} ${args.join(" ")}`, (settle, fail) => {
    const look = () => {
      const found = ready.exec(written.all);
      if (found) settle(found);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    look();
    child.on("close", (code, signal) => fail(`ended with ${signal ?? code}`));
  });
  return { match, written, stop: () => end(child) };
}
