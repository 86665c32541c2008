// The query of a list by hand, for clients that cannot write a list as one parameter.

export const toQuery = (filters) => {
  let query = "";
  for (const name in filters) {
    const value = filters[name];
    if (value === undefined) continue;
    const text = Array.isArray(value)
      ? value.map(encodeURIComponent).join(",")
      : encodeURIComponent(value);
    query += `${query && "&"}${name}=${text}`;
  }
  return query;
};

/** Filters whose lists are joined, for clients that encode the rest themselves. */
export const joined = (filters) => {
  const parameters = {};
  for (const name in filters) parameters[name] = String(filters[name]);
  return parameters;
};
