// Imports into a sandbox in this process: the plan, the result of each row, and the rest.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  byEmail,
  bytesOf,
  fileOf,
  memoryJournal,
  people,
  person,
  service,
  sum,
} from "./support/imports.mjs";
import { importCustomers } from "./support/package.mjs";

const countsOf = ({ created, updated, skipped, refused, unknown }) => ({
  created,
  updated,
  skipped,
  refused,
  unknown,
});
const none = { created: 0, updated: 0, skipped: 0, refused: 0, unknown: 0 };

/** Plans and runs an import with its own journal. */
async function imported(file, api, options, journal = memoryJournal()) {
  const plan = await importCustomers.plan(file, api, options);
  return { plan, journal, result: await plan.run({ journal }) };
}

const mixed = [
  "email,first_name,phone,dob",
  "guest1@example.com,Ada,1,", // exists
  "GUEST2@example.com,Béla,22,", // exists, with another phone
  "new@example.com,Ned,3,",
  "NEW@example.com,Nelly,4,", // an earlier row
  "nobody,Olga,5,", // not valid
  ",Petra,6,", // cannot be recognised
  "third@example.com,Quentin,7,1999-02-30", // not valid
  "fourth@example.com,Rosa,8,1999-02-28",
].join("\n");

const there = [
  { id: "a", email: "Guest1@example.com", first_name: "Ada", phone: "1" },
  { id: "b", email: "guest2@example.com", first_name: "Béla", phone: "2", notes: "likes tea" },
  { id: "c", email: "other@example.com", first_name: "Zoë" },
];

test("a plan shows what will be done, and writes nothing", async () => {
  const { api, customers, asked } = service({ customers: there });
  const plan = await importCustomers.plan(mixed, api);
  assert.equal(plan.rows, 8);
  assert.deepEqual(plan.counts, { create: 3, update: 0, skip: 3, refuse: 2, undecided: 0 });
  assert.deepEqual(plan.done, none);
  assert.equal(plan.withoutEmail, 1);
  assert.equal(plan.requests, 3);
  assert.equal(plan.hours, 0);
  assert.equal(customers().length, 3);
  assert.deepEqual(Object.keys(asked()), ["list"]);
});

test("skip: existing customers stay unchanged", async () => {
  const { api, customers } = service({ customers: there });
  const { result } = await imported(mixed, api);
  assert.deepEqual(countsOf(result), { ...none, created: 3, skipped: 3, refused: 2 });
  assert.equal(result.rows, sum(result));
  const found = customers();
  assert.deepEqual(
    found.slice(0, 3).map(({ phone }) => phone),
    ["1", "2", undefined],
  );
  assert.deepEqual(
    found.slice(3).map(({ first_name, email }) => [first_name, email]),
    [
      ["Ned", "new@example.com"],
      ["Petra", null],
      ["Rosa", "fourth@example.com"],
    ],
  );
});

test("update: only differences are sent, to the customers who differ", async () => {
  const { api, sandbox, customers } = service({ customers: there });
  const { plan, result } = await imported(mixed, api, { existing: "update" });
  assert.deepEqual(plan.counts, { create: 3, update: 2, skip: 1, refuse: 2, undecided: 0 });
  assert.deepEqual(countsOf(result), { ...none, created: 3, updated: 2, skipped: 1, refused: 2 });
  const updates = sandbox.requests.filter(({ operation }) => operation === "update");
  assert.deepEqual(
    updates.map(({ body }) => body),
    [{ phone: "22" }, { first_name: "Nelly", phone: "4" }],
  );
  assert.equal(plan.requests, result.requests);
  assert.equal(byEmail(customers())["guest2@example.com"][0].notes, "likes tea");
});

