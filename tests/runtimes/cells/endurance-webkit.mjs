import { endurancePage } from "../support/endurance.mjs";

// It takes more than a minute.
export default endurancePage("webkit", 100_000, { ci: false });
