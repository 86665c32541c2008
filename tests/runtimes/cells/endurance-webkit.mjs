import { endurancePage } from "../support/endurance.mjs";

// CI would have to install another browser.
export default endurancePage("webkit", { times: 100_000 }, { ci: false });