test("update: equal parts of an address, lists and preferences are not sent", async () => {
  const file = [
    "email,city,post_code,labels,marketing_preferences.a,marketing_preferences.b",
    'one@example.com,Leeds,LS1,"b,a",yes,no',
    "two@example.com,York,,c,no,",
  ].join("\n");
  const address = { street: "1 Quay", city: "Leeds", post_code: "LS1" };
  const preference = (id, opted_in) => ({ id, opted_in, opt_in_date: null, opt_out_date: null });
  const { api, sandbox } = service({
    customers: [
      {
        email: "one@example.com",
        company_address: address,
        labels: ["a", "b"],
        marketing_preferences: [preference("a", true)],
      },
      {
        email: "two@example.com",
        company_address: address,
        labels: ["a", "c"],
        marketing_preferences: [preference("a", true)],
      },
    ],
  });
  const { result } = await imported(file, api, { existing: "update" });
  assert.deepEqual(countsOf(result), { ...none, updated: 1, skipped: 1 });
  const [{ body }] = sandbox.requests.filter(({ operation }) => operation === "update");
  assert.deepEqual(body, {
    company_address: { ...address, city: "York" },
    labels: ["c"],
    marketing_preferences: { a: false },
  });
});

test("update: what PHP writes in another form is not sent again", async () => {
  const file = [
    "email,labels,marketing_preferences.7,marketing_preferences.8",
    'one@example.com,"a,b",yes,no',
  ].join("\n");
  const { api, sandbox } = service({ customers: [{ email: "one@example.com" }] });
  const forms = [
    [["b", "a"], [{ id: "7", opted_in: true }]],
    [{ 0: "a", 2: "b" }, [{ id: 7, opted_in: 1 }, null]],
    [
      { 1: "b", 2: "a" },
      { 3: { id: 7, opted_in: "1" }, 4: { id: 8, opted_in: 0 } },
    ],
  ];
  for (const [labels, marketing_preferences] of forms) {
    const fetch = async (...request) => {
      const response = await sandbox.fetch(...request);
      const { customers } = await response.json();
      const body = customers.map((it) => ({ ...it, labels, marketing_preferences }));
      return Response.json({ customers: body }, { headers: response.headers });
    };
    const { result } = await imported(file, api.withOptions({ fetch }), { existing: "update" });
    assert.deepEqual(countsOf(result), { ...none, skipped: 1 });
  }
});

test("update: several customers with the same address are not changed", async () => {
  const { api, customers } = service({
    customers: [
      { email: "guest1@example.com", notes: "one" },
      { email: "guest1@example.com", notes: "two" },
    ],
  });
  const { result } = await imported(fileOf(people(1)), api, { existing: "update" });
  assert.deepEqual(countsOf(result), { ...none, refused: 1 });
  assert.match((await bytesOf(result.rest())).toString(), /Several customers have this address/);
  assert.deepEqual(
    customers().map(({ notes, phone }) => [notes, phone]),
    [
      ["one", undefined],
      ["two", undefined],
    ],
  );
});

test("create: without look-ups", async () => {
  const { api, customers, asked } = service({ customers: there });
  const { result } = await imported(mixed, api, { existing: "create" });
  assert.deepEqual(countsOf(result), { ...none, created: 6, refused: 2 });
  assert.equal(customers().length, 9);
  // The newest customers, for a search after a lost answer.
  assert.equal(asked().list.length, 1);
});

test("thirty addresses are looked up by one request, or all customers are read if that costs less", async () => {
  for (const [seed, rows, lists] of [
    [1000, 30, 1],
    [1000, 31, 2],
    // 61 customers are three pages, as are 61 to 90 addresses.
    [61, 90, 3],
    [60, 90, 2],
    [0, 300, 1],
  ]) {
    const { api, asked } = service({ seed });
    const { result } = await imported(fileOf(people(rows)), api);
    assert.equal(result.created, rows);
    assert.equal(asked().list.length, 1 + lists, `${seed} customers, ${rows} rows`);
    const isExport = asked().list.at(-1).query.includes("sort=");
    assert.equal(isExport, seed < 61, `${seed} customers, ${rows} rows`);
  }
});

test("an address with a comma, which cannot be in a list of addresses", async () => {
  const email = '"a,b"@example.com';
  const { api, customers } = service({ seed: 100, customers: [{ email }] });
  const file = `email\n"${email.replaceAll('"', '""')}"\nnew@example.com\n`;
  const { result } = await imported(file, api);
  assert.deepEqual(countsOf(result), { ...none, created: 1, skipped: 1 });
  assert.equal(customers().length, 102);
});

