// Files of customers: checked, imported and exported. Loaded on demand.

import { checkFile, exportCustomers, importCustomers } from "collins-customers/bulk";
import { openJournal } from "collins-customers/bulk/browser-journal";
import { clock, element, find, reasonOf, text } from "./dom.js";
import { clearFixes, readFixes, showFixes, whenFixed } from "./fixes.js";
import { columnsOf, counted, damageOf, faultsOf, KEPT, summaryOf } from "./report.js";

const dialog = find("#bulk");
const alert = find(".alert", dialog);
const status = find("#import-status");
const progress = find("#import-progress");
const report = find("#report");
const planning = find("#planning");
const existing = find("#existing");
const start = find("#import-start");
const forget = find("#import-forget");
const refused = find("#refused");
const number = new Intl.NumberFormat("en");
const calendar = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The functions of the page: see files.js. */
let context;

/** The current file, and the mapping of its columns. */
let file;
let mapping;

/** The journal of the file, as a promise, once an import is planned. */
let opening = null;

/** The worker that checks the file, and reads it again for issues that are not listed at first. */
let worker;

/** Aborts the current work on the file. */
let work = new AbortController();

/** Opens the dialog, with a file if there is one. */
export function openBulk(given, dropped) {
  context = given;
  if (!dialog.open) {
    dialog.showModal();
    find("h2", dialog).focus();
    priceExport();
  }
  if (dropped) begin(dropped);
}

/** Closes the dialog. Returns whether it was open. */
export function closeBulk() {
  const wasOpen = dialog.open;
  dialog.close();
  return wasOpen;
}

// ── The file ─────────────────────────────────────────────────────────────────────────────────────

find("#file").addEventListener("change", ({ target }) => {
  const [chosen] = target.files;
  if (chosen) begin(chosen);
  // So that choosing the same file again is a change, too.
  target.value = "";
});

find("#sample").addEventListener("click", async () => {
  try {
    const answer = await fetch(new URL("sample.csv", import.meta.url));
    const options = { type: "text/csv", lastModified: 0 };
    begin(new File([await answer.arrayBuffer()], "sample.csv", options));
  } catch (error) {
    fail("The sample file could not be loaded.", error);
  }
});

function begin(chosen) {
  opening?.then(
    (journal) => journal.close(),
    () => {},
  );
  opening = null;
  file = chosen;
  mapping = {};
  clearFixes();
  report.replaceChildren();
  return checkAgain();
}

/** Aborts the current work on the file and starts again. */
function restart() {
  work.abort();
  work = new AbortController();
  alert.hidden = true;
  planning.hidden = true;
  refused.hidden = true;
  forget.hidden = true;
  lock(false);
  return work.signal;
}

/** Locks the controls during an import: the way in which the file is read must not change. */
function lock(isRunning) {
  existing.disabled = isRunning;
  find("#fixes").disabled = isRunning;
  for (const select of report.querySelectorAll("select")) select.disabled = isRunning;
}

/** The options for reading the file, for the check and the import. */
const reading = () => ({ mapping, ...readFixes() });

async function checkAgain() {
  const signal = restart();
  worker?.terminate();
  worker = new Worker(import.meta.resolve("collins-customers/bulk/worker"), { type: "module" });
  progress.hidden = false;
  progress.max = Math.max(file.size, 1);
  progress.value = 0;
  status.replaceChildren("Reading ", text(file.name), "…");
  const onProgress = ({ bytes, rows, issueCount }) => {
    progress.value = bytes;
    const share = Math.floor((bytes / progress.max) * 100);
    const found = `${counted(rows, "customer", "customers")}, ${counted(issueCount, "fault", "faults")}`;
    status.replaceChildren("Reading ", text(file.name), `: ${share} %. ${found} so far.`);
  };
  try {
    const options = { ...reading(), keep: KEPT, worker, onProgress, signal };
    const found = await checkFile(file, options);
    status.replaceChildren(text(file.name), `: ${summaryOf(found)}`);
    showReport(found);
    if (found.valid > 0) offerPlan();
  } catch (error) {
    if (!signal.aborted) fail("The file could not be checked.", error);
  } finally {
    if (!signal.aborted) progress.hidden = true;
  }
}

function showReport(found) {
  const { column } = document.activeElement?.dataset ?? {};
  showFixes(found);
  report.replaceChildren(
    ...(found.columns.length > 0 ? [columnsOf(found, readFixes(), move)] : []),
    ...damageOf(found),
    ...faultsOf(found),
  );
  if (column) find(`[data-column="${CSS.escape(column)}"]`, report)?.focus();
}

/** Maps a column to another field. Another column with that field is left out. */
function move(column, field) {
  for (const [name, other] of Object.entries(mapping)) {
    if (field !== null && other === field) mapping[name] = null;
  }
  mapping[column] = field;
  checkAgain();
}

whenFixed(({ target }) => {
  // The columns get other names.
  if (target.name === "header") mapping = {};
  checkAgain();
});

