// The pages of an export that is not complete, in a file beside the one that is to be written: FILE.partial.
//
// Each line is a page as JSON, with where the walk stood after it. A line is on the disk before the next page is asked
// for, so that whatever ends the process, the same command goes on. The file that was asked for is made of it when all
// pages are there: only then is it known which columns it needs, and half a file never looks like a whole one.

import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { beginning } from "../walk.js";

const LINE_END = 10;

/** The complete lines of a file, each with the place at which it ends. */
async function* linesOf(path) {
  let rest = [];
  let end = 0;
  for await (const chunk of createReadStream(path)) {
    let begin = 0;
    for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, begin)) {
      const line = Buffer.concat([...rest, chunk.subarray(begin, at)]);
      rest = [];
      begin = at + 1;
      end += line.length + 1;
      yield { text: line.toString(), end };
    }
    if (begin < chunk.length) rest.push(chunk.subarray(begin));
  }
}

/** What the lines of a file come to, as far as they are whole: a process may have ended within the last one. */
async function* recordsOf(path) {
  for await (const { text, end } of linesOf(path)) {
    let record;
    try {
      record = JSON.parse(text);
    } catch {
      return;
    }
    yield { record, end };
  }
}

/**
 * Opens what is there of an export, or begins. `bound` is what makes it the same export: with another one it is
 * refused. `see` gets the customers of each page that is there.
 */
export async function openSpool(path, bound, see) {
  const file = await open(path, "a+", 0o600);
  try {
    const state = beginning();
    let size = 0;
    for await (const { record, end } of recordsOf(path)) {
      if (size === 0) {
        if (record.export !== bound)
          throw new TypeError(
            `${path} belongs to an export with another filter or from another service: give the same ones to go on, or delete it`,
          );
      } else {
        const { customers, ...where } = record;
        Object.assign(state, where);
        for (const { id } of customers) if (id !== undefined && id !== null) state.ids.push(id);
        see(customers);
      }
      size = end;
    }
    const append = async (record) => {
      await file.write(`${JSON.stringify(record)}\n`);
      await file.datasync();
    };
    await file.truncate(size);
    if (size === 0) await append({ export: bound });
    return {
      state,
      /** Keeps a page of the walk. */
      add: ({ customers, position, furthest, total }) =>
        append({ position, furthest, total, customers }),
      /** The customers of all pages. */
      async *pages() {
        for await (const { record } of recordsOf(path))
          if (record.customers) yield record.customers;
      },
      close: () => file.close(),
      remove: () => rm(path),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
