// The switch for faults. The sandbox reads the request header `X-Sandbox-Fault`; the page itself simulates being
// offline.

import { element, find } from "./dom.js";

/** The faults, as [value, name]. */
const faults = [
  ["", "Nothing"],
  ["throttle", "Too many requests (429)"],
  ["status=503", "Overloaded (503)"],
  ["delay=3000", "Slow, 3 seconds"],
  ["truncate", "Answer cut off"],
  ["lost", "Answer lost"],
  ["offline", "Offline"],
];

const box = find("#faults");
const every = find("#fault-every");

box.append(
  ...faults.map(([value, name]) => {
    const input = element("input", { type: "radio", name: "fault", value });
    input.checked = value === "";
    return element("label", { class: "chip" }, input, name);
  }),
);

const chosen = () => find("input:checked", box);

/** The fault of an attempt, if it has one. By default, only the first attempt of a call has a fault. */
export const faultOf = (attempt) =>
  attempt === 1 || every.checked ? chosen().value || undefined : undefined;

/** Calls back with the name of the fault that is switched on, or with an empty string. */
export function onFault(callback) {
  box.addEventListener("change", () => {
    const { value, labels } = chosen();
    callback(value && labels[0].textContent);
  });
}
