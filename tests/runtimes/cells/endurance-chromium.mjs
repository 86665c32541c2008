import { endurancePage } from "../support/endurance.mjs";

export default endurancePage("chromium", { times: 100_000 });
