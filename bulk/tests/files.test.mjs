// Files as they really are, made byte by byte, and what comes out of each.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkFile } from "./support/package.mjs";

const utf8 = (text) => new TextEncoder().encode(text);
const bytes = (...parts) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...utf8(part)])));

const units = (text, isLittle) =>
  Uint8Array.from(
    Array.from({ length: text.length }, (_, at) => {
      const unit = text.charCodeAt(at);
      const pair = [unit & 0xff, unit >> 8];
      return isLittle ? pair : pair.reverse();
    }).flat(),
  );

const collect = async (iterable) => {
  const all = [];
  for await (const one of iterable) all.push(one);
  return all;
};

const ada = { email: "ada@example.com", first_name: "Ada" };
const bob = { email: "bob@example.com", first_name: "Bob" };
const both = [ada, bob];
const plain = "email,first_name\nada@example.com,Ada\nbob@example.com,Bob\n";
const other = (delimiter) => plain.replaceAll(",", delimiter);

/** Each: the file; the customers of the valid rows; and what else is said of it. */
const files = {
  "commas and LF": [plain, both, { dialect: { delimiter: ",", header: true, preamble: 0 } }],
  tabs: [other("\t"), both, { dialect: { delimiter: "\t" } }],
  semicolons: [other(";"), both, { dialect: { delimiter: ";" } }],
  pipes: [other("|"), both, { dialect: { delimiter: "|" } }],
  "a delimiter that quotes hide": [
    'email;notes\nada@example.com;"a,b,c,d,e,f"\n',
    [{ email: "ada@example.com", notes: "a,b,c,d,e,f" }],
    { dialect: { delimiter: ";" } },
  ],
  "sep=": [`sep=;\r\n${other(";")}`, both, { dialect: { delimiter: ";", preamble: 1 } }],
  "a preamble": [
    `Customers of the Anchor\n\nExported on Monday\n${plain}`,
    both,
    { dialect: { preamble: 2, header: true } },
  ],
  "no header": [
    "ada@example.com,Ada\nbob@example.com,Bob\n",
    both,
    { dialect: { header: false } },
    { mapping: { 1: "email", 2: "first_name" } },
  ],
  CRLF: [plain.replaceAll("\n", "\r\n"), both],
  "CR alone": [plain.replaceAll("\n", "\r"), both],
  "mixed line ends": ["email,first_name\r\nada@example.com,Ada\rbob@example.com,Bob\n", both],
  "no end of the last line": [plain.trimEnd(), both],
  "empty lines and rows": [
    "email,first_name\n\n\r\nada@example.com,Ada\n,\n , \nbob@example.com,Bob\n\n",
    both,
    { rows: 2 },
  ],
  "quoted line breaks of every kind": [
    'email,notes\nada@example.com,"a\nb\r\nc\rd"\nbob@example,x\n',
    [{ email: "ada@example.com", notes: "a\nb\r\nc\rd" }],
    { issues: [{ row: 2, line: 6, column: 1, path: ["email"], code: "invalid_email" }] },
  ],
  "doubled quotes": [
    'email,notes\nada@example.com,"say ""hi"""\n',
    [{ email: "ada@example.com", notes: 'say "hi"' }],
  ],
  "a quote inside an unquoted cell": [
    'email,notes\nada@example.com,5" disc\n',
    [{ email: "ada@example.com", notes: '5" disc' }],
  ],
  "blanks around quotes": ['email,first_name\n "ada@example.com" ,\t"Ada"\n', [ada]],
  "text after a closing quote": [
    'email,first_name\nada@example.com,"A"da\nbob@example.com,Bob\n',
    [bob],
    { issues: [{ row: 1, line: 2, column: 2, path: [], code: "text_after_quote" }] },
  ],
  "an unclosed quote": [
    'email,first_name\nada@example.com,Ada\nbob@example.com,"Bob\nmore\n',
    [ada],
    { issues: [{ row: 2, line: 3, column: 2, path: [], code: "unclosed_quote" }] },
  ],
  "rows that are too short": [
    "email,first_name\nada@example.com,Ada\nbob@example.com\n",
    [ada, { email: "bob@example.com" }],
    { damage: [{ code: "short_rows", rows: 1, first: { row: 2, line: 3 } }] },
  ],
  "rows that are too long": [
    "email,first_name\nada@example.com,Ada,Lovelace\nbob@example.com,Bob\n",
    [bob],
    { issues: [{ row: 1, line: 2, column: 3, path: [], code: "too_many_cells" }] },
  ],
  "trailing separators": ["email,first_name\nada@example.com,Ada,,\nbob@example.com,Bob,,\n", both],
  "duplicate and empty headers": [
    "email,E-mail,,first_name\nada@example.com,x,y,Ada\n",
    [ada],
    { columns: [{ field: "email" }, { repeats: 0 }, { name: "" }, { field: "first_name" }] },
  ],
  NULs: [
    "email,notes\nada@example.com,a\0b\n",
    [{ email: "ada@example.com", notes: "a\0b" }],
    { damage: [{ code: "nul", column: 2, rows: 1 }] },
  ],
  "UTF-8 with a mark": [bytes(0xef, 0xbb, 0xbf, plain), both, { dialect: { encoding: "utf-8" } }],
  "UTF-16, little end first, with a mark": [
    bytes(0xff, 0xfe, ...units(plain, true)),
    both,
    { dialect: { encoding: "utf-16le" } },
  ],
  "UTF-16, big end first, without a mark": [
    units(plain.replace("Ada", "Åsa 🎉"), false),
    [{ email: "ada@example.com", first_name: "Åsa 🎉" }, bob],
    { dialect: { encoding: "utf-16be" } },
  ],
  "UTF-16 with half of a character": [
    bytes(0xff, 0xfe, ...units(plain.replace("Bob", "B\ud83db"), true)),
    [ada],
    { issues: [{ row: 2, line: 3, column: 2, path: [], code: "invalid_encoding" }] },
  ],
  "UTF-16 that is cut within a character": [
    units(plain.trimEnd(), true).subarray(0, -1),
    [ada],
    { issues: [{ row: 2, line: 3, column: 2, path: [], code: "invalid_encoding" }] },
  ],
  "Windows-1252, given": [
    bytes("email,notes\nada@example.com,", 0x80, 0xe9, 0x9f, "\n"),
    [{ email: "ada@example.com", notes: "€éŸ" }],
    {},
    { dialect: { encoding: "windows-1252" } },
  ],
  "Windows-1252, not given": [
    bytes("email,first_name\nada@example.com,Ada\nbob@example.com,B", 0xf6, "b\n"),
    [ada],
    { issues: [{ row: 2, line: 3, column: 2, path: [], code: "invalid_encoding" }] },
  ],
  "usual spellings, an address, lists and preferences": [
    "E-mail;First Name;Mobile;D.O.B.;Town;Postcode;Tags;marketing_preferences.abc;Shoe size\n" +
      "ada@example.com;Ada;+44 7700 900123;1990-02-28;Rye;TN31 7JF;vip, regular;YES;9\n",
    [
      {
        ...ada,
        phone: "+44 7700 900123",
        company_address: { city: "Rye", post_code: "TN31 7JF" },
        dob: "1990-02-28",
        marketing_preferences: { abc: true },
        labels: ["vip", "regular"],
      },
    ],
  ],
  "limits, at them and one past them": [
    `email,phone,Postcode\n,${"1".repeat(20)},${"é".repeat(10)}\n,${"1".repeat(21)},${"é".repeat(11)}\n`,
    [{ phone: "1".repeat(20), company_address: { post_code: "é".repeat(10) } }],
    {
      issues: [
        { row: 2, column: 2, path: ["phone"], code: "too_long", params: { max: 20, actual: 21 } },
        {
          row: 2,
          column: 3,
          path: ["company_address", "post_code"],
          code: "too_long",
          params: { max: 10, actual: 11 },
        },
      ],
    },
  ],
  "what is no date, and no yes or no": [
    "dob,marketing_preferences.a.b\n2023-02-29,maybe\n",
    [],
    {
      issues: [
        { column: 1, path: ["dob"], code: "invalid_date" },
        { column: 2, path: ["marketing_preferences", "a.b"], code: "invalid_type" },
      ],
    },
  ],
  "a header of 200 KB": [
    `${"x,".repeat(100_000)}email\n${",".repeat(100_000)}ada@example.com\n`,
    [{ email: "ada@example.com" }],
    { dialect: { header: true } },
  ],
  nothing: ["", [], { rows: 0 }],
  "a header alone": ["email,first_name\n", [], { rows: 0, dialect: { header: true } }],
};

