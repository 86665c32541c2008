// The cause of a failed `fetch`: a code that may prove that nothing was sent, and the part that may be shown.

/**
 * The documented codes of Node and Bun for a missing connection: nobody listens, the host is unknown, or its
 * certificate is refused. Then no byte of the request was sent.
 */
const NO_CONNECTION =
  /^(ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_[A-Z]+|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|(CERT|CRL|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|PATH_LENGTH)_[A-Z_]+)$/;

/** The system calls that come before a connection, as Node and Bun name them. */
const CONNECTING = /^(connect|getaddrinfo)$/;

/** Deno has no codes: its HTTP client names the phase in the message. URLs contain no blanks. */
const DENO_CONNECTING = /: client error \(Connect\)/;

/** The depth to which causes are followed. */
const DEPTH = 4;

/** Returns whether a `fetch` certainly failed before it sent anything. */
export const wasNotSent = (cause, depth = DEPTH) => {
  try {
    const { code, syscall, message, errors } = cause;
    // One for each address of the host.
    if (Array.isArray(errors) && errors.length > 0)
      return depth > 0 && errors.every((error) => wasNotSent(error, depth - 1));
    return (
      NO_CONNECTION.test(code) ||
      CONNECTING.test(syscall) ||
      DENO_CONNECTING.test(message) ||
      (depth > 0 && wasNotSent(cause.cause, depth - 1))
    );
  } catch {
    return false;
  }
};

/** Names of classes and codes; no sentence, no URL and no id with a hyphen fits. */
const NAME = /^[A-Za-z_]\w{0,63}$/;

const nameIn = (value, key) => {
  try {
    const name = value[key];
    return typeof name === "string" && NAME.test(name) ? name : "";
  } catch {
    return "";
  }
};

/** The first code of a cause or of the causes below it. */
const codeOf = (cause, depth) => {
  const code = nameIn(cause, "code");
  if (code || !depth) return code;
  try {
    return codeOf(cause.cause ?? cause.errors[0], depth - 1);
  } catch {
    return "";
  }
};

/** The descriptor of a property that is not enumerable, without what a script may have added to all objects. */
export const hidden = (value) => ({ __proto__: null, value, configurable: true, writable: true });

/**
 * The part of a cause that may be shown and logged: its class and its code. The platform's message may contain the
 * URL, which may contain personal data, and user code may throw anything.
 */
export const visibleCause = (cause) => {
  const isError = typeof cause === "object" && cause !== null;
  const name = (isError && nameIn(cause, "name")) || "Error";
  const code = codeOf(cause, DEPTH);
  const visible = new Error(code || (isError ? "" : `not an Error, but of type ${typeof cause}`));
  // Its own stack would lead here, and the stack of the cause begins with the message.
  Object.defineProperty(visible, "name", hidden(name));
  Object.defineProperty(visible, "stack", hidden(String(visible)));
  if (code) visible.code = code;
  return visible;
};
