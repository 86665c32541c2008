// Makes www/screenshot.png, the README's picture of the demo page: the list with its drawer, and beside it the form on
// a telephone. Run it after `cargo xtask build` and `cargo build -p sandbox`: node xtask/picture.mjs

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const program = process.env.SANDBOX ?? "target/debug/sandbox";
const fixed = ["--seed", "1000", "--dice", "1", "--now", "2025-07-01 10:00:00"];
const sandbox = spawn(program, ["--port", "0", "--quiet", ...fixed], {
  stdio: ["ignore", "pipe", "inherit"],
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

async function open(origin, viewport, address) {
  const page = await browser.newPage({ viewport, colorScheme: "light", locale: "en-GB" });
  await page.clock.setFixedTime("2025-07-01T10:00:00Z");
  await page.goto(`${origin}/${address}`);
  await page.locator("#list:not([aria-busy]) table").waitFor();
  return page;
}

/** The list, and the retries of the client while the service is overloaded. */
async function pictureOfList(origin) {
  const page = await open(origin, { width: 1280, height: 860 }, "");
  await page.locator("#drawer > summary").click();
  await page.getByRole("radio", { name: "Overloaded (503)" }).check();
  await page.getByRole("checkbox", { name: "VIP" }).check();
  await page.locator("#calls .outcome", { hasText: "200, 2 attempts" }).waitFor();
  await page.locator("#list:not([aria-busy]) table").waitFor();
  await page.mouse.move(0, 0);
  return page.screenshot();
}

/** The form of a customer, with an issue at its field. */
async function pictureOfForm(origin) {
  const page = await open(origin, { width: 390, height: 760 }, "");
  await page.getByRole("button", { name: "New customer" }).click();
  await page.locator("#first_name").fill("Ada");
  await page.locator("#last_name").fill("Example");
  await page.locator("#email").fill("ada@example");
  await page.locator("#phone").fill("+44 20 7946 0018");
  await page.getByText("Must be an email address").waitFor();
  return page.screenshot();
}

const inline = (image) => `data:image/png;base64,${image.toString("base64")}`;

try {
  const origin = await new Promise((resolve, reject) => {
    sandbox.on("error", reject);
    createInterface(sandbox.stdout).on("line", (line) => {
      const [, found] = /^listening on (\S+)$/.exec(line) ?? [];
      if (found) resolve(found);
    });
  });
  const [list, form] = [await pictureOfList(origin), await pictureOfForm(origin)];
  const page = await browser.newPage({ viewport: { width: 1640, height: 940 } });
  await page.setContent(`
    <style>
      body { margin: 0; background: #dfe6e3; }
      img { position: absolute; border-radius: 12px; box-shadow: 0 8px 40px #0003; }
    </style>
    <img src="${inline(list)}" style="left: 40px; top: 40px">
    <img src="${inline(form)}" style="right: 40px; top: 120px; border: 6px solid #17211e; border-radius: 28px">
  `);
  await page.screenshot({ path: "www/screenshot.png" });
} finally {
  await browser.close();
  sandbox.kill();
}
