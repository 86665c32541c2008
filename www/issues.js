// Shows the package's issues at their fields.

import { element } from "./dom.js";
import { filterNames, nameOfPath } from "./names.js";

/**
 * The fields below `root`: each element with a `data-path`. `show` shows every issue at the field whose path it has or
 * begins with, and returns those without a field.
 */
export function fieldsOf(root) {
  const fields = new Map();
  for (const box of root.querySelectorAll("[data-path]")) {
    const { path } = box.dataset;
    const place = element("p", { class: "issue", id: `${root.id}-${path}-issue` });
    place.setAttribute("aria-live", "polite");
    box.append(place);
    fields.set(path, { box, place, control: controlOf(box) });
  }

  function show(issues) {
    const messages = new Map();
    const homeless = [];
    for (const issue of issues) {
      const path = homeOf(issue.path, fields);
      if (path === undefined) homeless.push(issue);
      else messages.set(path, [...(messages.get(path) ?? []), sentenceOf(issue)]);
    }
    for (const [path, field] of fields) mark(field, (messages.get(path) ?? []).join(". "));
    return homeless;
  }

  /** Moves the focus to the first field that has an issue. */
  function focusFirst() {
    const wrong = [...fields.values()].find(({ box }) => box.classList.contains("wrong"));
    wrong?.control.focus();
  }

  return { show, focusFirst };
}

/** The issues as sentences that name the field, for places without fields. */
export const sentencesOf = (issues, names) =>
  issues.map((issue) => {
    const name = nameOfPath(issue.path, names);
    return name ? `${name}: ${sentenceOf(issue)}.` : `${sentenceOf(issue)}.`;
  });

/** An issue for the person in front of the page: the package's sentence without wire names. */
function sentenceOf({ path, code, message, params }) {
  if (code === "reversed_range") return "Must not be after the “until” date";
  if (code === "requires") return `Requires “${filterNames[params.parameter]}”`;
  if (code === "out_of_range" && path[0] === "page") return "There is no such page";
  return message;
}

/** The control that gets the focus, and that the issue describes. */
const controlOf = (box) => box.querySelector("input:not([type=checkbox]), select, textarea") ?? box;

/** The field with the longest beginning of the path: `labels.0` is shown at `labels`. */
function homeOf(path, fields) {
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length).join(".");
    if (fields.has(name)) return name;
  }
  return undefined;
}

function mark({ box, place, control }, message) {
  // Unchanged text must not be read out again.
  if (place.textContent === message) return;
  place.textContent = message;
  box.classList.toggle("wrong", message !== "");
  const described = new Set((control.getAttribute("aria-describedby") ?? "").split(" "));
  described.delete("");
  if (message === "") {
    control.removeAttribute("aria-invalid");
    described.delete(place.id);
  } else {
    if (control !== box) control.setAttribute("aria-invalid", "true");
    described.add(place.id);
  }
  if (described.size > 0) control.setAttribute("aria-describedby", [...described].join(" "));
  else control.removeAttribute("aria-describedby");
}