/** Whether `found` has all that `expected` has, lists in their whole length. */
const assertHas = (found, expected, where) => {
  if (typeof expected !== "object" || expected === null)
    return assert.deepEqual(found, expected, where);
  if (Array.isArray(expected)) assert.equal(found?.length, expected.length, `${where}.length`);
  for (const key of Object.keys(expected))
    assertHas(found?.[key], expected[key], `${where}.${key}`);
};

for (const [name, [file, customers, said = {}, options]] of Object.entries(files))
  test(`a file with ${name}`, async () => {
    const report = await checkFile(file, options);
    assert.deepEqual(await collect(report.customers()), customers);
    assert.equal(report.valid, customers.length);
    assertHas(report, { issues: [], damage: [], ...said }, "report");
    assert.equal(report.issueCount, report.issues.length);
  });

test("the report is the same wherever the file is divided", async () => {
  for (const [name, [file, , , options]] of Object.entries(files)) {
    const whole = typeof file === "string" ? utf8(file) : file;
    if (whole.length > 10_000) continue;
    const { customers: _, ...expected } = await checkFile(whole, options);
    for (let at = 0; at <= whole.length; at++) {
      const chunks = async function* () {
        yield whole.subarray(0, at);
        yield whole.subarray(at);
      };
      const { customers: _, ...report } = await checkFile(chunks(), options);
      assert.deepEqual(report, expected, `${name}, divided at ${at}`);
    }
  }
});

