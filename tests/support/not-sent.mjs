// Run by Node, Deno and Bun: a create without a connection, and with one that breaks.
// Arguments: the module of the package, and base URLs by name as JSON. Prints the results as JSON.

const [module, places] = (globalThis.Deno?.args ?? process.argv.slice(2)).slice(-2);
const { CustomersApi } = await import(module);

const results = {};
for (const [name, baseUrl] of Object.entries(JSON.parse(places))) {
  let requests = 0;
  const api = new CustomersApi({ token: "t", baseUrl, maxRetries: 1, onRequest: () => requests++ });
  try {
    await api.create({ first_name: "Ada" });
    results[name] = { requests, error: null };
  } catch (error) {
    const { name: Class, mayHaveSucceeded, message, cause } = error;
    results[name] = {
      requests,
      error: Class,
      mayHaveSucceeded,
      isTold: /nothing was sent/.test(message),
      code: cause.code ?? null,
    };
  }
}
console.log(JSON.stringify(results));
