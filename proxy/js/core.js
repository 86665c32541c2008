// The decisions of the module, for the files of this folder. Their numbers are those of seat.rs.

import { call } from "#module";
import { HEADERS } from "../../src/js/contract.js";
import { listen } from "./told.js";

export const NO_PATH = -1;
export const NO_METHOD = -2;

export const SEND = 0;
export const SEND_LOOSE = 1;
export const NOBODY = 2;

const NOTHING = new Uint8Array();

/** The number of the operation in contract.js; or below 0 if there is none: see seat.rs. */
export const route = (method, target) => call((core) => core.find_operation(method, target));

/**
 * Decides about a request for an operation, by its number: returns `{ status, target, body }`, or for a list that can
 * match nobody `{ status, numbers }`. A target or a body that stays the same is left out.
 */
export const check = (operation, target, body, scope, isLenient) =>
  listen(() =>
    call((core) => core.check_request(operation, target, body ?? NOTHING, scope, isLenient)),
  );

/** Decides whether a record is in scope, and may be changed to `body`: returns `{ status, body }`. */
export const checkRecord = (record, body, scope) =>
  listen(() => call((core) => core.check_record(record, body ?? NOTHING, scope)));

/**
 * The quota in the headers of an answer: limit, remaining and resetAt, NaN if unknown. `now` is the time of the
 * service's clock.
 */
export const readQuota = (headers, now) => {
  const lines = HEADERS.map((name) => headers.get(name) ?? "").join("\n");
  const { numbers } = listen(() => call((core) => core.read_quota(lines, now)));
  return numbers;
};
