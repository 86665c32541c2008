import { endurancePage } from "../support/endurance.mjs";

// It takes more than a minute.
export default endurancePage("firefox", 100_000, { ci: false });
