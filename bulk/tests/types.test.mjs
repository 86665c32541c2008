// The declarations of the built package, as a strict project compiles them.

import { test } from "node:test";
import { assertCompiles } from "../../tests/support/types.mjs";

const PROGRAM = `
import { CustomerFilter, CustomersApi, type NewCustomer } from "collins-customers";
import { checkFile, exportCustomers, importCustomers, type ExportResume } from "collins-customers/bulk";
import { openJournal } from "collins-customers/bulk/file-journal";
import { openJournal as openBrowserJournal } from "collins-customers/bulk/browser-journal";

declare const api: CustomersApi;
declare const file: File;
declare const stream: WritableStream<Uint8Array>;
declare const picked: FileSystemWritableFileStream;

export async function use() {
  const report = await checkFile(file);
  for await (const customer of report.customers()) { const one: NewCustomer = customer; void one; }

  let resume: ExportResume | undefined;
  const plan = await exportCustomers.plan(api, { labels: ["VIP"] });
  const hours: number = plan.hours;
  const end: Date = plan.end;
  const filter = new CustomerFilter().labels(["VIP"]);
  await exportCustomers(api, filter, stream, { format: "csv", bom: true, resume });
  await exportCustomers(api, undefined, picked);
  await exportCustomers(api, {}, { write: (text) => text.length });
  const { customers } = await exportCustomers(api, {}, async (text: string) => { text.trim(); }, {
    preferences: ["a"],
    onProgress: (progress) => { resume = progress.resume; const until: Date | null = progress.waitingUntil; void until; },
    signal: new AbortController().signal,
  });

  const journal = await openJournal("customers.csv.journal");
  const { created } = await (await importCustomers.plan(file, api)).run({ journal });
  await (await importCustomers.plan(file, api)).run({ journal: await openBrowserJournal("customers.csv") });

  // @ts-expect-error
  await exportCustomers(api, { limit: 5 }, stream);
  // @ts-expect-error
  await exportCustomers(api, { lables: ["VIP"] }, stream);
  // @ts-expect-error
  await exportCustomers(api, {}, stream, { format: "xlsx" });
  // @ts-expect-error
  await exportCustomers(api, {}, "customers.csv");
  // @ts-expect-error
  await exportCustomers.plan(api, {}, { bom: true });
  return [hours, end, customers, created];
}
`;

test("a strict project can use it, in ES modules and CommonJS", (t) => {
  const files = { "module.ts": PROGRAM, "common.cts": PROGRAM };
  assertCompiles(t, files, "--noUncheckedIndexedAccess");
});