test("rows that the service refuses, and their maximum number", async () => {
  for (const maxRefusals of [0, 2, 20]) {
    const { api, sandbox, customers } = service();
    // As many as allowed, and one more.
    for (const times of [maxRefusals, maxRefusals + 1]) {
      const before = customers().length;
      const file = fileOf(people(30, before + 1));
      const journal = memoryJournal();
      const plan = await importCustomers.plan(file, api, { maxRefusals, existing: "create" });
      if (times > 0) sandbox.fail("create", 422, { times });
      if (times <= maxRefusals) {
        const result = await plan.run({ journal });
        assert.deepEqual(countsOf(result), { ...none, created: 30 - times, refused: times });
      } else {
        await assert.rejects(plan.run({ journal }), {
          name: "ImportError",
          code: "too_many_refusals",
        });
        // It continues, and refused rows stay refused.
        const result = await plan.run({ journal });
        assert.deepEqual(countsOf(result), { ...none, created: 30 - times, refused: times });
      }
    }
  }
});

test("without a number, twenty refusals are allowed", async () => {
  const { api, sandbox } = service();
  sandbox.fail("create", 422, { times: 20 });
  assert.equal((await imported(fileOf(people(30)), api)).result.refused, 20);
  sandbox.fail("create", 422, { times: 21 });
  await assert.rejects(imported(fileOf(people(30, 101)), api), { code: "too_many_refusals" });
});

test("the service's reason for refusing a row is in the rest", async () => {
  const { api } = service();
  const refusing = {
    list: (...given) => api.list(...given),
    get: (...given) => api.get(...given),
    update: (...given) => api.update(...given),
    // The row is checked before it is sent, so the service has to refuse something that the check accepts.
    create: ({ phone, ...customer }, options) =>
      api.create({ ...customer, dob: "yesterday" }, { ...options, validate: false }),
  };
  Object.defineProperty(refusing, "rateLimit", { get: () => api.rateLimit });
  const { result, journal } = await imported(fileOf(people(1)), refusing);
  assert.equal(result.refused, 1);
  assert.match((await bytesOf(result.rest())).toString(), /dob: .*date/i);
  assert.ok(!journal.lines.join().includes("guest1"), "a value of a customer is in the journal");
});

test("a token that is not accepted ends the run, and the next one continues", async () => {
  const { api, sandbox } = service();
  const file = fileOf(people(40));
  const journal = memoryJournal();
  const plan = await importCustomers.plan(file, api);
  for (const status of [401, 403, 404]) {
    sandbox.fail("create", status);
    await assert.rejects(plan.run({ journal }), { status });
  }
  // No answer was lost, so there is no search.
  const before = sandbox.requests.length;
  const result = await plan.run({ journal });
  assert.equal(result.created, 40);
  assert.equal(sandbox.requests.length - before, 40);
});

test("an abort ends the run between two rows, and the next one continues", async () => {
  const { api, customers } = service();
  const file = fileOf(people(40));
  const journal = memoryJournal();
  const plan = await importCustomers.plan(file, api);
  const controller = new AbortController();
  const reason = new Error("enough");
  const onProgress = ({ created }) => created === 10 && controller.abort(reason);
  await assert.rejects(plan.run({ journal, onProgress, signal: controller.signal }), (error) => {
    assert.equal(error, reason);
    return true;
  });
  assert.equal(customers().length, 10);
  const again = await importCustomers.plan(file, api, { journal });
  assert.deepEqual(again.done, { ...none, created: 10 });
  assert.deepEqual(again.counts, { create: 30, update: 0, skip: 0, refuse: 0, undecided: 0 });
  assert.equal((await again.run({ journal })).created, 40);
  assert.equal(customers().length, 40);
});

test("two runs at once do not share a journal", async () => {
  const { api, customers } = service();
  const file = fileOf(people(5));
  const journal = memoryJournal();
  const plan = await importCustomers.plan(file, api);
  const onProgress = async () => {
    throw new Error("an observer's own affair");
  };
  const [first, second] = await Promise.allSettled([
    plan.run({ journal, onProgress }),
    plan.run({ journal }),
  ]);
  assert.equal(first.value?.created, 5);
  assert.equal(second.reason?.code, "journal_in_use");
  assert.equal(customers().length, 5);
  // When it has ended, another one continues.
  assert.equal((await plan.run({ journal })).created, 5);
  assert.equal(customers().length, 5);
});

