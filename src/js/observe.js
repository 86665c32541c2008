// The user's observers. An event holds what logs may hold: no value, no query, no header, no token.

const LEVELS = ["off", "error", "warn", "info", "debug"];

const logged = {
  onRequest: ["debug", ({ method, route, attempt }) => `${method} ${route}: attempt ${attempt}`],
  onResponse: ["debug", ({ method, route, status, durationMs }) => `${method} ${route}: ${status} after ${Math.round(durationMs)} ms`],
  onRetry: ["warn", ({ method, route, reason, waitMs }) => `${method} ${route}: ${reason}, again in ${Math.round(waitMs)} ms`],
};

/** Calls the hook and the logger. What an observer throws is its own affair: the call goes on. */
export const observe = (observers, hook, event) => {
  const { logger, logLevel = "warn" } = observers;
  const [level, say] = logged[hook];
  try {
    observers[hook]?.(event);
    if (LEVELS.indexOf(level) <= LEVELS.indexOf(logLevel)) logger?.[level]?.(`collins-customers: ${say(event)}`, event);
  } catch {
    // See above.
  }
};
