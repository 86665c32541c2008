// Everything a hundred thousand times, in each engine that runs without a browser.
import { endurance } from "../support/endurance.mjs";

const many = { processes: 20, times: 5_000, often: 20_000 };
const once = { processes: 1, times: 100_000 };
const deno = ["run", "--allow-net"];

export default {
  runtime: "node24",
  ci: false, // It takes minutes.
  parts: {
    "node20.0": endurance("node20.0", [], many),
    "node20.18": endurance("node20.18", [], many),
    node20: endurance("node20", [], many),
    node22: endurance("node22", [], once),
    node24: endurance("node24", [], once),
    deno: endurance("deno", deno, once),
    bun: endurance("bun", [], once),
  },
};