test("values that are not a journal are refused, and undefined means without one", async () => {
  const { api, asked } = service();
  const file = fileOf(people(1));
  for (const journal of [null, 0, "", false, {}, { read() {} }]) {
    const refusal = { name: "TypeError", message: /^journal must have the functions/ };
    await assert.rejects(importCustomers.plan(file, api, { journal }), refusal);
    const plan = await importCustomers.plan(file, api);
    await assert.rejects(plan.run({ journal }), refusal);
  }
  const journal = memoryJournal();
  const plan = await importCustomers.plan(file, api, { journal, signal: undefined });
  // The journal of the plan is kept.
  await plan.run({ journal: undefined, onProgress: undefined, signal: undefined });
  assert.equal(asked().create.length, 1);
  assert.ok(journal.lines.length > 2);
});

test("with the journal of a finished import nothing is done", async () => {
  const { api, sandbox } = service();
  const file = fileOf(people(40));
  const { journal, result } = await imported(file, api);
  const plan = await importCustomers.plan(file, api, { journal });
  assert.equal(plan.requests, 0);
  const before = sandbox.requests.length;
  assert.deepEqual(countsOf(await plan.run({ journal })), countsOf(result));
  assert.equal(sandbox.requests.length, before);
});

test("the journal of another file, policy, mapping, dialect or account is refused", async () => {
  const { api, sandbox } = service();
  const file = fileOf(people(3));
  const { journal } = await imported(file, api, { boundTo: "a" });
  const before = sandbox.requests.length;
  for (const [other, options] of [
    [file.replace("Guest", "Gast"), { boundTo: "a" }],
    [file, { boundTo: "b" }],
    [file, { boundTo: "a", existing: "update" }],
    [file, { boundTo: "a", mapping: { phone: null } }],
    [file, { boundTo: "a", dialect: { header: false } }],
  ])
    await assert.rejects(importCustomers.plan(other, api, { ...options, journal }), {
      code: "journal_of_other_import",
    });
  assert.equal(sandbox.requests.length, before);
});

test("a file is identified by its content, however it is read", async () => {
  const { api } = service();
  // Longer than a block of the hash.
  const file = `${fileOf(people(3))}${"\r\n".repeat(700_000)}`;
  const bytes = new TextEncoder().encode(file);
  const { journal } = await imported(file, api);
  const stream = { stream: () => new Blob([bytes.slice(0, 7), bytes.slice(7)]).stream() };
  for (const same of [bytes, new Blob([file]), stream])
    assert.equal((await importCustomers.plan(same, api, { journal })).done.created, 3);
  bytes[bytes.length - 1] = 13;
  await assert.rejects(importCustomers.plan(bytes, api, { journal }), {
    code: "journal_of_other_import",
  });
});

test("rows without a value, and files without one", async () => {
  const { api, customers } = service();
  const { result } = await imported("email,shoes\nguest1@example.com,1\n,2\n", api);
  assert.deepEqual(countsOf(result), { ...none, created: 1, refused: 1 });
  assert.match((await bytesOf(result.rest())).toString(), /^,2,The row has no value/m);
  assert.equal((await imported("email\n", api)).result.rows, 0);
  assert.equal(customers().length, 1);
});

test("errors in a call", async () => {
  const { api } = service();
  const file = fileOf(people(1));
  for (const [given, message] of [
    [[file, {}], /CustomersApi/],
    [[file, api, { existing: "replace" }], /"skip", "update" or "create"/],
    [[file, api, { maxRefusals: -1 }], /maxRefusals/],
    [[file, api, { boundTo: 1 }], /boundTo/],
    [[file, api, { colour: 1 }], /unknown name "colour"/],
    [[file, api, { mapping: { phone: "colour" } }], /there is no such field/],
    [[file, api, { mapping: { colour: "phone" } }], /has no column "colour"/],
    [[new Blob([file]).stream(), api], /more than once/],
    [[1, api], /must be a File/],
    [[file, api, { journal: {} }], /read\(\) and append\(line\)/],
  ])
    await assert.rejects(importCustomers.plan(...given), { name: "TypeError", message });
  const plan = await importCustomers.plan(file, api);
  await assert.rejects(plan.run(), { name: "TypeError", message: /read\(\) and append\(line\)/ });
  await assert.rejects(plan.run({ colour: 1 }), { name: "TypeError", message: /colour/ });
});

