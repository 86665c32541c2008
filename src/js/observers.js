// The user's observers and logger. An event contains only what may be logged: no value, no query, no header, no token.

const LEVELS = ["off", "error", "warn", "info", "debug"];

const LINES = {
  __proto__: null,
  onRequest: ["debug", ({ attempt }) => `attempt ${attempt}`],
  onResponse: ["debug", ({ status, durationMs }) => `${status} after ${durationMs} ms`],
  onRetry: ["warn", ({ reason, waitMs }) => `${reason}, again in ${waitMs} ms`],
};

/** Calls the user's function; ignores what it throws, and what its promise rejects with. */
const run = async (callback) => {
  try {
    await callback();
  } catch {
    // The call continues.
  }
};

/** Calls the user's observer and logger with the event that `make` makes. Returns whether there was one to call. */
export const observe = (settings, hook, make) => {
  const { [hook]: observer, logger, logLevel = "warn" } = settings;
  const [level, say] = LINES[hook];
  const isLogged = logger && LEVELS.indexOf(level) <= LEVELS.indexOf(logLevel);
  if (!observer && !isLogged) return false;
  const event = make();
  const line = `collins-customers: ${event.method} ${event.route}: ${say(event)}`;
  // Called unbound: the settings contain the token.
  run(() => observer?.(event));
  if (isLogged) run(() => logger[level]?.(line, event));
  return true;
};
