// The sandbox and the client, as built by `cargo xtask build`.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CustomersApi, rejection } from "../../../tests/support/package.mjs";
import { root } from "../../../tests/support/sandbox.mjs";

const dist = (path) => pathToFileURL(join(root, "pkg/dist", path)).href;

/** The path of the module, for other processes. */
export const program = dist("sandbox/node.js");

export const { createSandbox } = await import(program);
export { CustomersApi, rejection };

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