const units = (text, isLittle) => {
  const bytes = Buffer.from(text, "utf16le");
  return isLittle ? bytes : bytes.swap16();
};
/** Encodes the letters of Windows-1252 that occur in these files. */
const ansi = (text) => Buffer.from(text.replaceAll("€", "\x80"), "latin1");

for (const [name, encode, dialect] of [
  ["UTF-8", (text) => Buffer.from(text)],
  ["UTF-8 with a mark", (text) => Buffer.from(`\uFEFF${text}`)],
  ["UTF-16 LE", (text) => units(`\uFEFF${text}`, true)],
  ["UTF-16 BE", (text) => units(`\uFEFF${text}`, false)],
  ["Windows-1252", ansi, { encoding: "windows-1252" }],
])
  test(`the rest has the form of the file: ${name}`, async () => {
    const { api, customers } = service();
    const file = encode(
      [
        "sep=;",
        "email;first_name;notes",
        '"ok@example.com";Zoë;',
        '"no.one" ; "Åsa ""€"" ";"a;b\nc"',
        "short",
        "also.ok@example.com;;",
        "x@example.com;a;b;c",
        'y@example.com;"a"b;c',
        "",
      ].join("\r\n"),
    );
    const { result } = await imported(file, api, { dialect });
    assert.deepEqual(countsOf(result), { ...none, created: 2, refused: 4 });
    const rest = await bytesOf(result.rest());
    const email = "email: Must be an email address";
    const expected = [
      "sep=;",
      "email;first_name;notes;not imported because",
      `"no.one" ; "Åsa ""€"" ";"a;b\nc";${email}`,
      `short;;;${email}`,
    ];
    const text = expected.join("\r\n");
    assert.deepEqual(
      rest.subarray(0, encode(text).length).toString("hex"),
      encode(text).toString("hex"),
    );

    // As it is, it is refused again, with the same reasons and no others.
    const same = await imported(rest, api, { dialect });
    assert.deepEqual(countsOf(same.result), { ...none, refused: 4 });
    assert.equal((await bytesOf(same.result.rest())).toString("hex"), rest.toString("hex"));

    // Corrected by hand, it is imported.
    const decoded = name.startsWith("UTF-16")
      ? new TextDecoder(name.endsWith("LE") ? "utf-16le" : "utf-16be").decode(rest)
      : rest.toString(dialect ? "latin1" : "utf8").replaceAll("\x80", "€");
    const corrected = decoded
      .replace("no.one", "no.one@example.com")
      .replace("short", "short@example.com")
      .replace('"a"b', '"a""b"')
      .replace("a;b;c;", "a;b;");
    const next = await imported(encode(corrected.replace(/^\uFEFF/, "")), api, { dialect });
    assert.deepEqual(countsOf(next.result), { ...none, created: 4 });
    const [asa] = byEmail(customers())["no.one@example.com"];
    assert.deepEqual([asa.first_name, asa.notes], ['Åsa "€" ', "a;b\nc"]);
  });

test("a row with an unclosed quote stays refused until it is corrected", async () => {
  const { api, customers } = service();
  const file = 'email,notes\nguest1@example.com,a\nnew@example.com,"b\nother@example.com,c\n';
  const { result } = await imported(file, api);
  assert.deepEqual(countsOf(result), { ...none, created: 1, refused: 1 });
  const rest = await bytesOf(result.rest());
  const again = await imported(rest, api);
  assert.deepEqual(countsOf(again.result), { ...none, refused: 1 });
  assert.equal(customers().length, 1);
});

