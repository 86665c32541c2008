// Realistic files, made byte by byte, and the expected report of each.

export const utf8 = (text) => new TextEncoder().encode(text);
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

const ada = { email: "ada@example.com", first_name: "Ada" };
const bob = { email: "bob@example.com", first_name: "Bob" };
const both = [ada, bob];
export const plain = "email,first_name\nada@example.com,Ada\nbob@example.com,Bob\n";
const other = (delimiter) => plain.replaceAll(",", delimiter);

/** Each: the file; the customers of the valid rows, if they differ from the cells; the rest of the report. */
export const files = {
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
  "lists divided by semicolons, pipes, line breaks and commas": [
    'labels,venues,preference ids\n"a; b, c",v1|v2,"p1\np2"\n,"",\nd,,\n"e","v3","p3"\n',
    [
      {
        associated_venues: ["v1", "v2"],
        marketing_preference_ids: ["p1", "p2"],
        labels: ["a", "b, c"],
      },
      { labels: ["d"] },
      { associated_venues: ["v3"], marketing_preference_ids: ["p3"], labels: ["e"] },
    ],
  ],
  "a list divided by commas": [
    'email,Tags\nada@example.com,"vip, wine club,"\n',
    [{ email: "ada@example.com", labels: ["vip", "wine club"] }],
  ],
  "columns by their own names": [
    "email,company_address.city,marketing_preferences.5c7d9e,marketing_preferences.a.opt_in_date,id,notes\n" +
      "ada@example.com,Rye,no,2019-01-01,5,x\n",
    [
      {
        email: "ada@example.com",
        company_address: { city: "Rye" },
        marketing_preferences: { "5c7d9e": false },
        notes: "x",
      },
    ],
    {
      columns: [
        { field: "email", certainty: "exact" },
        { field: "company_address.city", certainty: "exact" },
        { field: "marketing_preferences.5c7d9e", certainty: "exact" },
        { sent: false },
        { field: "id", sent: false },
        { field: "notes" },
      ],
    },
  ],
  "two marks of UTF-8": [
    bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, plain),
    both,
    { columns: [{ name: "email", field: "email" }, { field: "first_name" }] },
  ],
  "UTF-8 and no mark": [
    utf8(plain.replace("Bob", "Bób 🎉")),
    [ada, { ...bob, first_name: "Bób 🎉" }],
    { dialect: { encoding: "utf-8" } },
  ],
  "UTF-16, big end first, with a mark": [
    bytes(0xfe, 0xff, ...units(plain, false)),
    both,
    { dialect: { encoding: "utf-16be" } },
  ],
  "a quote written by PHP, behind a backslash": [
    'email,notes\nada@example.com,"say \\"hi\\" now"\nbob@example.com,"C:\\"\n',
    [{ email: "bob@example.com", notes: "C:\\" }],
    { issues: [{ row: 1, line: 2, column: 2, path: [], code: "text_after_quote" }] },
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
