// The URL of requests, and the hosts that a token may travel to. `refuse` throws the caller's error: the client has a
// class for it, and the proxy throws a TypeError.

import { PLAYPEN, PRODUCTION } from "./contract.js";

/** Loopback hosts, as `URL` writes them. */
const LOOPBACK = /^(127(\.\d+){3}|(.+\.)?localhost|\[::1\])$/;

/** The hosts of the service itself, where a token must not be sent from a browser page. */
const SERVICE = [PRODUCTION, PLAYPEN].map((service) => new URL(service).hostname);

/**
 * Returns whether this is a page in a browser or a worker of one, where everyone can read the data of a script. Only
 * browsers have `importScripts` in their workers.
 */
const isBrowser = () =>
  (typeof window !== "undefined" && typeof document !== "undefined") ||
  typeof importScripts === "function";

/** A path from the root of the page's own host; two slashes would lead to another host. */
const isRooted = (baseUrl) => /^\/(?!\/)/.test(baseUrl);

/** The base URL as an absolute one. Rooted paths are resolved against `origin`. */
const absolute = (baseUrl, origin, refuse) => {
  if (/[^!-~]|[?#\\]/.test(baseUrl))
    refuse("baseUrl must be visible ASCII characters, without a query, a fragment or a backslash");
  const text = isRooted(baseUrl) ? origin + baseUrl : baseUrl;
  let url;
  try {
    if (/^https?:\/\/[^/]/i.test(text)) url = new URL(text);
  } catch {
    // It is refused in the next line.
  }
  if (!url)
    refuse(
      'baseUrl must be absolute, such as https://proxy.example/api, or in a page begin with "/"',
    );
  if (url.username || url.password) refuse("baseUrl must not contain a user name or a password");
  return [url, text.replace(/\/+$/, "")];
};

const isAuthorized = ({ token, headers }) =>
  token !== undefined || headers.some(([name]) => name.toLowerCase() === "authorization");

const allowed = (settings, origin, refuse) => {
  const { token, idempotency, dangerouslyAllowBrowser, dangerouslyAllowUnencryptedToken } =
    settings;
  const [{ protocol, hostname }, base] = absolute(settings.baseUrl, origin, refuse);
  if (
    protocol === "http:" &&
    !LOOPBACK.test(hostname) &&
    isAuthorized(settings) &&
    !dangerouslyAllowUnencryptedToken
  )
    refuse(
      "baseUrl must begin with https:// if a token is sent to another host than loopback: others could read it. To allow that, set dangerouslyAllowUnencryptedToken",
    );
  // A host may be written with a dot at its end.
  if (SERVICE.includes(hostname.replace(/\.$/, ""))) {
    if (token === undefined)
      refuse(
        "token is missing: the service needs one. If it comes from an environment variable, check that it is set",
      );
    if (isBrowser() && !dangerouslyAllowBrowser)
      refuse(
        "Everyone can read a token in a browser page: set baseUrl to a proxy that adds it, or set dangerouslyAllowBrowser",
      );
    if (idempotency)
      refuse(
        "idempotency needs a server that supports the header Idempotency-Key, which the service does not document: set baseUrl to your proxy",
      );
  }
  return base;
};

/**
 * Checks and returns the base URL of a client, without a slash at its end; undefined if it depends on the page. Only
 * what is wrong everywhere is refused: the client may be created on a server for a page.
 */
export const checkAddress = (settings, refuse) => {
  const address = allowed(settings, "https://localhost", refuse);
  return isRooted(settings.baseUrl) ? undefined : address;
};

/** The base URL of a call. */
export const addressOf = (settings, refuse) => {
  if (settings.address) return settings.address;
  if (isRooted(settings.baseUrl) && !isBrowser())
    refuse('baseUrl must be absolute here: only in a page may it begin with "/"');
  return allowed(settings, globalThis.location?.origin, refuse);
};
