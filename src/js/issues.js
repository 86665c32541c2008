// The issues that the core reports as numbers, turned into sentences and paths. See src/rules/issue.rs.

import {
  COMPANY_ADDRESS,
  CUSTOMER_UPDATE,
  FILTERS,
  MAX_ISSUES,
  MORE,
  PHRASES,
  SENTENCES,
} from "./contract.js";

const TABLES = [CUSTOMER_UPDATE, COMPANY_ADDRESS, FILTERS];

/** The names of the outline that is being checked, and its issues so far. */
let names;
let reported;

/** Reads a part from the number that `Part::to_number` made of it. */
const read = (part) => {
  const kind = part % 8;
  const index = (part - kind) / 8;
  if (kind === 0) return PHRASES[index];
  if (kind === 1) return index;
  return kind === 2 ? names[index] : TABLES[kind - 3][index][0];
};

const sentences = SENTENCES.map(([code, text, ...params]) => ({
  code,
  pieces: text.split("$"),
  params,
}));

/** The issue of a sentence at a path. */
export const issueOf = (path, sentence, parts) => {
  const { code, pieces, params } = sentences[sentence];
  const issue = { path, code, message: pieces[0] };
  for (let index = 1; index < pieces.length; index++) {
    const part = read(parts[index - 1]);
    const param = params[index - 1];
    issue.message += part + pieces[index];
    if (param) {
      issue.params ??= {};
      issue.params[param] = part;
    }
  }
  return issue;
};

/** A number as a part of a sentence. */
export const numberPart = (number) => number * 8 + 1;

/** The issues of a value. The first ones are listed, and the last one counts the others. */
export class IssueList {
  issues = [];
  more = 0;

  add(path, sentence, parts) {
    if (this.issues.length < MAX_ISSUES) this.issues.push(issueOf(path, sentence, parts));
    else this.more++;
  }

  all() {
    if (this.more) this.issues.push(issueOf([], MORE, [numberPart(this.more)]));
    return this.issues;
  }
}

/** Called by the core while it checks; a step of 0 is none. */
export const report = (sentence, one, two, three, outer, inner) => {
  const path = [];
  if (outer) path.push(read(outer));
  if (inner) path.push(read(inner));
  reported.add(path, sentence, [one, two, three]);
};

/** Prepares for a check of an outline with these names. */
export const begin = (unknown) => {
  names = unknown;
  reported = new IssueList();
};

/** The issues reported since then. */
export const found = () => reported.all();