test("every kind of input gives the same report", async () => {
  const file = utf8(plain.replace("Bob", "Bób"));
  const { customers: _, ...expected } = await checkFile(file);
  const given = [
    new TextDecoder().decode(file),
    file.buffer,
    new DataView(file.buffer),
    new Blob([file]),
    new Blob([file]).stream(),
  ];
  for (const input of given) {
    const { customers: _, ...report } = await checkFile(input);
    assert.deepEqual(report, expected);
  }
});

test("so many issues are kept as are asked for, and all are counted", async () => {
  const file = `email\n${"nobody\n".repeat(1001)}`;
  for (const [keep, kept] of [
    [undefined, 1000],
    [0, 0],
    [1, 1],
    [1001, 1001],
    [1002, 1001],
  ]) {
    const report = await checkFile(file, { keep });
    assert.equal(report.issues.length, kept);
    assert.equal(report.issueCount, 1001);
  }
});

test("a stream is told to be read only once", async () => {
  const { customers } = await checkFile(new Blob([plain]).stream());
  assert.throws(() => customers(), /only once/);
});

test("wrong options are refused, with what is right", async () => {
  for (const [options, message] of [
    [null, /must be an object/],
    [{ maping: {} }, /there is no "maping"/],
    [{ keep: -1 }, /keep must be a whole number/],
    [{ keep: 2 ** 32 }, /keep must be a whole number/],
    [{ dialect: { delimiter: ":" } }, /dialect\.delimiter must be one of/],
    [{ dialect: { encoding: "latin1" } }, /dialect\.encoding must be one of/],
    [{ mapping: { email: 1 } }, /must be the name of a field/],
    [{ mapping: { email: "mail" } }, /no such field/],
    [{ mapping: { email: "id" } }, /no such field/],
    [{ mapping: { Email: "email" } }, /no column "Email"/],
    [{ mapping: { 1: "email" } }, /no column "1"/],
    [{ onProgress: 1 }, /onProgress must be a function/],
  ])
    await assert.rejects(checkFile(plain, options), { name: "TypeError", message });
  for (const input of [undefined, null, 1, {}, []])
    await assert.rejects(checkFile(input), {
      name: "TypeError",
      message: /must be a File or Blob/,
    });
  await assert.rejects(checkFile(new Blob([plain]).stream().pipeThrough(new TextDecoderStream())), {
    name: "TypeError",
    message: /must give bytes/,
  });
});

test("a signal stops the check, and the stream is given back", async () => {
  const reason = new Error("enough");
  await assert.rejects(checkFile(plain, { signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  let isCancelled = false;
  const stream = new ReadableStream({
    pull(to) {
      to.enqueue(utf8(plain));
      controller.abort(reason);
    },
    cancel() {
      isCancelled = true;
    },
  });
  await assert.rejects(checkFile(stream, { signal: controller.signal }), reason);
  assert.ok(isCancelled);
});

test("a signal stops a file that does not go on", async () => {
  const reason = new Error("enough");
  const never = async function* () {
    yield utf8(plain);
    await new Promise(() => {});
  };
  const stalled = () =>
    new ReadableStream({
      start: (to) => to.enqueue(utf8(plain)),
      pull: () => new Promise(() => {}),
    });
  for (const file of [never(), stalled()]) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 20);
    await assert.rejects(checkFile(file, { signal: controller.signal }), reason);
  }
});

test("progress is told, up to the whole", async () => {
  const row = `ada@example.com,${"a".repeat(240)}\n`;
  const file = utf8(`email,notes\n${row.repeat(40_000)}`);
  const told = [];
  const { rows } = await checkFile(file, { onProgress: ({ bytes }) => told.push(bytes) });
  assert.equal(rows, 40_000);
  assert.ok(told.length > 2);
  assert.deepEqual(
    told,
    told.toSorted((a, b) => a - b),
  );
  assert.equal(told.at(-1), file.length);
});
