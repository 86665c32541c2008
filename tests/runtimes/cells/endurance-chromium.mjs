import { endurancePage } from "../support/endurance.mjs";

export default endurancePage("chromium", 100_000);
