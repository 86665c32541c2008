// Whole calls of clients with an injected `fetch`, for the rows that time them.

import assert from "node:assert/strict";
import { baseUrl, fetchOf, token } from "./data.mjs";
import { clientFile, importFile } from "./peers.mjs";

/** The client of this file. */
export async function clientOf(file, fetch, parse = (value) => value) {
  const { clientWith } = await importFile(clientFile(file));
  return clientWith(parse)({ token, baseUrl, fetch });
}

/** The request of a client: some give `fetch` a URL and others a `Request`. */
export async function requestOf(input, init) {
  const request = new Request(input, init);
  const url = new URL(request.url);
  return {
    method: request.method,
    path: url.origin + url.pathname,
    query: Object.fromEntries(url.searchParams),
    authorization: request.headers.get("Authorization"),
    body: await request.text(),
  };
}

/** Checks that a call sends the right request and resolves to the right value. */
export async function proven(name, file, parse, answer, call, expected) {
  let asked;
  const answered = fetchOf(answer);
  const fetch = async (input, init) => {
    asked = await requestOf(input, init);
    return answered();
  };
  const result = await call(await clientOf(file, fetch, parse));
  assert.deepEqual(result, expected.result, name);
  assert.deepEqual({ ...asked, body: asked.body && JSON.parse(asked.body) }, expected.asked, name);
}

export const authorization = `Bearer ${token}`;

/** `fetch` and its headers alone: the floor of a call. */
export const bareGet = (fetch, query) => async () => {
  const headers = { Authorization: authorization, Accept: "application/json" };
  const response = await fetch(`${baseUrl}/customers?${query}`, { method: "GET", headers });
  return (await response.json()).customers;
};

export const barePost = (fetch, value) => async () => {
  const headers = {
    Authorization: authorization,
    Accept: "application/json",
    "Content-Type": "application/json",
  };
  const body = JSON.stringify(value);
  const response = await fetch(`${baseUrl}/customers`, { method: "POST", headers, body });
  return (await response.json()).customer;
};
