import { overflowPage } from "../support/overflow.mjs";

export default overflowPage("chromium");
