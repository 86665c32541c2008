// The promise that a call returns.

/** Turns a promise of `[value, response]` into a promise of the value, with a method that returns both. */
export const apiPromise = (both) => {
  const promise = both.then(([data]) => data);
  promise.withResponse = () => {
    // The pair has the same rejection: it must not be reported a second time.
    promise.catch(() => {});
    return both.then(([data, response]) => ({ data, response }));
  };
  return promise;
};
