import { endurancePage } from "../support/endurance.mjs";

// Twenty browsers, one after the other, each with another order of the work. It takes minutes.
export default endurancePage("chromium", { processes: 20, times: 100_000 }, { ci: false });