/** The reasons why an import cannot continue, for the person in front of the page: the package's are for developers. */
const reasons = {
  journal_in_use: "This file is being imported in another tab: go on there, or close that tab.",
  journal_of_other_import:
    "A part of this file was imported with other columns or corrections. Set them as they were, or forget that import.",
  journal_of_other_version:
    "A part of this file was imported with an older version of this page. Look which of its customers are there before you forget that import.",
  journal_damaged:
    "What this page noted about an earlier import of this file is damaged. Look which of its customers are there before you forget that import.",
  too_many_refusals:
    "The service refused more than 20 customers. What was done is noted: you can go on, or correct the file first.",
};

/** The reason if the browser refuses to store anything for the page. */
const NO_NOTES =
  "The page has to note what it imports, and this browser does not let it store anything. Allow that, or use a window that is not private.";

function fail(what, error) {
  status.textContent = "";
  const reason = reasons[error.code] ?? reasonOf(error);
  alert.replaceChildren(element("strong", {}, what), ` ${reason}`);
  alert.hidden = false;
  alert.scrollIntoView({ block: "nearest" });
}

// ── The import ───────────────────────────────────────────────────────────────────────────────────

/** The next action of the button. */
let next;

function offer(name, action) {
  start.textContent = name;
  next = action;
  planning.hidden = false;
}

start.addEventListener("click", () => next());
existing.addEventListener("change", () => {
  restart();
  offerPlan();
});

function offerPlan() {
  offer("What would an import cost?", plan);
}

/** The journal of the file. It is opened once: it cannot be opened a second time. */
async function journalOfFile() {
  // The package compares the content of the file as well.
  const mine = opening ?? openJournal(`${file.name} ${file.size} ${file.lastModified}`);
  opening = mine;
  try {
    return await mine;
  } catch (error) {
    if (opening === mine) opening = null;
    throw error.code in reasons ? error : new Error(NO_NOTES, { cause: error });
  }
}

async function plan() {
  const signal = restart();
  status.textContent = "Asking who is there already…";
  try {
    const journal = await journalOfFile();
    signal.throwIfAborted();
    const onProgress = ({ waitingUntil }) => {
      status.textContent = `Waiting for the quota until ${clock.format(waitingUntil)}, to ask who is there already.`;
      offer("Stop", stopPlan);
      lock(true);
    };
    const options = { ...reading(), existing: existing.value, journal, onProgress, signal };
    const planned = await importCustomers.plan(file, context.api, options);
    if (signal.aborted) return;
    lock(false);
    showPlan(planned);
  } catch (error) {
    if (signal.aborted) return;
    lock(false);
    fail("The import could not be planned.", error);
    forget.hidden = !/^journal_(of|damaged)/.test(error.code);
    offerPlan();
  }
}

function stopPlan() {
  restart();
  status.textContent = "Stopped. Nothing was imported.";
  offerPlan();
}

function showPlan(planned) {
  const { counts, done, rows, requests, end } = planned;
  const before = doneBefore(planned);
  const parts = [
    before > 0 && `${number.format(before)} of ${number.format(rows)} were done before`,
    ...listOf(counts, {
      create: "to be created",
      update: "to be changed",
      skip: "there already",
      refuse: "with faults, left out",
      undecided: "to be looked up first",
    }),
  ].filter(Boolean);
  status.textContent = `${parts.join(", ")}. ${priceOf(requests, end)}`;
  forget.hidden = before === 0;
  const isOver = before + counts.refuse === rows && done.unknown === 0;
  offer(isOver ? "Show what became of them" : before > 0 ? "Go on" : "Import", () => run(planned));
}

/** The number of rows that an earlier run has finished. */
const doneBefore = ({ rows, counts }) =>
  rows - Object.values(counts).reduce((sum, count) => sum + count, 0);

async function run(planned) {
  const signal = restart();
  let stopped = false;
  const stop = new AbortController();
  signal.addEventListener("abort", () => stop.abort());
  progress.hidden = false;
  progress.max = Math.max(planned.rows, 1);
  progress.value = 0;
  const halt = () => {
    stopped = true;
    stop.abort();
  };
  offer("Stop", halt);
  lock(true);
  const pace = paceOf(doneBefore(planned));
  const onProgress = (now) => {
    const over = now.created + now.updated + now.skipped + now.refused + now.unknown;
    progress.value = over;
    const wait = now.waitingUntil
      ? `waiting for the quota until ${clock.format(now.waitingUntil)}`
      : pace(over, now.rows, now.end);
    status.textContent =
      `${number.format(over)} of ${number.format(now.rows)}, ${wait}. ` +
      "You can close this page: the same file goes on from here.";
  };
  try {
    const journal = await opening;
    const result = await planned.run({ journal, onProgress, signal: stop.signal });
    const parts = listOf(result, {
      created: "created",
      updated: "changed",
      skipped: "there already",
      refused: "refused",
      unknown: "unknown: look for them before you import them again",
    });
    status.textContent = `Of ${counted(result.rows, "row", "rows")}: ${parts.join(", ")}.`;
    planning.hidden = true;
    forget.hidden = false;
    if (result.refused + result.unknown > 0) await offerRest(result);
  } catch (error) {
    if (signal.aborted) return;
    if (stopped) status.textContent = "Stopped. What was imported is noted.";
    else fail("The import has stopped.", error);
    offer("Go on", plan);
  } finally {
    if (!signal.aborted) {
      progress.hidden = true;
      lock(false);
    }
    context.onChanged();
  }
}

