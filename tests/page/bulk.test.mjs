// Files on the demo page: checked, imported and exported.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { counted, openPage, settled, startBrowser } from "./support.mjs";

describe("files", () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  /** Opens the page and its dialog for files, by keyboard. */
  async function openFiles(t, options) {
    const { page, origin } = await openPage(t, browser, options);
    await settled(page);
    await page.getByRole("button", { name: "Files" }).press("Enter");
    await page.getByRole("dialog", { name: "Files" }).waitFor();
    return { page, origin };
  }

  async function fileOf(t, content, name = "customers.csv") {
    const folder = await mkdtemp(join(tmpdir(), "page-files-"));
    t.after(() => rm(folder, { recursive: true }));
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  const choose = (page, path) => page.locator("#file").setInputFiles(path);
  const status = (page) => page.locator("#import-status");
  const says = (page, text) => status(page).filter({ hasText: text }).waitFor();
  const table = (page, name) =>
    page
      .getByRole("region", { name })
      .locator("tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) =>
          Array.from(row.cells, (cell) => {
            const select = cell.querySelector("select");
            return select ? select.selectedOptions[0].text : cell.innerText;
          }),
        ),
      );
  const button = (page, name) => page.getByRole("button", { name, exact: true });

  /** What the service has of these addresses. */
  async function known(origin, emails) {
    const answer = await fetch(`${origin}/api/customers?limit=30&email=${emails.join()}`, {
      headers: { authorization: "Bearer sandbox" },
    });
    const { customers } = await answer.json();
    return customers.map(({ email }) => email).sort();
  }

  const addresses = (count) =>
    Array.from({ length: count }, (_, index) => `import${index + 10}@example.com`);
  const csvOf = (emails) =>
    `email,first_name\n${emails.map((one) => `${one},Imported\n`).join("")}`;

  test("the sample shows columns, damage and faults, by keyboard", async (t) => {
    const { page } = await openFiles(t);
    await button(page, "Try a sample file").press("Enter");
    await says(page, /^sample\.csv: 11 customers: \d can be imported, \d cannot yet\.$/);
    const columns = await table(page, "Columns");
    assert.deepEqual(
      columns.map(([name, becomes]) => [name, becomes]),
      [
        ["First name", "First name"],
        ["Last name", "Last name"],
        ["E-mail", "Email"],
        ["Mobile", "Phone"],
        ["D.O.B.", "Birthday"],
        ["Tags", "Labels"],
        ["Postcode", "Post code"],
        ["Comments", "Notes"],
      ],
    );
    const faults = await table(page, "Faults");
    // The first row has a line break in a cell, so the fifth row is in the seventh line.
    const [row, line, column, message] = faults.find(([, , name]) => name === "E-mail");
    assert.deepEqual([row, line, column], ["5", "7", "E-mail"]);
    assert.match(message, /email/i);
    assert.match(await page.locator(".damage").innerText(), /Mobile: .*\(1 row, first in line 5\)/);
  });

  test("a column can be sent elsewhere, and the file is checked again", async (t) => {
    const { page } = await openFiles(t);
    await choose(
      page,
      await fileOf(t, "Whatever,First name\nada@example.com,Ada\nno address,Bob\n"),
    );
    await says(page, /2 customers/);
    assert.deepEqual(await table(page, "Columns"), [
      ["Whatever", "Left out", "unknown name"],
      ["First name", "First name", "usual spelling"],
    ]);
    const whatever = page.getByRole("combobox", { name: "What “Whatever” becomes" });
    await whatever.focus();
    await whatever.selectOption("Email");
    await says(page, "2 customers: 1 can be imported, 1 cannot yet.");
    assert.equal((await table(page, "Columns"))[0][1], "Email");
    const [[row, , column]] = await table(page, "Faults");
    assert.deepEqual([row, column], ["2", "Whatever"]);
    assert.ok(await whatever.evaluate((select) => select === document.activeElement));

    // Two columns cannot be the same field: the later choice counts.
    await page.getByRole("combobox", { name: "What “First name” becomes" }).selectOption("Email");
    await page.waitForFunction(
      () =>
        document.querySelector('[data-column="Whatever"]')?.selectedOptions[0].text === "Left out",
    );
    await whatever.selectOption("Left out");
    await says(page, "2 customers");
  });

  test("a file of JSON is checked, and its names can be sent elsewhere", async (t) => {
    const { page } = await openFiles(t);
    const lines = ['{"email":"ada@example.com","nick":"Ada"}', '{"email":"no address"}'];
    await choose(page, await fileOf(t, `${lines.join("\n")}\n`, "customers.ndjson"));
    await says(page, "2 customers: 1 can be imported, 1 cannot yet.");
    await page.getByRole("combobox", { name: "What “nick” becomes" }).selectOption("First name");
    await page.waitForFunction(
      () =>
        document.querySelector('[data-column="nick"]')?.selectedOptions[0].text === "First name",
    );
    await says(page, "2 customers: 1 can be imported, 1 cannot yet.");
  });

  test("dates are read in another order only when somebody says so", async (t) => {
    const { page, origin } = await openFiles(t);
    const [email] = addresses(1);
    await choose(page, await fileOf(t, `email,dob\n${email},23/04/1990\n`));
    await says(page, "1 customer: 0 can be imported, 1 cannot yet.");
    const dates = page.getByRole("combobox", { name: "Dates" });
    await dates.focus();
    await dates.selectOption("are day, month, year");
    await says(page, "1 customer, and nothing is wrong.");
    assert.ok(await dates.evaluate((select) => select === document.activeElement));
    await button(page, "What would an import cost?").click();
    await button(page, "Import").click();
    await says(page, "Of 1 row: 1 created.");
    const answer = await fetch(`${origin}/api/customers?email=${email}`, {
      headers: { authorization: "Bearer sandbox" },
    });
    const { customers } = await answer.json();
    assert.equal(customers[0].dob, "1990-04-23");
  });

  test("a file that is dropped on the page is checked", async (t) => {
    const { page } = await openPage(t, browser);
    await settled(page);
    const transfer = await page.evaluateHandle(() => {
      const made = new DataTransfer();
      made.items.add(new File(["email\nada@example.com\n"], "dropped.csv"));
      return made;
    });
    await page.dispatchEvent("#list", "dragover", { dataTransfer: transfer });
    assert.ok(await page.locator("html.dropping").isVisible());
    await page.dispatchEvent("#list", "drop", { dataTransfer: transfer });
    await says(page, "dropped.csv: 1 customer, and nothing is wrong.");
    assert.equal(await page.locator("html.dropping").count(), 0);
  });

  test("a file without customers, and one that is none, are said to be", async (t) => {
    const { page } = await openFiles(t);
    await choose(page, await fileOf(t, ""));
    await says(page, "There are no customers in this file.");
    await choose(page, await fileOf(t, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff])));
    await says(page, /customers?/);
    assert.ok(await page.locator("#planning").isHidden());
  });

  test("an import says its price, its progress and its result, and gives back what it refused", async (t) => {
    const { page, origin } = await openFiles(t);
    const emails = addresses(5);
    const path = await fileOf(
      t,
      `${csvOf(emails)}nobody@@example.com,Refused\n${emails[0]},Twice\n`,
    );
    await choose(page, path);
    await says(page, "7 customers: 6 can be imported, 1 cannot yet.");
    await button(page, "What would an import cost?").press("Enter");
    await says(
      page,
      /^5 to be created, 1 there already, 1 with faults, left out\. \d+ requests?, done in a moment\.$/,
    );
    assert.deepEqual(await known(origin, emails), []);
    await button(page, "Import").press("Enter");
    await says(page, "Of 7 rows: 5 created, 1 there already, 1 refused.");
    assert.deepEqual(await known(origin, emails), emails);
    await counted(page, "105 customers");

    const link = page.getByRole("link", { name: "The 1 row to correct, as a file" });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    assert.equal(download.suggestedFilename(), "customers-refused.csv");
    const rest = await readFile(await download.path(), "utf8");
    assert.match(rest, /^email,first_name,.*\r?\nnobody@@example\.com,Refused,.+\r?\n$/);
  });

  test("an import that a closed tab cut off goes on, and doubles nobody", async (t) => {
    const { page, origin } = await openFiles(t);
    const emails = addresses(8);
    const path = await fileOf(t, csvOf(emails));
    await choose(page, path);
    await button(page, "What would an import cost?").click();
    let posts = 0;
    await page.route(`${origin}/api/customers`, (route) => {
      posts += 1;
      // The fourth customer is created, but nobody hears of it.
      const fault = posts === 4 ? { "x-sandbox-fault": "stall" } : {};
      return route.continue({ headers: { ...route.request().headers(), ...fault } });
    });
    await button(page, "Import").click();
    while ((await known(origin, emails)).length < 4) await page.waitForTimeout(50);
    const context = page.context();
    await page.close();
    assert.equal((await known(origin, emails)).length, 4);

    const again = await context.newPage();
    await again.goto(origin);
    await settled(again);
    await again.getByRole("button", { name: "Files" }).click();
    await again.getByRole("dialog", { name: "Files" }).waitFor();
    await choose(again, path);
    await button(again, "What would an import cost?").click();
    await says(again, /^3 of 8 were done before, 4 to be created, 1 to be looked up first\./);
    await button(again, "Go on").click();
    await says(again, "Of 8 rows: 8 created.");
    assert.deepEqual(await known(origin, emails), emails);
  });

  test("an import can be stopped, gone on with, and forgotten", async (t) => {
    const { page, origin } = await openFiles(t);
    const emails = addresses(6);
    await choose(page, await fileOf(t, csvOf(emails)));
    await button(page, "What would an import cost?").click();
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    let posts = 0;
    await page.route(`${origin}/api/customers`, async (route) => {
      posts += 1;
      if (posts === 3) await held;
      await route.continue();
    });
    await button(page, "Import").click();
    await says(page, /^2 of 6, done in a moment\./);
    await button(page, "Stop").click();
    release();
    await says(page, "Stopped.");
    assert.equal((await known(origin, emails)).length, 3);
    await button(page, "Go on").click();
    await says(page, /^3 of 6 were done before, 3 to be created\./);
    await button(page, "Go on").click();
    await says(page, "Of 6 rows: 6 created.");
    assert.deepEqual(await known(origin, emails), emails);

    await button(page, "Forget what was imported of this file").click();
    await button(page, "What would an import cost?").click();
    await says(page, /^6 there already\./);
  });

  test("an export says its price, keeps the filter of the list, and is saved", async (t) => {
    const { page, origin } = await openFiles(t, { address: "?labels=VIP" });
    const count = await page.locator("#count").textContent();
    const vips = Number(/^\d+/.exec(count)[0]);
    const price = page.locator("#export-price");
    await price
      .filter({
        hasText: `${vips} customers, as the list is filtered: ${Math.ceil(vips / 30)} request`,
      })
      .waitFor();
    for (const [format, name] of [
      ["csv", "customers.csv"],
      ["ndjson", "customers.ndjson"],
    ]) {
      await page.locator("#export-format").selectOption(format);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        button(page, "Export").press("Enter"),
      ]);
      assert.equal(download.suggestedFilename(), name);
      const text = await readFile(await download.path(), "utf8");
      assert.equal(text.startsWith("\uFEFF"), format === "csv");
      for (const { email } of (
        await (
          await fetch(`${origin}/api/customers?limit=30&labels=VIP`, {
            headers: { authorization: "Bearer sandbox" },
          })
        ).json()
      ).customers) {
        assert.ok(text.includes(email));
      }
      if (format === "ndjson") assert.equal(text.trim().split("\n").length, vips);
      await price.filter({ hasText: `${vips} customers exported.` }).waitFor();
    }
  });

  test("the dialog fits a telephone, and gives the focus back", async (t) => {
    const { page } = await openFiles(t, { viewport: { width: 320, height: 640 } });
    await button(page, "Try a sample file").click();
    await says(page, "11 customers");
    const overflow = await page
      .locator("#bulk")
      .evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
    assert.equal(overflow, 0);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.id), "files");
  });

  test("what works on files is loaded when it is asked for", async (t) => {
    const { page } = await openPage(t, browser);
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await settled(page);
    assert.ok(!asked.some((path) => path.includes("bulk/")));
    await page.getByRole("button", { name: "Files" }).click();
    await page.getByRole("dialog", { name: "Files" }).waitFor();
    assert.ok(asked.includes("/pkg/dist/bulk/inline.js"));
  });
});
