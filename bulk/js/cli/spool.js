// The pages of an incomplete export, in a file beside the requested one: FILE.partial.
//
// Each line is a page as JSON, with the position of the walk after it. A line is on disk before the next page is
// requested, so the same command continues, whatever ended the process. When all pages are there, the requested file is
// made of them: only then are its columns known, and an incomplete file never looks complete.

import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { beginning } from "../walk.js";

const LINE_END = 10;

/** The complete lines of a file, each with the position of its end. */
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

/** The records of a file. The last line may be incomplete, if the process ended while writing it. */
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
 * Opens the pages of an export, or begins one. `bound` identifies the export: the pages of another one are refused.
 * `see` gets the customers of each stored page.
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
            `${path} belongs to an export with another filter or from another service: give the same ones to continue, or delete it`,
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
      /** Stores a page of the walk. */
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
