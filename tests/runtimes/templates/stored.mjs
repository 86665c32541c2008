// A state store with the package's objects: it keeps them, and returns its proxies or copies of them.

/** The names of the customers with a label, page by page and then one by one. `keep` stores a value. */
export async function stored(collins, options, keep) {
  const api = keep(new collins.CustomersApi(options));
  const filter = keep(keep(new collins.CustomerFilter()).labels(["VIP"]));
  const names = [];
  let page = keep(await api.list(filter.limit(1)));
  while (page) {
    names.push(...page.customers.map((customer) => customer.first_name));
    page = keep(await page.nextPage());
  }
  const again = [];
  for await (const customer of keep(api.iterate(keep(filter)))) again.push(customer.first_name);
  const error = keep(await api.get("nobody").catch((error) => error));
  if (`${again}` !== `${names}`) throw new Error(`iterate gave ${again}, the pages ${names}`);
  if (!(error instanceof collins.NotFoundError && error.status === 404)) throw error;
  return names;
}
