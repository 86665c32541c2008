// The bytes that a page loads, compared with the ceilings of size-ceilings.json (brotli).
// `cargo xtask size` runs it after a build.

import { readFileSync } from "node:fs";
import { sizes } from "./sizes.mjs";

const rows = await sizes();
const ceilings = JSON.parse(readFileSync("size-ceilings.json", "utf8"));

const line = (cells) =>
  console.log(
    cells[0].padEnd(32) +
      cells
        .slice(1)
        .map((cell) => `${cell}`.padStart(9))
        .join(""),
  );
line(["", "raw", "gzip", "brotli", "ceiling"]);
for (const [name, { raw, gzip, brotli }] of Object.entries(rows))
  line([name, raw, gzip, brotli, ceilings[name] ?? ""]);

let failed = false;
for (const [name, ceiling] of Object.entries(ceilings)) {
  if (!(name in rows)) throw new Error(`size-ceilings.json: nothing is called "${name}"`);
  const above = rows[name].brotli - ceiling;
  if (above <= 0) continue;
  failed = true;
  console.error(`${name} is ${above} bytes above its ceiling`);
}
process.exitCode = failed ? 1 : 0;
