// A realm with frozen intrinsics, which freezes the values that it gets.
import { stored } from "../support/stored.mjs";

export default stored(
  ["ses"],
  `import "ses";
lockdown();
const keep = harden;`,
);
