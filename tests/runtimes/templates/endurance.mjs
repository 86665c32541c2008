// Every operation and every validator, valid and invalid, again and again, until the engine has optimised all of it
// and given up some of that. V8 11.3 (Node 20) crashed then (see src/js/core.rs for the reason).

/**
 * Does everything `times` times, with a `fetch` that answers at once. The calls that crashed are done `often` and
 * first, before anything is optimised. The calls that come `first` of the others decide how the engine optimises the
 * common code. Returns the number of calls.
 */
export async function endure(collins, times, often = times, first = 0) {
  const { CustomerFilter, CustomersApi, ValidationError } = collins;
  const { validateCustomerUpdate, validateListFilter, validateNewCustomer } = collins;
  const id = "5c7d9e0f1a2b3c4d5e6f7a8b";
  const text = JSON.stringify({ customer: { id }, customers: [{ id }] });
  const headers = new Headers({ "X-Pagination-Page": "1" });
  // A property, because WebKit 2.50 keeps reading the first value of a variable that this function writes late.
  const service = { status: 200 };
  const fetch = async (_, { method }) =>
    method === "DELETE"
      ? new Response(null, { status: 204 })
      : new Response(text, { status: service.status, headers });
  const api = new CustomersApi({
    token: "token",
    baseUrl: "https://proxy.example/api",
    fetch,
    maxRetries: 0,
  });
  const filter = new CustomerFilter().labels(["a"]);
  const bad = { emial: 1, phone: "1".repeat(21), labels: [1] };

  const parse = () => {
    try {
      CustomerFilter.parse("labels=a&limit=99");
      return false;
    } catch (error) {
      return error instanceof ValidationError;
    }
  };
  const works = [
    () => validateNewCustomer({ first_name: "Ada", dob: "2024-02-29" }).length === 0,
    () => validateNewCustomer(bad).length === 3,
    () => validateCustomerUpdate({ notes: null }).length === 0,
    () => validateCustomerUpdate(bad).length === 3,
    () => validateListFilter({ labels: ["a"] }).length === 0,
    () => validateListFilter({ limit: 99 }).length === 1,
    () => filter.toQueryString() === "labels=a",
    () => CustomerFilter.parse("labels=a&limit=9") instanceof CustomerFilter,
  ];
  const refused = (promise) =>
    promise.then(
      () => false,
      (error) => error instanceof collins.CustomersApiError,
    );
  const refusedList = () => refused(api.list({ limit: 99 }));
  const calls = [
    async () => (await api.list({ labels: ["a"] })).customers.length === 1,
    async () => (await api.create({ first_name: "Ada" })).id === id,
    () => refused(api.create(bad)),
    async () => (await api.get(id)).id === id,
    () => refused(api.get("..")),
    async () => (await api.update(id, { notes: null })).id === id,
    () => refused(api.update(id, bad)),
    async () => (await api.delete(id)) === undefined,
    () => refused(api.delete("..")),
  ];
  const expect = (holds, what) => {
    if (!holds) throw new Error(`wrong after some time: ${what}`);
  };
  const repeat = (work, most) => {
    for (let time = 0; time < most; time++) expect(work(), work);
  };
  const repeatCall = async (call, most) => {
    for (let time = 0; time < most; time++) expect(await call(), call);
  };
  const rotated = (list) => [
    ...list.slice(first % list.length),
    ...list.slice(0, first % list.length),
  ];
  repeat(parse, often);
  await repeatCall(refusedList, often);
  for (const work of rotated(works)) repeat(work, times);
  for (const call of rotated(calls)) await repeatCall(call, times);
  // Requests that the service refuses.
  service.status = 404;
  await repeatCall(() => refused(api.get(id)), times);
  return 2 * often + (works.length + calls.length + 1) * times;
}
