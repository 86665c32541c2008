// The sandbox and the client as `cargo xtask build` left them.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../../tests/support/sandbox.mjs";

const dist = (path) => pathToFileURL(join(root, "pkg/dist", path)).href;

/** The module, for processes of their own. */
export const program = dist("sandbox/node.js");

export const { createSandbox } = await import(program);
export const { CustomersApi } = await import(dist("node.js"));

export const authorization = { authorization: "Bearer sandbox" };

/** A client of a sandbox. */
export const clientOf = ({ baseUrl, fetch }, options) =>
  new CustomersApi({ baseUrl, fetch, token: "sandbox", ...options });

/** A request without a client. */
export const call = ({ baseUrl, fetch }, method, path, json, init) => {
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const headers = { ...authorization, "content-type": "application/json" };
  return fetch(`${baseUrl}${path}`, { method, headers, ...body, ...init });
};

/** What a promise was rejected with; fails where it was not. */
export async function rejection(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`it was not rejected, but resolved to ${typeof value}`);
}
