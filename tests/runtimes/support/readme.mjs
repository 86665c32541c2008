// The snippets of the package's README, which the cells run so that none can rot.

import { readFileSync } from "node:fs";

const readme = readFileSync(new URL("../../../npm/README.md", import.meta.url), "utf8");

/** Code that users copy; commands for a shell are none. */
const CODE = /^```(?:js|jsx|ts|html|vue|svelte)\n(.*?)^```$/ms;

/** The snippets, by the headings that they stand below. What stands before them is README.md's: see tests/readme. */
export const snippets = new Map(
  readme
    .split(/^##+ /m)
    .slice(1)
    .flatMap((section) => {
      const code = CODE.exec(section)?.[1];
      return code ? [[section.slice(0, section.indexOf("\n")), code]] : [];
    }),
);

/** What a snippet cannot know here: where the service is, who may enter, and where a CDN is. */
const exchanges = ({ token, baseUrl }) => [
  ['environment: "playpen"', `baseUrl: "${baseUrl}"`],
  ['baseUrl: "https://proxy.example/api"', `token: "${token}", baseUrl: "${baseUrl}"`],
  ["https://cdn.jsdelivr.net/npm/collins-customers@0/", "/collins-customers/"],
];

/** The snippet below a heading, on the addresses of the sandbox. */
export function snippet(heading, options) {
  const code = snippets.get(heading);
  if (!code) throw new Error(`npm/README.md has no snippet below "${heading}"`);
  return exchanges(options).reduce((code, [from, to]) => code.replaceAll(from, to), code);
}

/** A line that the README tells its readers to write. */
export function line(text) {
  if (!readme.includes(text)) throw new Error(`npm/README.md does not say: ${text}`);
  return text;
}

/** The words of a command that it tells them to run. */
export const command = (text) => line(text).split(" ");
