// Uses a function that Ajv generated, in this process or at build time.

export const checkWith = (validate) => (value) => (validate(value) ? [] : validate.errors);

export const parseWith = (validate) => (value) => {
  if (validate(value)) return value;
  throw Object.assign(new Error("not a customer"), { issues: validate.errors });
};
