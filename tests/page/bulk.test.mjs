// Files on the demo page: checked, imported and exported.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { counted, deferred, openPage, settled, startBrowser, stopClock } from "./support.mjs";

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

  /** The customers that the service finds with a query. */
  async function found(origin, query) {
    const answer = await fetch(`${origin}/api/customers?limit=30&${query}`, {
      headers: { authorization: "Bearer sandbox" },
    });
    return (await answer.json()).customers;
  }

  /** The customers of the service with these addresses. */
  const known = async (origin, emails) =>
    (await found(origin, `email=${emails.join()}`)).map(({ email }) => email).sort();

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

  test("a column can be mapped to another field, and the file is checked again", async (t) => {
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
  });

  for (const [which, header, names] of [
    ["names", "Whatever,Other,Email\n", ["Whatever", "Other"]],
    ["numbers", "", ["1", "2"]],
  ]) {
    test(`of columns with ${which} that should be one field, the last choice counts`, async (t) => {
      const { page } = await openFiles(t);
      const row = "ada@example.com,grace@example.com,alan@example.com\n";
      await choose(page, await fileOf(t, header + row));
      await says(page, "1 customer");
      /** Maps a column to the email, and waits until it is the only one. */
      const send = async (name) => {
        const column = page.getByRole("combobox", { name: `What “${name}” becomes` });
        await column.selectOption("Email");
        await page.waitForFunction((name) => {
          const all = Array.from(document.querySelectorAll("[data-column]"));
          const emails = all.filter((one) => one.selectedOptions[0].text === "Email");
          return emails.length === 1 && emails[0].dataset.column === name;
        }, name);
      };
      const [first, second] = names;
      // Back and forth: neither the order of the columns nor that of the first choices decides.
      for (const name of [first, second, first, second]) await send(name);
      if (header === "") return;
      // The column of that name gets its field back once no other column has it.
      await page
        .getByRole("combobox", { name: `What “${second}” becomes` })
        .selectOption("Left out");
      await page.waitForFunction(
        () => document.querySelector('[data-column="Email"]').selectedOptions[0].text === "Email",
      );
    });
  }

  test("all faults can be read, a hundred at a time, by keyboard", async (t) => {
    const { page } = await openFiles(t);
    const rows = Array.from({ length: 250 }, (_, index) => `guest${index}@@example.com\n`);
    await choose(page, await fileOf(t, `email\n${rows.join("")}`));
    await says(page, "250 customers: 0 can be imported, 250 cannot yet.");
    const place = (text) => page.locator(".pager p").filter({ hasText: text }).waitFor();
    const rowsShown = async () => {
      await page.locator(".report:not([aria-busy])").last().waitFor();
      const shown = await table(page, "Faults");
      return [shown.length, shown[0][0], shown.at(-1)[0]];
    };
    const next = page.getByRole("button", { name: "Next faults" });
    const previous = page.getByRole("button", { name: "Previous faults" });
    await place(/^1 to 100 of 250 faults$/);
    assert.deepEqual(await rowsShown(), [100, "1", "100"]);
    assert.equal(await previous.getAttribute("aria-disabled"), "true");
    await next.press("Enter");
    await place(/^101 to 200 of 250 faults$/);
    assert.deepEqual(await rowsShown(), [100, "101", "200"]);
    await page.keyboard.press("Enter");
    await place(/^201 to 250 of 250 faults$/);
    assert.deepEqual(await rowsShown(), [50, "201", "250"]);
    // There are no more, and the focus is not lost.
    assert.equal(await next.getAttribute("aria-disabled"), "true");
    await page.keyboard.press("Enter");
    assert.ok(await next.evaluate((button) => button === document.activeElement));
    await previous.press("Enter");
    await place(/^101 to 200/);
    // The last requested page is shown, however quick the keys are.
    await page.keyboard.press("Enter");
    await next.press("Enter");
    await page.keyboard.press("Enter");
    await place(/^201 to 250/);
    assert.deepEqual(await rowsShown(), [50, "201", "250"]);
  });

  test("one more fault than fits has its own page", async (t) => {
    const { page } = await openFiles(t);
    const csv = (count) => `email\n${"guest@@example.com\n".repeat(count)}`;
    await choose(page, await fileOf(t, csv(100)));
    await page.getByText("100 faults", { exact: true }).waitFor();
    assert.equal(await page.locator(".pager").count(), 0);
    await choose(page, await fileOf(t, csv(101)));
    await page.getByText("1 to 100 of 101 faults").waitFor();
    await page.getByRole("button", { name: "Next faults" }).click();
    await page.getByText("101 to 101 of 101 faults").waitFor();
  });

  test("the page says if faults can no longer be read", async (t) => {
    const { page } = await openFiles(t);
    const path = await fileOf(t, `email\n${"guest@@example.com\n".repeat(101)}`);
    await choose(page, path);
    await page.getByText("1 to 100 of 101 faults").waitFor();
    await writeFile(path, "something else");
    await page.getByRole("button", { name: "Next faults" }).click();
    await page.getByText("These faults could not be read.").waitFor();
  });

  test("the numbers grow while a large file is read", async (t) => {
    const { page } = await openFiles(t);
    const row = `guest@@example.com,${"a".repeat(980)}\n`;
    const path = await fileOf(t, `email,notes\n${row.repeat(12_000)}`);
    await page.evaluate(() => {
      globalThis.told = [];
      const status = document.querySelector("#import-status");
      new MutationObserver(() => globalThis.told.push(status.textContent)).observe(status, {
        childList: true,
      });
    });
    await choose(page, path);
    await says(page, "12,000 customers: 0 can be imported, 12,000 cannot yet.");
    const told = await page.evaluate(() => globalThis.told);
    const numbers = told.flatMap((text) => {
      const [, ...found] =
        /: (\d+) %\. ([\d,]+) customers, ([\d,]+) faults so far\.$/.exec(text) ?? [];
      return found.length > 0 ? [found.map((number) => Number(number.replaceAll(",", "")))] : [];
    });
    assert.ok(numbers.length >= 3, told.join("\n"));
    const [[share, rows, faults]] = numbers;
    assert.ok(share > 0 && share < 100 && rows > 0 && rows < 12_000 && faults > 0);
    assert.deepEqual(numbers.at(-1), [100, 12_000, 12_000]);
  });

  test("corrections are shown at once, and are imported", async (t) => {
    const { page, origin } = await openFiles(t);
    const path = await fileOf(
      t,
      'Full name,Email,Phone,Notes\nAda King,ADA.KING@EXAMPLE.COM,+44 20 7946 0018," by the window "\n',
    );
    await choose(page, path);
    await says(page, "1 customer");
    const check = async (name, effect) => {
      const fix = page.getByRole("checkbox", { name });
      assert.ok(!(await fix.isChecked()));
      await fix.press("Space");
      await page.locator("#fixes li", { hasText: name }).filter({ hasText: effect }).waitFor();
      // The file is read again, and the focus stays.
      await page.locator("#import-progress").waitFor({ state: "hidden" });
      assert.ok(await fix.evaluate((box) => box === document.activeElement));
    };
    await check("Remove blanks around texts", "Notes in 1 row");
    await check("Remove blanks in phone numbers", "Phone in 1 row");
    await check("Write email addresses in small letters", "Email in 1 row");
    assert.deepEqual((await table(page, "Columns"))[0], [
      "Full name",
      "Left out",
      "a whole name, which can be divided",
    ]);
    await check("Divide whole names into first and last name", "Full name in 1 row");
    assert.deepEqual((await table(page, "Columns"))[0], [
      "Full name",
      "First and last name",
      "divided",
    ]);
    await button(page, "What would an import cost?").click();
    await button(page, "Import").click();
    await says(page, "Of 1 row: 1 created.");
    const [ada] = await found(origin, "email=ada.king@example.com");
    const { first_name, last_name, email, phone, notes } = ada;
    assert.deepEqual(
      [first_name, last_name, email, phone, notes],
      ["Ada", "King", "ada.king@example.com", "+442079460018", "by the window"],
    );

    // Another file begins without corrections.
    await choose(page, await fileOf(t, "First name,Email\nAda,ada@example.com\n", "other.csv"));
    await says(page, /^other\.csv: 1 customer, and nothing is wrong\.$/);
    assert.equal(await page.locator("#fixes :checked[type=checkbox]").count(), 0);
    await page.getByRole("checkbox", { name: "Remove blanks around texts" }).check();
    await page.getByText("nothing to change").waitFor();
    // It has no names to divide, and all letters can be read.
    assert.ok(await page.getByRole("checkbox", { name: "Divide whole names" }).isHidden());
    assert.ok(await page.getByRole("checkbox", { name: "Read letters" }).isHidden());
  });

  test("a file of an older spreadsheet can be read", async (t) => {
    const { page, origin } = await openFiles(t);
    const [email] = addresses(1);
    const bytes = Buffer.from(`email,first_name\n${email},Zoë\n`, "latin1");
    await choose(page, await fileOf(t, bytes));
    await says(page, "1 customer: 0 can be imported, 1 cannot yet.");
    await page.getByRole("checkbox", { name: "Read letters as older spreadsheets" }).press("Space");
    await says(page, "1 customer, and nothing is wrong.");
    await button(page, "What would an import cost?").click();
    await button(page, "Import").click();
    await says(page, "Of 1 row: 1 created.");
    const [customer] = await found(origin, `email=${email}`);
    assert.equal(customer.first_name, "Zoë");
  });

  test("a header in another language can be taken for one", async (t) => {
    const { page } = await openFiles(t);
    const header = page.getByRole("checkbox", { name: "Take the first row" });
    await choose(page, await fileOf(t, "Prénom;Ville\nZoé;Paris\n"));
    await says(page, "2 customers. Choose what the columns become: none of them is known.");
    await page.getByLabel("What “1” becomes").selectOption("First name");
    await says(page, "2 customers, and nothing is wrong.");
    await header.check();
    await says(page, "1 customer. Choose what the columns become: none of them is known.");
    await page.getByLabel("What “Prénom” becomes").selectOption("First name");
    await says(page, "1 customer, and nothing is wrong.");
    await button(page, "What would an import cost?").click();
    await button(page, "Import").click();
    await says(page, "Of 1 row: 1 created.");
    await header.uncheck();
    await says(page, "2 customers. Choose what the columns become: none of them is known.");
    // A file with a header that is recognised does not ask.
    await choose(page, await fileOf(t, "email\nada@example.com\n"));
    await says(page, "1 customer, and nothing is wrong.");
    assert.ok(await header.isHidden());
  });

  test("a JSON file is checked, and its names can be mapped to other fields", async (t) => {
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

  test("dates are read in another order only if it is chosen", async (t) => {
    const { page, origin } = await openFiles(t);
    const [email] = addresses(1);
    await choose(page, await fileOf(t, `email,dob\n${email},23/04/1990\n`));
    await says(page, "1 customer: 0 can be imported, 1 cannot yet.");
    const dates = page.getByRole("combobox", { name: "Dates" });
    await page.getByText("dob: they are day, month, year").waitFor();
    await dates.focus();
    await dates.selectOption("are day, month, year");
    await says(page, "1 customer, and nothing is wrong.");
    await page.getByText("dob: no other order makes other dates of them").waitFor();
    assert.ok(await dates.evaluate((select) => select === document.activeElement));
    await button(page, "What would an import cost?").click();
    await button(page, "Import").click();
    await says(page, "Of 1 row: 1 created.");
    const [customer] = await found(origin, `email=${email}`);
    assert.equal(customer.dob, "1990-04-23");
  });

  for (const [name, days, order, sentence] of [
    [
      "may be two orders",
      ["01/02/1990", "03/04/1991"],
      "",
      "could be “day, month, year” or “month, day, year”. Make sure with lines 2 and 3",
    ],
    [
      "may be another order",
      ["01/02/1990"],
      "are day, month, year",
      "could also be “month, day, year”. Make sure with line 2",
    ],
    [
      "are in no order",
      ["31/12/1990", "12/31/1990"],
      "",
      "no order fits all of them, see lines 2 and 3",
    ],
    [
      "are not in this order",
      ["31/12/1990"],
      "are month, day, year",
      "line 2 is no date in this order, so none was changed",
    ],
  ]) {
    test(`of dates that ${name}, the page says so`, async (t) => {
      const { page } = await openFiles(t);
      const rows = days.map((day) => `ada@example.com,${day}\n`).join("");
      await choose(page, await fileOf(t, `email,dob\n${rows}`));
      await says(page, "cannot yet");
      if (order) await page.getByRole("combobox", { name: "Dates" }).selectOption(order);
      await page.locator("#fixes .note", { hasText: sentence }).waitFor();
    });
  }

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

  test("hostile names of files and columns do no harm", async (t) => {
    const { page } = await openFiles(t, { viewport: { width: 390, height: 844 } });
    const names = ["<img src=x onerror=alert(1)>", "\u202Eevil", "W".repeat(300), "email"];
    const name = "a\u202Efcsv.exe<b>.csv";
    await choose(page, await fileOf(t, `${names.join()}\na,b,c,bad@@example.com\n`, name));
    await says(page, `${name}: 1 customer: 0 can be imported`);
    // The change of direction ends with the name.
    assert.equal(await status(page).locator("bdi").textContent(), name);
    const columns = page.getByRole("region", { name: "Columns" });
    assert.deepEqual(
      await columns.locator("tbody tr > :first-child > bdi").allTextContents(),
      names,
    );
    assert.equal(await page.locator("#bulk img").count(), 0);
    // The field of each column is still in sight.
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      const inSight = await columns.evaluate((box) => {
        const { right } = box.getBoundingClientRect();
        const selects = Array.from(box.querySelectorAll("select"));
        return selects.map((select) => select.getBoundingClientRect().right <= right);
      });
      assert.deepEqual(inSight, [true, true, true, true], `${width}`);
      const overflow = await page
        .locator("#bulk")
        .evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
      assert.equal(overflow, 0, `${width}`);
    }
  });

  test("the page names a file without customers, and one that is not a file of customers", async (t) => {
    const { page } = await openFiles(t);
    await choose(page, await fileOf(t, ""));
    await says(page, "There are no customers in this file.");
    await choose(page, await fileOf(t, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff])));
    await says(page, /customers?/);
    assert.ok(await page.locator("#planning").isHidden());
  });

  test("an import shows its cost, its progress and its result, and returns refused rows", async (t) => {
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
      /^5 to be created, 1 there already, 1 with faults, left out\. \d+ requests?, which the quota allows at once\.$/,
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

  test("an import that was cut off by closing its tab continues, and duplicates no customer", async (t) => {
    const { page, origin } = await openFiles(t);
    const emails = addresses(8);
    const path = await fileOf(t, csvOf(emails));
    await choose(page, path);
    await button(page, "What would an import cost?").click();
    let posts = 0;
    await page.route(`${origin}/api/customers`, (route) => {
      posts += 1;
      // The fourth customer is created, but the answer does not arrive.
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

  test("an import can be stopped, continued, and forgotten", async (t) => {
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
    await says(page, /^2 of 6, less than a minute left\./);
    // Now the reading of the file cannot be changed.
    for (const control of ["#existing", "#fixes input >> nth=0", "[data-column=email]"])
      assert.ok(await page.locator(control).isDisabled(), control);
    await button(page, "Stop").click();
    release();
    await says(page, "Stopped.");
    assert.ok(await page.locator("[data-column=email]").isEnabled());
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

  test("a file that is chosen while another is planned is noted under its own name", async (t) => {
    const { page, origin } = await openFiles(t);
    await page.evaluate(() => {
      const request = navigator.locks.request.bind(navigator.locks);
      const held = new Promise((resolve) => {
        globalThis.release = resolve;
      });
      navigator.locks.request = (...values) => held.then(() => request(...values));
    });
    await choose(page, await fileOf(t, csvOf(addresses(1)), "first.csv"));
    await button(page, "What would an import cost?").click();
    const second = await fileOf(t, csvOf(addresses(2)), "second.csv");
    await choose(page, second);
    await says(page, "second.csv: 2 customers, and nothing is wrong.");
    await page.evaluate(() => globalThis.release());
    await button(page, "What would an import cost?").click();
    await button(page, "Import").click();
    await says(page, "Of 2 rows: 2 created.");
    await page.reload();
    await page.getByRole("dialog", { name: "Files" }).waitFor();
    await choose(page, second);
    await button(page, "What would an import cost?").click();
    await says(page, /^2 of 2 were done before/);
    assert.equal((await known(origin, addresses(2))).length, 2);
  });

  test("another file ends an import, and can be put right", async (t) => {
    const { page, origin } = await openFiles(t);
    await choose(page, await fileOf(t, csvOf(addresses(3))));
    await button(page, "What would an import cost?").click();
    const asked = deferred();
    const held = deferred();
    await page.route(`${origin}/api/customers`, async (route) => {
      asked.resolve();
      await held.promise;
      await route.continue().catch(() => {});
    });
    await button(page, "Import").click();
    await asked.promise;
    await choose(page, await fileOf(t, "email\n a@example.com b\n", "other.csv"));
    await says(page, "other.csv: 1 customer: 0 can be imported, 1 cannot yet.");
    assert.ok(await page.locator("#fixes input").first().isEnabled());
    assert.ok(await page.locator("[data-column=email]").isEnabled());
    held.resolve();
  });

  test("a plan that waits for the quota says so, and can be stopped", async (t) => {
    const { page, origin } = await openPage(t, browser);
    await settled(page);
    const reset = new Date(Date.now() + 1_800_000).toISOString();
    let remaining = "0";
    await page.route(`${origin}/api/customers?*`, async (route) => {
      const answer = await route.fetch();
      const headers = {
        ...answer.headers(),
        "x-ratelimit-remaining": remaining,
        "x-ratelimit-reset": reset,
      };
      await route.fulfill({ response: answer, headers });
    });
    await page.goto(`${origin}/?files=open`);
    await page.getByRole("dialog", { name: "Files" }).waitFor();
    await page.locator("#export-price", { hasText: "as the list is filtered" }).waitFor();
    await choose(page, await fileOf(t, csvOf(addresses(2))));
    await button(page, "What would an import cost?").click();
    await says(page, /^Waiting for the quota until \d\d?:\d\d\s[AP]M, to ask/);
    assert.ok(await page.locator("#existing").isDisabled());
    await button(page, "Stop").click();
    await says(page, "Stopped. Nothing was imported.");
    assert.ok(await page.locator("#existing").isEnabled());
    // The quota has been reset.
    remaining = "99000";
    await page.keyboard.press("Escape");
    await page.getByRole("checkbox", { name: "VIP" }).check();
    await settled(page);
    await page.getByRole("button", { name: "Files" }).click();
    await button(page, "What would an import cost?").click();
    await says(page, "2 to be created");
  });

  test("a file is imported in one tab at a time", async (t) => {
    const { page, origin } = await openFiles(t);
    const path = await fileOf(t, csvOf(addresses(2)));
    await choose(page, path);
    await button(page, "What would an import cost?").click();
    await says(page, "2 to be created");
    const other = await page.context().newPage();
    await other.goto(`${origin}/?files=open`);
    await other.getByRole("dialog", { name: "Files" }).waitFor();
    await choose(other, path);
    await button(other, "What would an import cost?").click();
    const alert = other.locator("#bulk .alert");
    await alert.filter({ hasText: "This file is being imported in another tab" }).waitFor();
    assert.ok(await other.locator("#import-forget").isHidden());
    await page.close();
    await other.waitForFunction(async () => (await navigator.locks.query()).held.length === 0);
    await button(other, "What would an import cost?").click();
    await says(other, "2 to be created");
    assert.ok(await alert.isHidden());
  });

  test("an import that was begun in another way can be forgotten", async (t) => {
    const { page, origin } = await openFiles(t);
    await choose(page, await fileOf(t, csvOf(addresses(3))));
    await button(page, "What would an import cost?").click();
    await button(page, "Import").click();
    await says(page, "Of 3 rows: 3 created.");
    await page.getByRole("combobox", { name: "What “first_name” becomes" }).selectOption("Notes");
    await says(page, "3 customers, and nothing is wrong.");
    await button(page, "What would an import cost?").click();
    const alert = page.locator("#bulk .alert");
    await alert.filter({ hasText: "imported with other columns or corrections" }).waitFor();
    await button(page, "Forget what was imported of this file").click();
    await says(page, "is forgotten");
    await button(page, "What would an import cost?").click();
    await says(page, /^3 there already\./);
    assert.equal((await known(origin, addresses(3))).length, 3);
  });

  test("an import that the service refuses stops, and says so", async (t) => {
    const { page, origin } = await openFiles(t, { expected: [/status of 422/] });
    await choose(page, await fileOf(t, csvOf(addresses(30))));
    await button(page, "What would an import cost?").click();
    await page.route(`${origin}/api/customers`, (route) => {
      const body = JSON.stringify({ message: "Invalid.", errors: { email: ["Is taken"] } });
      return route.fulfill({ status: 422, contentType: "application/json", body });
    });
    await button(page, "Import").click();
    const alert = page.locator("#bulk .alert");
    await alert.filter({ hasText: "refused more than 20 customers" }).waitFor();
    await page.unroute(`${origin}/api/customers`);
    await button(page, "Go on").click();
    await says(page, /were done before/);
  });

  test("a browser that stores nothing for the page is told that an import needs it", async (t) => {
    const { page } = await openFiles(t, {
      prepare: (page) =>
        page.addInitScript(() => {
          IDBFactory.prototype.open = () => {
            throw new DOMException("denied", "SecurityError");
          };
        }),
    });
    await choose(page, await fileOf(t, csvOf(addresses(1))));
    await button(page, "What would an import cost?").click();
    await page.locator("#bulk .alert", { hasText: "does not let it store anything" }).waitFor();
  });

  test("an import shows when it ends, by its pace and by the quota", async (t) => {
    const { page, origin } = await openFiles(t);
    await choose(page, await fileOf(t, csvOf(addresses(60))));
    await button(page, "What would an import cost?").click();
    await says(page, "60 to be created");
    await stopClock(page);
    // The first customer takes five seconds, the others need nobody.
    let posts = 0;
    const sent = deferred();
    const held = deferred();
    const last = deferred();
    await page.route(`${origin}/api/customers`, async (route) => {
      posts += 1;
      if (posts === 1) {
        sent.resolve();
        await held.promise;
      } else await last.promise;
      await route.continue().catch(() => {});
    });
    await button(page, "Import").click();
    await sent.promise;
    await page.clock.runFor(5_000);
    held.resolve();
    await says(page, /^1 of 60, about 5 minutes left\./);
    last.resolve();
    await page.unroute(`${origin}/api/customers`);
    await button(page, "Stop").click();
    await says(page, "Stopped.");

    // Nothing can be written while the quota is used up.
    const reset = new Date(Date.now() + 3 * 3_600_000).toISOString();
    await page.route(`${origin}/api/customers?*`, async (route) => {
      const answer = await route.fetch();
      const headers = {
        ...answer.headers(),
        "x-ratelimit-limit": "100",
        "x-ratelimit-remaining": "12",
        "x-ratelimit-reset": reset,
      };
      await route.fulfill({ response: answer, headers });
    });
    await button(page, "Go on").click();
    await says(page, /requests?, which the quota allows by \d\d?:\d\d\s[AP]M\.$/);
  });

  test("an export says its price, keeps the filter of the list, and is saved", async (t) => {
    const { page, origin } = await openFiles(t, { address: "?labels=VIP" });
    const count = await page.locator("#count").textContent();
    const vips = Number(/^\d+/.exec(count)[0]);
    const price = page.locator("#export-price");
    await price
      .filter({
        hasText: `${vips} customers, as the list is filtered: ${Math.ceil(vips / 30)} request${vips > 30 ? "s" : ""}, which the quota allows at once.`,
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
      for (const { email } of await found(origin, "labels=VIP"))
        assert.ok(email === null || text.includes(email));
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

  test("the dialog has an address, and Back closes it", async (t) => {
    const { page, origin } = await openFiles(t);
    const dialog = page.getByRole("dialog", { name: "Files" });
    await page.waitForURL(/\?sort=-created_date&files=open$/);
    const steps = await page.evaluate(() => history.length);
    await page.goBack();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.id), "files");
    await page.goForward();
    await dialog.waitFor();
    await button(page, "Close").click();
    await dialog.waitFor({ state: "hidden" });
    await page.waitForURL(/\?sort=-created_date$|\/$/);
    assert.equal(await page.evaluate(() => history.length), steps);

    // The address alone opens the dialog, and closing it leaves the list.
    await page.goto(`${origin}/?labels=VIP&files=open`);
    await dialog.waitFor();
    await page.locator("#export-price", { hasText: "as the list is filtered" }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await page.waitForURL(/\?labels=VIP$/);
  });

  test("the page says if code for files cannot be loaded", async (t) => {
    const expected = [/ERR_FAILED/];
    const { page } = await openPage(t, browser, { expected });
    await settled(page);
    await page.route(/bulk\.js$/, (route) => route.abort());
    await page.getByRole("button", { name: "Files" }).click();
    await page.locator(".toast", { hasText: "could not be loaded. Reload the page." }).waitFor();
    await page.waitForURL((url) => !url.searchParams.has("files"));
    assert.ok(await page.locator("#bulk").isHidden());
  });

  test("the page says in plain words if the sample or the check cannot be loaded", async (t) => {
    const expected = [/ERR_FAILED|ERR_INTERNET_DISCONNECTED/];
    const { page } = await openFiles(t, { expected });
    await page.locator("#export-price", { hasText: "as the list is filtered" }).waitFor();
    await page.context().setOffline(true);
    await button(page, "Try a sample file").click();
    const alert = page.locator("#bulk .alert");
    await alert
      .filter({
        hasText: /^The sample file could not be loaded\. There is no internet connection\.$/,
      })
      .waitFor();
    // The worker of a page is offline on its own.
    await page.route(/worker-inline\.js$/, (route) => route.abort());
    await choose(page, await fileOf(t, csvOf(addresses(1))));
    await alert
      .filter({ hasText: /^The file could not be checked\. There is no internet connection\.$/ })
      .waitFor();
    await page.context().setOffline(false);
    await page.unroute(/worker-inline\.js$/);
    await button(page, "Try a sample file").click();
    await says(page, "11 customers");
    assert.ok(await alert.isHidden());
  });

  test("the code for files is loaded when it is needed", async (t) => {
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
