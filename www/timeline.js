// The attempts and waits of a call, drawn on a time axis.

import { isAttempt } from "./calls.js";
import { shape } from "./dom.js";

/** The width of the drawing, in its own units: it is stretched to the available width. */
const WIDTH = 1000;

/** The minimum width of a step, so that one of a millisecond is visible. */
const LEAST = 12;

/** The reasons for a wait, in words. */
const reasons = {
  RateLimitError: "too many requests",
  InternalServerError: "the service failed",
  ConnectionError: "no complete answer",
  TimeoutError: "no answer in time",
};

/** A duration, for reading. */
const timeOf = (milliseconds) =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

const endOf = (step, now) =>
  step.ended ?? (isAttempt(step) ? now : Math.max(now, step.began + step.waitMs));

/** The outcome of an attempt, in words. */
function outcomeOf({ how, status, ended, isGood }) {
  if (!ended) return "under way";
  if (isGood || /^\d+$/.test(how ?? "")) return how;
  if (how === "AbortError") return "given up";
  if (how === "TimeoutError") return "no answer in time";
  return status ? `${status}, then cut off` : "no answer";
}

/** A step, as a sentence. */
export function sentenceOf(step, now = performance.now()) {
  const took = timeOf((step.ended ?? now) - step.began);
  if (isAttempt(step)) {
    return step.ended
      ? `Attempt ${step.number}: ${outcomeOf(step)}, ${took}`
      : `Attempt ${step.number}: under way`;
  }
  const why = reasons[step.reason] ?? "the service refused";
  return step.ended
    ? `Waited ${took}: ${why}`
    : `Waits ${timeOf(step.waitMs)}, then tries again: ${why}`;
}

/** A call in a few words: its outcome so far. */
export function summaryOf({ steps, began, ended }) {
  const last = steps.at(-1);
  if (!isAttempt(last)) return "trying again soon";
  const attempts = last.number > 1 ? `, ${last.number} attempts` : "";
  return last.ended
    ? `${outcomeOf(last)}${attempts}, ${timeOf((ended ?? last.ended) - began)}`
    : `under way${attempts}`;
}

/** The drawing of these steps of a call. It only repeats the sentences, so it is not read out. */
export function timelineOf(call, steps = call.steps, now = performance.now()) {
  const end = Math.max(call.ended ?? 0, ...call.steps.map((step) => endOf(step, now)));
  const scale = WIDTH / Math.max(end - call.began, 1);
  const svg = shape("svg", {
    class: "timeline",
    viewBox: `0 0 ${WIDTH} 12`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  svg.append(
    ...steps.map((step) => {
      const width = Math.max((endOf(step, now) - step.began) * scale, LEAST);
      const x = Math.min((step.began - call.began) * scale, WIDTH - width);
      const [y, height] = isAttempt(step) ? [0, 12] : [4.5, 3];
      return shape("rect", { class: kindOf(step), x, y, width, height });
    }),
  );
  return svg;
}

function kindOf(step) {
  if (!isAttempt(step)) return "wait";
  if (!step.ended) return "busy";
  return step.isGood ? "good" : "bad";
}
