// A page with a content security policy that allows WebAssembly and nothing else.
import assert from "node:assert/strict";
import { plainPage, scenarioOutcome } from "../support/page.mjs";

const policy = (scripts) => ({
  "Content-Security-Policy": `default-src 'none'; script-src ${scripts}; connect-src http://127.0.0.1:*`,
});

export default {
  browser: "chromium",
  async run(project) {
    await plainPage(project, "main.js");
    // It fails if the policy does not allow WebAssembly: so the policy is in force.
    const strict = scenarioOutcome(await project.files(".", policy("'self'")));
    await assert.rejects(strict, /Content Security Policy/);
    return scenarioOutcome(await project.files(".", policy("'self' 'wasm-unsafe-eval'")));
  },
};
