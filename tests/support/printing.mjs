// Run by Node, Deno and Bun: prints errors of the package. Arguments: the module of the package, a mark for all
// personal data, and how the errors appear: printed, or one of them uncaught or rejected.

const [module, mark, way, wanted] = (globalThis.Deno?.args ?? process.argv.slice(2)).slice(0, 4);
const { CustomersApi } = await import(module);

const options = {
  token: mark,
  baseUrl: `https://proxy.example/${mark}`,
  maxRetries: 0,
  headers: { "X-Own": mark },
};
const inner = Object.assign(new Error(`connect to ${mark}`), { code: "ECONNREFUSED", host: mark });
const fetches = {
  ConnectionError: (url) => Promise.reject(new TypeError(`fetch ${url}`, { cause: inner })),
  UnprocessableEntityError: async () =>
    Response.json({ errors: { email: [mark] } }, { status: 422, headers: { "X-Echo": mark } }),
  UnexpectedResponseError: async () => new Response(mark, { headers: { "X-Echo": mark } }),
};
const customer = { email: `${mark}@example.com` };

async function errorOf(name) {
  try {
    if (name === "ValidationError")
      await new CustomersApi(options).create({ email: `not ${mark}`, notes: mark.repeat(500) });
    const token = name === "ConfigurationError" ? () => Promise.reject(new Error(mark)) : mark;
    await new CustomersApi({ ...options, token, fetch: fetches[name] }).create(customer);
  } catch (error) {
    return error;
  }
}

if (way === "uncaught") {
  const error = await errorOf(wanted);
  setTimeout(() => {
    throw error;
  });
} else if (way === "rejected") {
  Promise.reject(await errorOf(wanted));
} else {
  for (const name of [...Object.keys(fetches), "ConfigurationError", "ValidationError"]) {
    const error = await errorOf(name);
    console.error(error);
    console.log({ nested: { error } });
    console.log("%o %O %s %j", error, error, error, error);
    console.dir?.(error, { showHidden: true, depth: 9 });
    console.log(globalThis.Deno?.inspect?.(error, { showHidden: true, depth: 9 }));
    console.log(globalThis.Bun?.inspect?.(error, { depth: 9 }));
  }
}