test("the reason of an earlier import makes room for the next one, wherever it is", async () => {
  const why = "not imported because";
  const email = "email: Must be an email address";
  const { api } = service();
  for (const [file, expected] of [
    [`email,${why}\nno,"old, and\nolder"\n`, `email,${why}\r\nno,${email}\r\n`],
    [`${why},email\nold,no\n`, `email,${why}\r\nno,${email}\r\n`],
    [`notes,${why},email\n"a" ,"x""y" , no\n`, `notes,email,${why}\r\n"a" , no,email: Must not`],
    [`a title,of,five,cells,here\nemail,${why}\nno,old\n`, "a title,of,five,cells,here"],
    // Behind a quote at the wrong place a cell may contain the rows that follow.
    [
      `email,notes,${why}\nx,hi,"one\ny,hi,"two"\n`,
      `email,notes,${why}\r\nx,hi,"one\ny,hi,"two","${email}; Text follows`,
    ],
    // A cell too many may be anything.
    [`email,${why}\nno,old,or,not\n`, `email,${why}\r\nno,old,or,not,"The row has more`],
    [`{"email":"no", "${why}" : "old"\t}\n`, `{"email":"no","${why}":"${email}"}\n`],
    [`{"${why}":"old","email":"no"}\n`, `{"${why}":"old","email":"no","${why}":"${email}"}\n`],
    [`{"${why}":"old"}\n`, `{"${why}":"The row has no value`],
  ]) {
    const { result } = await imported(file, api);
    const rest = (await bytesOf(result.rest())).toString();
    assert.ok(rest.startsWith(expected), `${file}: ${rest}`);
  }
});

test("what is no text is in the rest as it was, and refused until it is mended", async () => {
  const { api } = service();
  const units = (text) => Buffer.from(text, "utf16le");
  const half = "email,notes\r\na@b.example,x\ud83dy\r\n";
  const files = {
    "half of a pair, little end first": [units(`\ufeff${half}`), units("x\ud83dy")],
    "half of a pair, big end first": [units(`\ufeff${half}`).swap16(), units("x\ud83dy").swap16()],
    "half of a unit": [
      Buffer.concat([units("\ufeffemail,notes\r\na@b.example,x"), Buffer.from([0x9f])]),
      units("x\udc9f"),
    ],
    "half of a unit behind half of a pair": [
      Buffer.concat([units("\ufeffemail,notes\r\na@b.example,x\ud83d"), Buffer.from([0x9f])]),
      units("x\ud83d\ud89f"),
    ],
    "Windows-1252 in CSV": [
      Buffer.from("email,notes\na@b.example,\xe9t\xe9\n", "latin1"),
      Buffer.from("\xe9t\xe9", "latin1"),
    ],
    "Windows-1252 in NDJSON": [
      Buffer.from('{"email":"a@b.example","notes":"\xe9t\xe9"}\n', "latin1"),
      Buffer.from("\xe9t\xe9", "latin1"),
    ],
    "Windows-1252 in a list": [
      Buffer.from('[{"email":"a@b.example","notes":"\xe9t\xe9"}]', "latin1"),
      Buffer.from("\xe9t\xe9", "latin1"),
    ],
  };
  for (const [name, [file, part]] of Object.entries(files)) {
    const { result } = await imported(file, api);
    assert.deepEqual(countsOf(result), { ...none, refused: 1 }, name);
    const rest = await bytesOf(result.rest());
    assert.ok(rest.includes(part), `${name}: ${rest.toString("hex")}`);
    const again = await imported(rest, api);
    assert.deepEqual(countsOf(again.result), { ...none, refused: 1 }, name);
    assert.equal((await bytesOf(again.result.rest())).toString("hex"), rest.toString("hex"), name);
    if (!name.endsWith("NDJSON")) continue;
    // The text behind the object says what to do.
    const text = rest.toString("latin1");
    assert.match(text, / "Is not UTF-8\. .*\. Remove this text once the row is correct"\n$/);
    const mended = text.replaceAll("\xe9", "e").replace(/ ".*"\n$/, "\n");
    assert.deepEqual(countsOf((await imported(mended, api)).result), { ...none, created: 1 });
  }
});

