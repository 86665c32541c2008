// A file that many processes want at once: one of them has it.

import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { lock } from "../js/lock.js";

const PROCESSES = 8;
const ROUNDS = 60;

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
});
after(() => rm(folder, { recursive: true }));

const taken = (id, advice) => Object.assign(new Error(`taken${advice}`), { id });

const answer = async (child) => (await once(child, "message"))[0];

async function startContenders(t, file) {
  const program = join(import.meta.dirname, "support/contender.mjs");
  const children = Array.from({ length: PROCESSES }, () => fork(program, [file]));
  t.after(() => {
    for (const child of children) child.kill();
  });
  await Promise.all(children.map(answer));
  return children;
}

/** Leaves a lock as a process leaves it that was killed. */
async function leave(file, id, time, host = hostname().replaceAll(/[^\w.-]/g, "_")) {
  await mkdir(`${file}.lock`);
  await writeFile(join(`${file}.lock`, `${id} ${time} 1 ${host}`), "");
}

/** Lets all of them want the file. Returns who has it. */
async function contend(children) {
  const answers = children.map(answer);
  for (const child of children) child.send("take");
  const owners = await Promise.all(answers);
  const winners = owners.filter(({ message }) => message === undefined);
  assert.equal(winners.length, 1, JSON.stringify(owners));
  const [{ owner }] = winners;
  return { winner: children.find(({ pid }) => pid === owner), owners };
}

test("one of many processes takes what a dead one left, however often", async (t) => {
  const file = join(folder, "a.csv");
  const dead = fork(join(import.meta.dirname, "support/contender.mjs"), [file]);
  dead.kill("SIGKILL");
  await once(dead, "exit");
  const children = await startContenders(t, file);
  for (let round = 0; round < ROUNDS; round++) {
    await leave(file, dead.pid, Date.now());
    const { winner, owners } = await contend(children);
    for (const { owner } of owners) assert.equal(owner, winner.pid);
    const freed = answer(winner);
    winner.send("free");
    assert.equal(await freed, "freed");
    assert.deepEqual(await readdir(folder), [], `round ${round}`);
  }
  // One that is killed with it.
  const { winner } = await contend(children);
  winner.kill("SIGKILL");
  await once(winner, "exit");
  const rest = children.filter((child) => child !== winner);
  const { winner: next } = await contend(rest);
  assert.notEqual(next, winner);
});

test("a lock from before this process or this computer began is nobody's", async () => {
  const file = join(folder, "b.csv");
  for (const [id, time] of [
    [process.pid, Math.floor(Date.now() - process.uptime() * 1000 - 2000)],
    [process.ppid, 0],
  ]) {
    await leave(file, id, time);
    const unlock = await lock(file, taken);
    await unlock();
  }
  await leave(file, process.ppid, Date.now());
  await assert.rejects(lock(file, taken), { id: process.ppid });
  await rm(`${file}.lock`, { recursive: true });
});

test("a lock of another computer counts, and the error says how to remove it", async () => {
  const file = join(folder, "d.csv");
  await leave(file, process.pid, 0, "elsewhere");
  const message = `taken. It ran on elsewhere: if it has ended, remove ${file}.lock`;
  await assert.rejects(lock(file, taken), { id: process.pid, message });
  await rm(`${file}.lock`, { recursive: true });
});

test("a folder that is not there is told", async () => {
  await assert.rejects(lock(join(folder, "no", "file.csv"), taken), { code: "ENOENT" });
});

test("a folder of that name with anything else in it stays as it is", async () => {
  const file = join(folder, "c.csv");
  await leave(file, "not", "ours", "");
  await assert.rejects(lock(file, taken), { code: "ENOTEMPTY", path: `${file}.lock` });
  assert.deepEqual(await readdir(`${file}.lock`), ["not ours 1 "]);
  await rm(`${file}.lock`, { recursive: true });
  const left = (await readdir(folder)).filter((name) => name.startsWith("c.csv"));
  assert.deepEqual(left, []);
});
