import { page } from "../support/page.mjs";

export default page({ browser: "chromium", script: "main.js", readme: "Without a bundler" });
