import { page } from "../support/page.mjs";

const cell = page({ browser: "webkit", script: "main.js", readme: "Without a bundler" });

// CI would have to install another browser.
export default { ...cell, ci: false };
