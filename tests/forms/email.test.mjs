// Compares the lengths of domains beyond ASCII with their ASCII forms by Node's URL parser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { domainToASCII } from "node:url";
import { validateNewCustomer } from "../support/package.mjs";
import { chance } from "../support/random.mjs";

// Letters that conversion to ASCII does not map to others: near to ASCII and far from it, one script and several.
const alphabets = [
  "aé",
  "üñ",
  "приветab",
  "ελληνικα",
  "例えい",
  "한국어a1",
  "𠀀𪜀例",
  "abc𐐨",
  "az09éя例한𠀀",
];

test("2000 domains at the limits of labels and names are judged by their length in ASCII", () => {
  const { oneOf, next } = chance(253);
  const verdicts = { accepted: 0, refused: 0 };
  for (let round = 0; round < 2000; round += 1) {
    const alphabet = [...oneOf(alphabets)];
    const label = (most) => {
      const length = Math.max(1, Math.round(most * (0.75 + next() / 4)));
      return Array.from({ length }, () => oneOf(alphabet)).join("");
    };
    // One long label, or four that together are near the limit of a name.
    const labels = round % 2 ? [label(58)] : Array.from({ length: 4 }, () => label(52));
    const domain = [...labels, "com"].join(".");
    const ascii = domainToASCII(domain);
    assert.notEqual(ascii, "", domain);
    const fits = ascii.length <= 253 && ascii.split(".").every((part) => part.length <= 63);
    const codes = validateNewCustomer({ email: `a@${domain}` }).map((issue) => issue.code);
    assert.deepEqual(codes, fits ? [] : ["invalid_email"], `${domain} is ${ascii}`);
    verdicts[fits ? "accepted" : "refused"] += 1;
  }
  assert.ok(verdicts.accepted > 500 && verdicts.refused > 500, JSON.stringify(verdicts));
});
