// The error of an import that cannot go on, told apart by `code`.

export const importError = (code, message, more) =>
  Object.assign(new Error(message), { name: "ImportError", code, ...more });
