// The same file in a page in Chromium.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { chromium } from "playwright-core";
import { contestants, FLOOR } from "../bulk/contestants.mjs";
import { FAULTY, makeFile } from "../bulk/file.mjs";
import { summary } from "../statistics.mjs";

export const work = "bulk: the same in a page in Chromium";
export const unit = `× ${FLOOR}`;
export const target = 0.2;

const ROUNDS = 12;

/** Runs in the page: the milliseconds of each contestant, round by round. */
async function inPage({ paths, rounds, faulty }) {
  const file = new Uint8Array(await (await fetch("/customers.csv")).arrayBuffer());
  const all = [];
  for (const path of paths) all.push({ faultsIn: (await import(path)).faultsIn, times: [] });
  for (let round = 0; round < rounds; round++)
    for (const { faultsIn, times } of all.toSorted(() => Math.random() - 0.5)) {
      const begin = performance.now();
      const { length } = await faultsIn(file);
      times.push(performance.now() - begin);
      if (length !== faulty) throw new Error(`${length} faults`);
    }
  return all.map(({ times }) => times);
}

export async function measure(folder) {
  const all = await contestants(folder, "browser");
  const files = new Map(all.map(({ file }) => [`/${basename(file)}`, file]));
  files.set("/bulk.js", join(import.meta.dirname, "../../pkg/dist/bulk/inline.js"));
  const customers = makeFile();
  const server = createServer(async ({ url }, response) => {
    const isScript = files.has(url);
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript ? await readFile(files.get(url)) : url === "/customers.csv" ? customers : "",
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const paths = [...files.keys()].filter((path) => path !== "/bulk.js");
    const times = await page.evaluate(inPage, { paths, rounds: ROUNDS, faulty: FAULTY });
    assert.equal(times.length, all.length);
    // The first round compiles.
    const warm = times.map((rounds) => rounds.slice(1));
    const floor = warm[all.findIndex(({ name }) => name === FLOOR)];
    return all.map(({ name }, place) => ({
      name,
      ...summary(warm[place].map((time, round) => time / floor[round])),
      milliseconds: summary(warm[place]).value,
    }));
  } finally {
    await browser.close();
    server.close();
  }
}