test("a mark of UTF-8 in a file that is read as Windows-1252 is text", async () => {
  const { api } = service();
  const file = "\xef\xbb\xbfname;email\r\n\xe9;no\r\n";
  const dialect = { encoding: "windows-1252" };
  const { result } = await imported(Buffer.from(file, "latin1"), api, { dialect });
  const rest = (await bytesOf(result.rest())).toString("latin1");
  assert.ok(rest.startsWith("\xef\xbb\xbfname;email;not imported because\r\n\xe9;no;"), rest);
});

test("there is nothing in the rest if everything was imported", async () => {
  const { api } = service();
  const { result } = await imported(fileOf(people(2)), api);
  assert.equal(
    (await bytesOf(result.rest())).toString(),
    "email,first_name,last_name,phone,not imported because\r\n",
  );
  assert.equal(person(1).email, "guest1@example.com");
});

test("the rest of NDJSON and of a list has the reason under an additional key", async () => {
  const ok = { email: "ok@example.com", first_name: "Zoë" };
  const wrong = { email: "nobody", company_address: { city: "Leeds" }, unknown: [1] };
  const lines = [JSON.stringify(ok), JSON.stringify(wrong), '{"shoes":5}', '{"email": "cut'];
  const why = "not imported because";
  for (const [file, parse] of [
    [`${lines.join("\n")}\n`, (text) => text.trimEnd().split("\n")],
    [`[${lines.join(",\n")}`, (text) => text.split(/^\[\n|,\n|\n\]\n$/).filter(Boolean)],
  ]) {
    const { api, customers } = service();
    const { result } = await imported(file, api);
    assert.deepEqual(countsOf(result), { ...none, created: 1, refused: 3 });
    const rest = (await bytesOf(result.rest())).toString();
    const [first, second, third] = parse(rest);
    const { [why]: reason, ...same } = JSON.parse(first);
    assert.deepEqual(same, wrong);
    assert.match(reason, /^email: Must be an email address/);
    assert.match(JSON.parse(second)[why], /The row has no value/);
    assert.ok(third.startsWith('{"email": "cut '), third);
    assert.match(
      third,
      / "Is not an object in JSON: .*\. Remove this text once the row is correct"$/,
    );
    // As it is, it is refused with the same reasons. A list that is cut off within a string has no end to be found.
    if (!rest.startsWith("[")) {
      const repeated = await imported(rest, api);
      assert.equal((await bytesOf(repeated.result.rest())).toString(), rest);
    }
    // Corrected rows are imported; the others are refused as before.
    const corrected = rest.replace("nobody", "nobody@example.com");
    const next = await imported(corrected, api);
    assert.deepEqual(countsOf(next.result), { ...none, created: 1, refused: 2 });
    assert.equal(customers()[1].company_address.city, "Leeds");
  }
  const { api } = service();
  const { result } = await imported(JSON.stringify([ok, ok]), api);
  assert.equal((await bytesOf(result.rest())).toString(), "[]\n");
});

test("fixes are made before rows are sent, and dates are changed only if all rows have their order", async () => {
  const file = "email,dob,phone\nA@example.com,31/12/1990,07 1\nb@example.com,1/2/1991,2\n";
  const fixes = { dates: "dmy", phoneBlanks: true, lowerCaseEmails: true };
  const { api, customers } = service();
  const { result, plan, journal } = await imported(file, api, { fixes });
  assert.deepEqual(countsOf(result), { ...none, created: 2 });
  assert.equal(plan.dates.fixed, true);
  assert.deepEqual(
    customers().map(({ email, dob, phone }) => [email, dob, phone]),
    [
      ["a@example.com", "1990-12-31", "071"],
      ["b@example.com", "1991-02-01", "2"],
    ],
  );
  await assert.rejects(importCustomers.plan(file, api, { journal }), {
    code: "journal_of_other_import",
  });
  // The last row shows that the first ones were read in the wrong order.
  const other = `${file}c@example.com,12/31/1990,3\n`;
  const refuted = await importCustomers.plan(other, api, { fixes });
  assert.equal(refuted.dates.fixed, false);
  assert.equal(refuted.counts.refuse, 3);
});
