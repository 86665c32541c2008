// The rules and the issues of a form, with two libraries that support Standard Schema and without one, in Chromium.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { startBrowser } from "../page/support.mjs";
import { CustomersApi } from "../support/package.mjs";
import { root, startSandbox, token } from "../support/sandbox.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** Bundles the program of a page with the built package. */
async function bundle(file) {
  const { outputFiles } = await build({
    entryPoints: [join(root, "tests/forms", file)],
    alias: { "collins-customers": join(root, "pkg/dist/inline.js") },
    bundle: true,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
  });
  return outputFiles[0].text;
}

/** Opens a form as a page of a sandbox's origin. */
async function openForm(t, file, origin) {
  const page = await browser.newPage();
  t.after(() => page.close());
  const script = await bundle(file);
  await page.route(`${origin}/form.js`, (route) =>
    route.fulfill({ contentType: "text/javascript", body: script }),
  );
  await page.route(`${origin}/form`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><meta charset="utf-8"><body data-token="${token}"><script type="module" src="form.js"></script>`,
    }),
  );
  await page.goto(`${origin}/form`);
  return page;
}

for (const [library, file] of [
  ["React Hook Form", "react-hook-form.tsx"],
  ["TanStack Form", "tanstack-form.tsx"],
  ["a plain form", "form-data.tsx"],
]) {
  test(`${library} shows the package's issues and the service's at the same fields`, async (t) => {
    const { origin, baseUrl } = await startSandbox(t, "--seed", "0");
    const api = new CustomersApi({ token, baseUrl });
    const page = await openForm(t, file, origin);
    const answers = [];
    page.on("response", (answer) => {
      if (answer.request().method() === "POST") answers.push(answer.status());
    });
    const fill = (label, text) => page.getByLabel(label, { exact: true }).fill(text);
    const save = () => page.getByRole("button", { name: "Save" }).click();
    /** Waits until this field has this issue, and checks that the other fields have none. */
    async function onlyIssue(name, message) {
      const issue = page.locator(`[id="${name}-issue"]`);
      await issue.getByText(message, { exact: true }).waitFor();
      const others = page.locator(`[id$="-issue"]:not([id="${name}-issue"])`);
      assert.deepEqual(await others.allTextContents(), ["", ""]);
    }
    const noIssue = () =>
      page.waitForFunction(() =>
        [...document.querySelectorAll('[id$="-issue"]')].every((issue) => issue.textContent === ""),
      );

    await fill("Email", "ada@");
    await onlyIssue("email", "Must be an email address");
    await fill("Post code", "1".repeat(10));
    await save();
    // The form itself does not send values with an issue.
    await onlyIssue("email", "Must be an email address");
    await fill("Email", "ada@example.com");
    await noIssue();

    await fill("Post code", "1".repeat(11));
    await onlyIssue("company_address.post_code", "Must have at most 10 characters, but has 11");
    await fill("Post code", "1".repeat(10));
    await noIssue();
    assert.deepEqual(answers, []);

    await save();
    await onlyIssue("company_address.post_code", "Must have at most 10 characters, but has 13");
    assert.deepEqual(answers, [422]);
    assert.equal(await page.getByText("Saved").count(), 0);

    await fill("Post code", "E1 6AN");
    await noIssue();
    await save();
    await page.getByText("Saved").waitFor();
    assert.deepEqual(answers, [422, 201]);
    const { customers } = await api.list();
    assert.deepEqual(
      customers.map(({ email, company_address }) => [email, company_address.post_code]),
      [["ada@example.com", "GB-E1 6AN"]],
    );
  });

  test(`${library} saves a form with one filled input, without values for the others`, async (t) => {
    const { origin, baseUrl } = await startSandbox(t, "--seed", "0");
    const api = new CustomersApi({ token, baseUrl });
    const page = await openForm(t, file, origin);
    const phone = page.getByLabel("Phone", { exact: true });
    await phone.fill("1".repeat(21));
    await page.locator('[id="phone-issue"]').getByText("at most 20 characters").waitFor();
    await phone.fill("020");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved").waitFor();
    const { customers } = await api.list();
    const { email, phone: saved, company_address } = customers[0];
    assert.equal(customers.length, 1);
    assert.equal(saved, "020");
    assert.ok(email === undefined || email === null, "no blank address");
    assert.ok(!company_address?.post_code);
  });
}
