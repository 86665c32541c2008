import { overflowPage } from "../support/overflow.mjs";

// CI would have to install another browser.
export default overflowPage("webkit", { ci: false });
