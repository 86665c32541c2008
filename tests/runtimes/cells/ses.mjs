// A realm whose intrinsics are frozen, and which freezes what it is given.
import { stored } from "../support/stored.mjs";

export default stored(
  ["ses"],
  `import "ses";
lockdown();
const keep = harden;`,
);
