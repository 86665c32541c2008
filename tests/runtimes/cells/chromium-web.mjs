import { page } from "../support/page.mjs";

export default page({ browser: "chromium", script: "web.js", readme: "The module as a file" });
