// The drawer: the requests of the page's client, its retries, and the code of each call.

import { isAttempt } from "./calls.js";
import { codeOf } from "./code.js";
import { clock, element, find } from "./dom.js";
import { onFault } from "./faults.js";
import { sentenceOf, summaryOf, timelineOf } from "./timeline.js";

/** The number of calls that are kept. */
const KEPT = 20;

/** The interval at which a running call is redrawn, in milliseconds. */
const BEAT = 200;

const drawer = find("#drawer");
const last = find(".last", drawer);
const list = find("#calls", drawer);
const steps = find("#steps", drawer);
const code = find("#code", drawer);
const copy = find("#copy", drawer);

/** The calls as [call, row], the newest one first. */
let calls = [];

/** The call whose details are shown. */
let chosen = null;

/** True if a new call is shown at once: until somebody selects an older one. */
let isFollowing = true;

let beat;

/** Shows a new call, or updates a call. */
export function showCall(call) {
  if (!calls.some(([one]) => one === call)) add(call);
  draw(call);
  if (call.rateLimit) showQuota(call.rateLimit);
  clearInterval(beat);
  if (calls.some(([one]) => !one.ended)) beat = setInterval(drawBusy, BEAT);
}

function add(call) {
  const button = element("button", { type: "button" });
  button.addEventListener("click", () => {
    isFollowing = call === calls[0][0];
    choose(call);
  });
  const row = element("li", {}, button);
  list.prepend(row);
  calls = [[call, row], ...calls];
  for (const [, old] of calls.slice(KEPT)) old.remove();
  calls = calls.slice(0, KEPT);
  if (isFollowing) choose(call);
}

function draw(call) {
  const [, row] = calls.find(([one]) => one === call) ?? [];
  row
    ?.querySelector("button")
    .replaceChildren(
      element("span", { class: "call" }, titleOf(call)),
      element("span", { class: "outcome" }, summaryOf(call)),
      timelineOf(call),
    );
  if (call === calls[0][0]) last.textContent = `${titleOf(call)}: ${summaryOf(call)}`;
  if (call === chosen) drawSteps();
}

const drawBusy = () => {
  for (const [call] of calls) if (!call.ended) draw(call);
};

/** The title of a call: its method, and its address on the service. */
function titleOf({ steps }) {
  const { method, url } = steps.find(isAttempt).request;
  const { pathname, search } = new URL(url);
  return `${method} ${pathname}${search}`;
}

function choose(call) {
  chosen = call;
  for (const [one, row] of calls) {
    find("button", row).setAttribute("aria-pressed", `${one === call}`);
  }
  code.textContent = codeOf(call);
  copy.textContent = "Copy";
  drawSteps();
}

/** Draws the steps of the selected call. Open details stay open, and unchanged steps stay as they are. */
function drawSteps() {
  while (steps.childElementCount > chosen.steps.length) steps.lastElementChild.remove();
  chosen.steps.forEach((step, index) => {
    const old = steps.children[index];
    const row = old && shownBy.get(old) === step ? old : stepOf(step);
    if (row !== old) old ? old.replaceWith(row) : steps.append(row);
    find("p", row).textContent = sentenceOf(step);
    find("svg", row).replaceWith(timelineOf(chosen, [step]));
  });
}

/** The step that a row shows. */
const shownBy = new WeakMap();

function stepOf(step) {
  const row = element("li", {}, element("p"), timelineOf(chosen, [step]));
  shownBy.set(row, step);
  if (isAttempt(step)) {
    const request = element("pre", {}, textOf(step.request));
    const details = element("details", {}, element("summary", {}, "The request"), request);
    details.open = step.number === 1;
    row.append(details);
  }
  return row;
}

/** A request as it was sent, except for the token. */
function textOf({ method, url, headers, body }) {
  const lines = [`${method} ${url}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return [...lines, ...(body === undefined ? [] : ["", body])].join("\n");
}

// ── The quota ────────────────────────────────────────────────────────────────────────────────────

const number = new Intl.NumberFormat("en");

function showQuota({ limit, remaining, resetAt }) {
  const gauge = find("#gauge", drawer);
  gauge.max = limit;
  gauge.low = limit / 10;
  gauge.high = limit / 4;
  gauge.optimum = limit;
  gauge.value = remaining;
  find("#gauge-text", drawer).textContent =
    `${number.format(remaining)} of ${number.format(limit)} left${resetAt ? ` until ${clock.format(resetAt)}` : ""}`;
}

// ── The code ─────────────────────────────────────────────────────────────────────────────────────

copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(code.textContent);
    copy.textContent = "Copied";
  } catch {
    // Without permission for the clipboard the text is selected, so that it can be copied by keyboard.
    getSelection().selectAllChildren(code);
    copy.textContent = "Press Ctrl+C";
  }
});

// ── Faults ───────────────────────────────────────────────────────────────────────────────────────

onFault((name) => {
  const warning = find("#fault", drawer);
  warning.hidden = name === "";
  warning.textContent = name && `On purpose: ${name}`;
});

/** Shows the size of the package's file, as it is and compressed. */
export async function showBytes(address) {
  const answer = await fetch(address);
  const bytes = await answer.arrayBuffer();
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  const { byteLength } = await new Response(packed).arrayBuffer();
  find("#bytes", drawer).textContent =
    `: ${kilobytes(bytes.byteLength)}, with gzip ${kilobytes(byteLength)}`;
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
