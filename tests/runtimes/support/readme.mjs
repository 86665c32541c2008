// The snippets of the package's README. The cells run them, so that they keep working.

import { readFileSync } from "node:fs";

const readme = readFileSync(new URL("../../../npm/README.md", import.meta.url), "utf8");

/** Code that users copy, without shell commands. */
const CODE = /^```(?:js|jsx|ts|html|vue|svelte)\n(.*?)^```$/ms;

/** The snippets, by their headings. The code before them is that of README.md: see tests/readme. */
export const snippets = new Map(
  readme
    .split(/^##+ /m)
    .slice(1)
    .flatMap((section) => {
      const code = CODE.exec(section)?.[1];
      return code ? [[section.slice(0, section.indexOf("\n")), code]] : [];
    }),
);

/** Replacements in a snippet: the addresses of the service and of the CDN, and the token. */
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

/** A line that the README asks its readers to write. */
export function line(text) {
  if (!readme.includes(text)) throw new Error(`npm/README.md does not say: ${text}`);
  return text;
}

/** The words of a command that it asks them to run. */
export const command = (text) => line(text).split(" ");
