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

/** Each: the file; the customers of the valid rows, if they are not those of the cells; what else is said of it. */
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
  NDJSON: [
    '{"email":"ada@example.com","first_name":"Ada"}\r\n\n{"first_name":"Bob","email":"bob@example.com"}',
    both.map(({ email, first_name }) => ({ email, first_name })),
    {
      dialect: { format: "ndjson" },
      columns: [{ name: "email", field: "email" }, { field: "first_name" }],
    },
  ],
  "a list in JSON": [
    '\ufeff[\n  {\n    "E-mail": "ada@example.com",\n    "first_name": "Ada"\n  },\n  {\n    "first_name": "x",\n    "E-mail": "bob@example"\n  }\n]\n',
    [ada],
    {
      dialect: { format: "json" },
      issues: [{ row: 2, line: 8, column: 1, path: ["email"], code: "invalid_email" }],
    },
  ],
  "JSON in UTF-16": [
    units('[{"email":"ada@example.com","first_name":"Ada"}]', true),
    [ada],
    { dialect: { format: "json", encoding: "utf-16le" } },
  ],
  "every type of JSON": [
    '{"phone":7700900123,"custom_field_value":true,"dob":null,"labels":["vip",1,null],"associated_venues":"a; b",' +
      '"company_address":{"city":"Rye"},"marketing_preferences":{"a":true,"b":"no"},"x":{"y":[{}]},"notes":"\\u00e9"}\n',
    [
      {
        phone: "7700900123",
        company_address: { city: "Rye" },
        custom_field_value: "true",
        associated_venues: ["a", "b"],
        marketing_preferences: { a: true, b: false },
        labels: ["vip", "1"],
        notes: "é",
      },
    ],
    { damage: [{ code: "lost_zero" }] },
  ],
  "JSON that is broken on a line": [
    '{"email":"ada@example.com","first_name":"Ada"}\n{"email":"bob@exam\n7\n{"email":"bob@example.com","first_name":"Bob"}\n',
    both,
    {
      rows: 4,
      issues: [
        { row: 2, line: 2, path: [], code: "invalid_json" },
        { row: 3, line: 3, path: [], code: "invalid_json" },
      ],
    },
  ],
  "a list in JSON that was cut off": [
    '[{"email":"ada@example.com","first_name":"Ada"},\n{"email":"bob@exam',
    [ada],
    { issues: [{ row: 2, line: 2, path: [], code: "invalid_json" }] },
  ],
  "JSON with values in the wrong place": [
    '{"email":["a@b.example"],"first_name":{"a":1},"notes":"\\ud83d","labels":[[1]],"dob":"x"}\n{"email":"x","email":"ada@example.com","first_name":"Ada"}',
    [],
    {
      issues: [
        { row: 1, column: 1, path: ["email"], code: "nested_value" },
        { row: 1, column: 3, path: ["notes"], code: "invalid_text" },
        { row: 1, column: 4, path: ["labels"], code: "nested_value" },
        { row: 1, column: 5, path: ["dob"], code: "invalid_date" },
        { row: 2, column: 1, path: ["email"], code: "invalid_type" },
      ],
      damage: [{ code: "lost_letter", column: 3 }],
    },
  ],
  "keys of JSON that are mapped": [
    '{"email":"x","Address":"ada@example.com"}\n{"Given":"Bob","Address":"bob@example.com"}\n',
    [{ email: "ada@example.com" }, bob],
    { columns: [{ name: "email" }, { name: "Address", field: "email" }, { name: "Given" }] },
    { mapping: { Address: "email", Given: "first_name" } },
  ],
  "more than 1,000 keys": [
    `${Array.from({ length: 1001 }, (_, key) => `{"k${key}":1}`).join("\n")}\n{"email":"ada@example.com"}\n`,
    [...Array.from({ length: 1001 }, () => ({})), { email: "ada@example.com" }],
    { damage: [{ code: "other_keys", rows: 1, first: { row: 1001, line: 1001 } }] },
  ],
  "long numbers and lost zeros": [
    "phone,custom_field_value\n4.47E+11,12\n7700900123,1\n",
    undefined,
    {
      damage: [
        { code: "scientific_notation", column: 1, name: "phone", rows: 1 },
        { code: "lost_zero", column: 1, rows: 1, first: { row: 2, line: 3 } },
      ],
    },
  ],
  "serial dates": [
    "dob\n32874\n",
    [],
    { damage: [{ code: "serial_date" }], issues: [{ code: "invalid_date" }] },
  ],
  "errors of formulas": [
    "notes\n#REF!\n#N/A\n",
    undefined,
    { damage: [{ code: "formula_error", rows: 2 }] },
  ],
  mojibake: ["first_name\nRenÃ©e\n", undefined, { damage: [{ code: "mojibake" }] }],
  "lost letters": ["first_name\nRen?e\n", undefined, { damage: [{ code: "lost_letter" }] }],
  "separators of thousands": [
    'custom_field_value\n"1,000"\n',
    undefined,
    { damage: [{ code: "thousands_separator" }] },
  ],
  "texts that were cut off": [
    `notes\n${"é".repeat(254)}\n${"é".repeat(255)}\n`,
    undefined,
    { damage: [{ code: "cut_off", rows: 1, first: { row: 2, line: 3 } }] },
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
    const found = await collect(report.customers());
    if (customers) assert.deepEqual(found, customers);
    assert.equal(report.valid, found.length);
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

test("the same customers give the same issues as CSV, NDJSON and a list in JSON", async () => {
  const rows = [
    ["ada@example.com", "", "1990-02-30", "Rye"],
    ["nobody", "7700900123", "", ""],
    ["", "1".repeat(21), "", "é".repeat(51)],
    ["bob@example.com", "", "2000-02-29", ""],
  ];
  const names = ["email", "Mobile", "D.O.B.", "company_address.city"];
  const objects = rows.map(([email, Mobile, dob, city]) => ({
    email,
    Mobile,
    "D.O.B.": dob,
    company_address: { city },
  }));
  const lines = objects.map((object) => JSON.stringify(object));
  const [csv, ...others] = await Promise.all(
    [
      [names, ...rows].map((cells) => `${cells.join(",")}\n`).join(""),
      lines.join("\n"),
      `[${lines.join(",\n")}]`,
    ].map(async (file) => {
      const { customers, issues, damage, dialect: _, columns, ...report } = await checkFile(file);
      const found = issues.map(({ line, ...issue }) => ({ ...issue, line: line - issue.row }));
      return {
        ...report,
        issues: found.map(({ line: _, ...issue }) => issue),
        damage: damage.map(({ first: { row }, ...seen }) => ({ ...seen, row })),
        columns: columns.map(({ name, field }) => ({ name, field })),
        customers: await collect(customers()),
        below: new Set(found.map(({ line }) => line)).size,
      };
    }),
  );
  assert.equal(csv.issueCount, 4);
  assert.equal(csv.below, 1);
  for (const other of others) assert.deepEqual(other, csv);
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
