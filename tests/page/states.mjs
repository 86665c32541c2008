// The states of the demo page, and how each is reached.

import { settled } from "./support.mjs";

/** An answer of the service with only a status. */
export const fulfill = (status, headers = {}) => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: "{}",
});

const newCustomer = (page) => page.getByRole("button", { name: "New customer" }).click();

/** Each state: how it is reached, and the browser's errors that belong to it. */
export const states = {
  "a list": { show: settled },
  "a list with all that can be set": {
    address:
      "?associated_venues=5b5b2f0a4c1e6d0001a1b002&booking_date_from=2020-01-01&full_name=a&labels=VIP" +
      "&opted_in=5c0e4a5f7d2b3c0001f3e001&opted_out=5c0e4a5f7d2b3c0001f3e002&query=a",
    async show(page) {
      await settled(page);
      await page.locator("#more").evaluate((more) => {
        more.open = true;
      });
    },
  },
  "a filter with an issue": {
    async show(page) {
      await page.locator("#more").evaluate((more) => {
        for (const details of [more, ...more.querySelectorAll("details")]) details.open = true;
      });
      await page.locator("#filter-limit").fill("31");
      await page.keyboard.press("Tab");
      await page.getByText("Must be from 1 to 30").waitFor();
    },
  },
  loading: {
    async show(page, origin) {
      await page.route(`${origin}/api/**`, () => {});
      await page.reload();
      await page.locator("#list .bone").first().waitFor();
    },
  },
  "nobody at all": {
    seed: 0,
    show: (page) => page.getByRole("heading", { name: "No customers yet" }).waitFor(),
  },
  "nobody who matches": {
    address: "?query=nobody",
    show: (page) => page.getByRole("heading", { name: "No customers match" }).waitFor(),
  },
  "an address that makes no sense": {
    address: "?dob_month=13",
    show: (page) => page.getByRole("heading", { name: "cannot be used" }).waitFor(),
  },
  "a failure": {
    expected: [/status of 403/],
    async show(page, origin) {
      await page.route(`${origin}/api/**`, (route) => route.fulfill(fulfill(403)));
      await page.reload();
      await page.getByRole("heading", { name: "could not be loaded" }).waitFor();
    },
  },
  "a quota that is used up": {
    expected: [/status of 429/],
    async show(page, origin) {
      const reset = new Date(Date.now() + 3_000_000).toISOString();
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
      await page.route(`${origin}/api/**`, (route) => route.fulfill(fulfill(429, headers)));
      await page.reload();
      await page.getByText(/The hourly quota is used up until \d\d:\d\d/).waitFor();
    },
  },
  "a panel": {
    async show(page) {
      await page.locator("[data-id]").first().click();
      await page.locator("#panel:not(:has([disabled])) dd").first().waitFor();
    },
  },
  "a panel of nobody": {
    address: "?customer=000000000000000000000000",
    expected: [/status of 404/],
    show: (page) => page.locator("#panel").getByRole("alert").waitFor(),
  },
  "a menu": {
    async show(page) {
      await page.locator("[data-menu]").first().click();
      await page.getByRole("menu").waitFor();
    },
  },
  "a form": {
    async show(page) {
      await newCustomer(page);
      await page.locator("#editor").waitFor();
    },
  },
  "a form with issues, and the question before it is left": {
    async show(page) {
      await newCustomer(page);
      await page.locator("#email").fill("ada@");
      await page.locator('[id="company_address.post_code"]').fill("0123456789 ");
      await page.keyboard.press("Tab");
      await page.getByText("Must have at most 10 characters").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Keep editing" }).waitFor();
    },
  },
  "a delete that can be undone": {
    async show(page) {
      await page.locator("[data-menu]").first().click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await page.getByRole("button", { name: "Undo" }).focus();
    },
  },
  "the drawer, with a client that copes": {
    expected: [/status of 503/],
    async show(page) {
      await page.locator("#drawer > summary").click();
      await page.getByRole("radio", { name: "Overloaded (503)" }).check();
      await page.getByRole("button", { name: "Email" }).press("Enter");
      await page.locator("#calls .outcome", { hasText: "200, 2 attempts" }).waitFor();
    },
  },
  "the pictures": {
    async show(page) {
      await page.locator("#pictures > summary").click();
      await page.locator("#pictures-read").click();
      await page.getByText(/^Drawn from \d+ customers\.$/).waitFor();
    },
  },
  files: {
    async show(page) {
      await page.getByRole("button", { name: "Files" }).click();
      await page.locator("#export-price", { hasText: "which the quota allows" }).waitFor();
    },
  },
  "a file with faults, before it is imported": {
    async show(page) {
      await page.getByRole("button", { name: "Files" }).click();
      await page.locator("#export-price", { hasText: "which the quota allows" }).waitFor();
      await page.getByRole("button", { name: "Try a sample file" }).click();
      await page.getByRole("button", { name: "What would an import cost?" }).click();
      await page.getByText(/to be created/).waitFor();
    },
  },
  "a file with more faults than fit, and with something put right": {
    async show(page) {
      await page.getByRole("button", { name: "Files" }).click();
      await page.locator("#export-price", { hasText: "which the quota allows" }).waitFor();
      const row = (_, index) =>
        `Guest ${index},guest${index}@@example.com,020 7946,0${index % 9 || 9}/02/1990`;
      const rows = Array.from({ length: 60 }, row).join("\n");
      const buffer = Buffer.from(`Name,Email,Phone,Birthday\n${rows}\n`);
      await page
        .locator("#file")
        .setInputFiles({ name: "guests.csv", mimeType: "text/csv", buffer });
      await page.getByText("1 to 100 of 120 faults").waitFor();
      await page.getByRole("checkbox", { name: "Remove blanks in phone numbers" }).check();
      await page.getByText("Phone in 60 rows").waitFor();
    },
  },
};
