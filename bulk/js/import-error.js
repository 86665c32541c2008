// The error of an import that cannot continue, with a `code` for programs.

export const importError = (code, message, more) =>
  Object.assign(new Error(message), { name: "ImportError", code, ...more });
