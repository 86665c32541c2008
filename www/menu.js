// The menu of a customer's row.

import { element, find } from "./dom.js";

const menu = find("#menu");

/** The distance of the menu from the edges of the window, in pixels. */
const MARGIN = 8;

/** Opens the menu at a button. `actions` are pairs of a name and a function. */
export function openMenu(button, actions) {
  menu.setAttribute("aria-label", button.getAttribute("aria-label"));
  menu.replaceChildren(
    ...actions.map(([name, act]) => {
      const item = element("button", { type: "button", role: "menuitem", tabindex: "-1" }, name);
      item.addEventListener("click", () => {
        // Closing returns the focus to the button; the action may move it from there.
        menu.hidePopover();
        act();
      });
      return item;
    }),
  );
  button.focus();
  menu.showPopover();
  const { top, bottom, right } = button.getBoundingClientRect();
  const { height, width } = menu.getBoundingClientRect();
  const below = bottom + height + MARGIN <= innerHeight;
  menu.style.top = `${below ? bottom : Math.max(top - height, MARGIN)}px`;
  menu.style.left = `${Math.max(right - width, MARGIN)}px`;
  menu.firstElementChild.focus();
}

/** Closes the menu: its row is no longer shown. */
export const closeMenu = () => menu.hidePopover();

menu.addEventListener("keydown", (event) => {
  const items = Array.from(menu.children);
  const at = items.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at + items.length - 1) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[to].focus();
  } else if (event.key === "Tab") {
    menu.hidePopover();
  }
});

// It would not move with its row.
addEventListener("scroll", () => menu.hidePopover(), { passive: true });