async function offerRest(result) {
  const chunks = [];
  for await (const chunk of result.rest()) chunks.push(chunk);
  const rows = counted(result.refused + result.unknown, "row", "rows");
  const link = element("a", {}, `The ${rows} to correct, as a file`);
  link.href = URL.createObjectURL(new Blob(chunks, { type: file.type }));
  link.download = file.name.replace(/(\.\w+)?$/, "-refused$1");
  refused.replaceChildren(link);
  refused.hidden = false;
}

forget.addEventListener("click", async () => {
  const journal = await opening;
  await journal.remove();
  restart();
  status.textContent = "What was imported of this file is forgotten.";
  offerPlan();
});

/** Counts in words, without zeros. */
const listOf = (counts, words) =>
  Object.entries(words)
    .filter(([name]) => counts[name] > 0)
    .map(([name, word]) => `${number.format(counts[name])} ${word}`);

const momentOf = (end) =>
  end - Date.now() < DAY ? clock.format(end) : `${calendar.format(end)}, ${clock.format(end)}`;

/** The number of requests, and the wait for the quota, in words. */
function priceOf(requests, end) {
  const wait = end - Date.now() < MINUTE ? "at once" : `by ${momentOf(end)}`;
  return `${counted(requests, "request", "requests")}, which the quota allows ${wait}.`;
}

/** Estimates the end of work that begins now, from its progress and the quota. `before` is finished already. */
function paceOf(before = 0) {
  const began = Date.now();
  return (over, all, end) => {
    const now = Date.now();
    const each = over > before ? (now - began) / (over - before) : 0;
    const left = Math.max(end - now, each * (all - over));
    if (left < MINUTE) return "less than a minute left";
    if (left < HOUR) return `about ${counted(Math.round(left / MINUTE), "minute", "minutes")} left`;
    return `done at about ${momentOf(new Date(now + left))}`;
  };
}

// ── The export ───────────────────────────────────────────────────────────────────────────────────

const price = find("#export-price");
const save = find("#export-start");
const saving = find("#export-progress");

let exporting = null;

/** The filter of the list. An export has its own order and pages. */
function filterOfList() {
  const { limit: _, sort: __, page: ___, ...filter } = context.filter();
  return filter;
}

async function priceExport() {
  if (exporting) return;
  price.textContent = "…";
  try {
    const { customers, requests, end } = await exportCustomers.plan(context.api, filterOfList());
    price.textContent =
      `${counted(customers, "customer", "customers")}, as the list is filtered: ` +
      priceOf(requests, end);
  } catch (error) {
    price.textContent = reasonOf(error);
  }
}

save.addEventListener("click", () => (exporting ? exporting.abort() : startExport()));

async function startExport() {
  exporting = new AbortController();
  const { signal } = exporting;
  const format = find("#export-format").value;
  const texts = [];
  save.textContent = "Stop";
  saving.hidden = false;
  saving.value = 0;
  const pace = paceOf();
  const onProgress = ({ customers, total, end, waitingUntil }) => {
    saving.max = Math.max(total ?? customers, 1);
    saving.value = customers;
    const wait = waitingUntil
      ? `waiting for the quota until ${clock.format(waitingUntil)}`
      : pace(customers, total ?? customers, end);
    price.textContent = `${number.format(customers)} of ${number.format(total ?? customers)}, ${wait}.`;
  };
  try {
    const sink = (text) => texts.push(text);
    const options = { format, bom: format === "csv", onProgress, signal };
    const { customers } = await exportCustomers(context.api, filterOfList(), sink, options);
    price.textContent = `${counted(customers, "customer", "customers")} exported.`;
    download(new Blob(texts, { type: "text/plain" }), `customers.${format}`);
  } catch (error) {
    price.textContent = signal.aborted ? "Stopped: nothing was saved." : reasonOf(error);
  } finally {
    exporting = null;
    save.textContent = "Export";
    saving.hidden = true;
  }
}

function download(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = element("a", { href, download: name });
  link.click();
  // By then the download has begun.
  setTimeout(() => URL.revokeObjectURL(href), MINUTE);
}

find("[value=close]", dialog).addEventListener("click", () => context.leave());
dialog.addEventListener("cancel", (event) => {
  // Closing the file chooser fires this event, too.
  if (event.target !== dialog) return;
  event.preventDefault();
  context.leave();
});
// A browser closes a dialog without asking if Escape is pressed repeatedly.
dialog.addEventListener("close", () => {
  if (!dialog.open && context.isOpen()) context.leave();
});
