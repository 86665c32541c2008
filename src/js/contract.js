// The contract's tables (contract.rs), as Rust writes them when the module starts: what is made of them
// here names no field and no limit itself.

/** Rows are `[name, kind, min, max, requires]`; kinds are the letters of contract.rs in this folder. */
export let tables;

const starts = [];

/** Runs `start` as soon as the tables are here. */
export const whenDefined = (start) => starts.push(start);

/** Takes the tables, and what the core does for the modules of this folder. */
export const define = (text, core) => {
  const [newCustomer, updateOnly, address, filters, readOnly] = text
    .split("\n")
    .map((table) => table.split(" ").map((row) => row.split(",")));
  tables = {
    newCustomer,
    customerUpdate: [...newCustomer, ...updateOnly],
    address,
    listFilter: filters,
    readOnly,
  };
  for (const start of starts) start(core);
};
