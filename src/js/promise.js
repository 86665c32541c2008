// The promise that a call returns.

/** A promise of the value of a promise of `[value, response]`, which can also be asked for both. */
export const apiPromise = (both) => {
  const promise = both.then(([data]) => data);
  promise.withResponse = () => {
    // The pair has the same rejection: it must not be reported a second time.
    promise.catch(() => {});
    return both.then(([data, response]) => ({ data, response }));
  };
  return promise;
};
