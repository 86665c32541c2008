// Exports of the service's customers to a file.

import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { createSandbox } from "../../tests/support/in-process.mjs";
import { CustomerFilter, CustomersApi, rejection } from "../../tests/support/package.mjs";
import { checkFile, exportCustomers } from "./support/package.mjs";

const token = "sandbox";

function sandboxOf(options) {
  const sandbox = createSandbox(options);
  const api = new CustomersApi({ token, baseUrl: sandbox.baseUrl, fetch: sandbox.fetch });
  return { sandbox, api };
}

/** A sink that keeps what is written to it. */
function paper() {
  const texts = [];
  return { texts, write: (text) => void texts.push(text), all: () => texts.join("") };
}

const lines = (text) => text.trimEnd().split("\n");
const customersOf = (ndjson) => (ndjson ? lines(ndjson).map((line) => JSON.parse(line)) : []);
const idsOf = (ndjson) => customersOf(ndjson).map(({ id }) => id);

const stored = (sandbox) => sandbox.snapshot().customers;

test("each customer is a line of JSON as the service sent it, thirty per request", async () => {
  const { sandbox, api } = sandboxOf({ seed: 95 });
  const sink = paper();
  const result = await exportCustomers(api, undefined, sink, { format: "ndjson" });
  assert.deepEqual(result, { customers: 95, requests: 4, bytes: Buffer.byteLength(sink.all()) });
  assert.equal(sink.texts.length, 4);
  const byId = (a, b) => (a.id < b.id ? -1 : 1);
  const customers = customersOf(sink.all());
  const expected = [];
  for await (const customer of api.iterate()) expected.push(customer);
  assert.deepEqual(customers.sort(byId), expected.sort(byId));
  assert.deepEqual(
    sandbox.requests.slice(0, 4).map(({ query }) => new URLSearchParams(query).get("page")),
    ["1", "2", "3", "4"],
  );
});

test("what is not a client is refused, and an observer may return a promise that rejects", async () => {
  const { api } = sandboxOf({ seed: 5 });
  for (const wrong of [undefined, null, {}, "api"])
    for (const call of [exportCustomers(wrong, {}, () => {}), exportCustomers.plan(wrong)])
      assert.equal((await rejection(call)).message, "api must be a CustomersApi");
  const onProgress = async () => {
    throw new Error("no");
  };
  const { customers } = await exportCustomers(api, {}, () => {}, { onProgress });
  assert.equal(customers, 5);
  await checkFile("email\na@b.example\n", { onProgress });
  await new Promise(setImmediate);
});

test("a filter in any of its forms, without its pages", async () => {
  const { sandbox, api } = sandboxOf({ seed: 200 });
  const labels = ["VIP"];
  const expected = stored(sandbox).filter((customer) => customer.labels?.includes("VIP")).length;
  assert.ok(expected > 3);
  const filter = new CustomerFilter().labels(labels);
  for (const given of [{ labels }, filter, Object.create(filter), { ...filter }]) {
    const { customers } = await exportCustomers(api, given, () => {}, { format: "ndjson" });
    assert.equal(customers, expected);
  }
  const before = sandbox.requests.length;
  const { signal } = new AbortController();
  const others = [null, "VIP", ["VIP"], new Map([["labels", labels]]), Promise.resolve({}), signal];
  for (const given of [{ limit: 5 }, { page: 2 }, filter.sort(["email"]), ...others]) {
    const error = await rejection(exportCustomers(api, given, () => {}));
    assert.equal(error.name, "TypeError");
    assert.match(error.message, /^The filter (of an export must not have|must be)/);
  }
  assert.equal(sandbox.requests.length, before);
});

test("without customers: only the header, or nothing", async () => {
  const { api } = sandboxOf();
  const csv = paper();
  const { customers, requests } = await exportCustomers(api, {}, csv);
  assert.deepEqual([customers, requests], [0, 1]);
  assert.match(csv.all(), /^id,email,[^\n]*,other_fields \(collins-customers\)\r\n$/);
  const json = paper();
  await exportCustomers(api, {}, json, { format: "ndjson" });
  assert.equal(json.all(), "");
});

const ada = {
  id: "5c7d9e0f1a2b3c4d5e6f0001",
  email: "ada@example.com",
  first_name: "Ada",
  phone: "+44 20 7946 0000",
  company_address: { street: '1, "High" Street', city: "Rye", country: "UK" },
  labels: ["VIP", "a;b", " c", ""],
  associated_venues: ["v1"],
  marketing_preferences: [
    { id: "p1", opted_in: true, opt_in_date: "2019-03-06 17:00:00", opt_out_date: null },
    { id: "p2", opted_in: false },
    { id: "p.3", opted_in: true },
  ],
  bookings: [{ id: "b1", num_people: 2 }],
  notes: "=1\n- two\r\nthree",
  created_date: "2019-03-06 17:00:00",
  loyalty: { tier: 3 },
};

test("every documented field has a column, and nothing is dropped", async () => {
  const { api } = sandboxOf({ customers: [ada] });
  const sink = paper();
  const { otherFields } = await exportCustomers(api, {}, sink, { bom: true });
  assert.equal(otherFields, 1);
  const header =
    "\uFEFFid,email,first_name,last_name,company,phone,company_address.street,company_address.city," +
    "company_address.post_code,dob,custom_field_value,associated_venues,labels,notes,created_date,last_updated," +
    "bookings,marketing_preferences.p1,marketing_preferences.p1.opt_in_date,marketing_preferences.p1.opt_out_date," +
    "marketing_preferences.p2,marketing_preferences.p2.opt_in_date,marketing_preferences.p2.opt_out_date," +
    "other_fields (collins-customers)\r\n";
  const quoted = (value) => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
  const others = {
    company_address: { country: "UK" },
    labels: ada.labels,
    marketing_preferences: [ada.marketing_preferences[2]],
    loyalty: { tier: 3 },
  };
  assert.equal(
    sink.all(),
    `${header}${ada.id},ada@example.com,Ada,,,'+44 20 7946 0000,"1, ""High"" Street",Rye,,,,v1,` +
      `"VIP;a\\;b;\\ c","'=1\n'- two\r\nthree",2019-03-06 17:00:00,,${quoted(ada.bookings)},` +
      `yes,2019-03-06 17:00:00,,no,,,${quoted(others)}\r\n`,
  );
});

test("a preference that is not on the first page is reported, unless it was named", async () => {
  const customers = Array.from({ length: 31 }, (_, at) => ({
    first_name: `Nr. ${at}`,
    created_date: `2020-01-01 00:00:${String(60 - at)
      .padStart(2, "0")
      .slice(-2)}`,
    ...(at === 30 && { marketing_preferences: [{ id: "late", opted_in: true }] }),
  }));
  // The oldest comes last.
  customers[30].created_date = "2019-01-01 00:00:00";
  const { api } = sandboxOf({ customers });
  const sink = paper();
  const { otherFields } = await exportCustomers(api, {}, sink);
  assert.equal(otherFields, 1);
  assert.match(
    sink.all(),
    /,"\{""marketing_preferences"":\[\{""id"":""late"",""opted_in"":true\}\]\}"\r\n$/,
  );
  const other = paper();
  const result = await exportCustomers(api, {}, other, { preferences: ["late"] });
  assert.equal(result.otherFields, 0);
  assert.match(other.all(), /,marketing_preferences\.late,/);
  assert.match(other.all(), /,yes,,,\r\n$/);
});

test("cells that a spreadsheet would run", async () => {
  const cells = {
    "=1": "'=1",
    "+1": "'+1",
    "-1": "'-1",
    "@x": "'@x",
    "\t1": "'\t1",
    "\r1": "'\r1",
    "\n1": "'\n1",
    "\r=1": "'\r'=1",
    " =1": "' =1",
    "'=1": "''=1",
    "a\n=1": "a\n'=1",
    "a\r  +1": "a\r'  +1",
    "a\r\n@b": "a\r\n'@b",
    "a\n\t1": "a\n'\t1",
    // These are harmless, and stay unchanged.
    "a=1": "a=1",
    "'tis": "'tis",
    "a\n\nb": "a\n\nb",
    "a\n'b": "a\n'b",
    "1-2": "1-2",
  };
  const notes = Object.keys(cells);
  const customers = notes.map((notes, at) => ({
    notes,
    created_date: `2020-01-01 00:00:${59 - at}`,
  }));
  const { api } = sandboxOf({ customers });
  const sink = paper();
  await exportCustomers(api, {}, sink);
  for (const [value, safe] of Object.entries(cells))
    assert.ok(
      sink.all().includes(`,"${safe}",`) || sink.all().includes(`,${safe},`),
      `${JSON.stringify(value)} is not ${JSON.stringify(safe)}`,
    );
  const read = [];
  for await (const customer of (await checkFile(sink.all())).customers()) read.push(customer.notes);
  assert.deepEqual(read, notes);
});

test("each customer once, while others are created and deleted after every request", async () => {
  for (const [what, gone, come] of [
    ["going", 1, 0],
    ["coming", 0, 1],
    ["one for one", 1, 1],
    ["more going", 7, 3],
    ["a whole page going", 30, 0],
    ["more than a page going", 65, 2],
    ["more coming", 3, 9],
  ])
    for (const where of ["front", "back", "anywhere"]) {
      const { sandbox, api } = sandboxOf({ seed: 300 });
      const steady = new Set(stored(sandbox).map(({ id }) => id));
      let changes = 0;
      let seed = 7;
      const { fetch } = sandbox;
      const change = async () => {
        const all = stored(sandbox).sort((a, b) => (a.created_date < b.created_date ? 1 : -1));
        const pick = () => {
          seed = (seed * 48271) % 2147483647;
          const at = { front: 0, back: all.length - 1, anywhere: seed % all.length }[where];
          return all.splice(at, 1)[0];
        };
        for (let count = 0; count < gone && all.length; count++) {
          const { id } = pick();
          await api.delete(id);
          steady.delete(id);
        }
        for (let count = 0; count < come; count++) await api.create({ first_name: "New" });
      };
      const changing = new CustomersApi({
        token,
        baseUrl: sandbox.baseUrl,
        fetch: async (...request) => {
          const answer = await fetch(...request);
          if (changes++ < 6) await change();
          return answer;
        },
      });
      const sink = paper();
      await exportCustomers(changing, {}, sink, { format: "ndjson" });
      const ids = idsOf(sink.all());
      assert.equal(new Set(ids).size, ids.length, `${what}, ${where}: each once`);
      const missed = [...steady].filter((id) => !ids.includes(id));
      assert.deepEqual(missed, [], `${what}, ${where}: nobody is missed`);
    }
});

test("it ends with an inexact total, and with pages that are not full", async () => {
  const { sandbox, api } = sandboxOf({ seed: 100 });
  let count = 0;
  const inexact = {
    rateLimit: null,
    list: async (filter) => {
      count++;
      const page = await api.list(filter);
      const customers = filter.page === 2 ? page.customers.slice(1) : page.customers;
      const totalResults = page.pagination.totalResults - (count % 2);
      return { ...page, customers, pagination: { ...page.pagination, totalResults } };
    },
  };
  const { customers } = await exportCustomers(inexact, {}, () => {}, { format: "ndjson" });
  assert.equal(customers, 99);
  assert.ok(count < 12, `${count} requests`);
  assert.equal(sandbox.requests.length, count);
});

test("an export that cannot be complete is refused", async () => {
  const { sandbox } = sandboxOf({ seed: 31, exposeHeaders: false });
  const api = new CustomersApi({ token, baseUrl: sandbox.baseUrl, fetch: sandbox.fetch });
  for (const run of [() => exportCustomers(api, {}, () => {}), () => exportCustomers.plan(api)])
    assert.match((await rejection(run())).message, /Access-Control-Expose-Headers/);
  const stuck = { list: () => api2.list({ page: 1 }), rateLimit: null };
  const { api: api2 } = sandboxOf({ seed: 31 });
  assert.match(
    (await rejection(exportCustomers(stuck, {}, () => {}))).message,
    /Page 2 was requested, but page 1 came/,
  );
});

test("continues where it stopped, whatever stopped it", async () => {
  const whole = paper();
  const { api: untouched } = sandboxOf({ seed: 125 });
  await exportCustomers(untouched, {}, whole, { bom: true });
  assert.equal(whole.all().split("\uFEFF").length, 2);
  assert.equal(whole.all().split("other_fields").length, 2);
  const stops = {
    "an error of the client": async ({ sandbox, api, sink }) => {
      let calls = 0;
      const write = (text) => {
        sink.write(text);
        if (++calls === 2) sandbox.fail("list", 403);
      };
      return rejection(exportCustomers(api, {}, write, { bom: true }));
    },
    "an error of the sink": async ({ api, sink }) => {
      let calls = 0;
      const write = (text) => {
        if (++calls === 3) throw new Error("disk full");
        sink.write(text);
      };
      return rejection(exportCustomers(api, {}, write, { bom: true }));
    },
    "an abort": async ({ api, sink }) => {
      const controller = new AbortController();
      const onProgress = ({ customers }) => customers >= 60 && controller.abort();
      const error = await rejection(
        exportCustomers(api, {}, sink, { bom: true, onProgress, signal: controller.signal }),
      );
      assert.equal(error, controller.signal.reason);
      return error;
    },
  };
  for (const [what, stop] of Object.entries(stops)) {
    const { sandbox, api } = sandboxOf({ seed: 125 });
    const sink = paper();
    const error = await stop({ sandbox, api, sink });
    const resume = JSON.parse(JSON.stringify(error.resume));
    assert.equal(resume.customers, 60, what);
    assert.equal(resume.bytes, Buffer.byteLength(sink.all()), what);
    assert.ok(!JSON.stringify(error).includes("filter"), "it shows where errors are printed");
    const { customers, requests, bytes } = await exportCustomers(api, {}, sink, {
      bom: true,
      resume,
    });
    assert.deepEqual([customers, requests], [125, 3], what);
    assert.equal(sink.all(), whole.all(), what);
    assert.equal(bytes, Buffer.byteLength(whole.all()));
    for (const other of [{ resume, format: "ndjson" }, { resume: {} }, { resume: 7 }])
      assert.match((await rejection(exportCustomers(api, {}, sink, other))).message, /^resume/);
    assert.match(
      (await rejection(exportCustomers(api, { labels: ["VIP"] }, sink, { resume }))).message,
      /^resume belongs to an export with another filter/,
    );
  }
});

test("continues where it stopped, although customers were created and deleted since", async () => {
  const { sandbox, api } = sandboxOf({ seed: 200 });
  const controller = new AbortController();
  const sink = paper();
  let resume;
  const onProgress = (progress) => {
    resume = progress.resume;
    if (progress.customers === 90) controller.abort();
  };
  const options = { format: "ndjson", onProgress };
  await rejection(exportCustomers(api, {}, sink, { ...options, signal: controller.signal }));
  const gone = idsOf(sink.all()).slice(10, 50);
  for (const id of gone) await api.delete(id);
  for (let count = 0; count < 5; count++) await api.create({ first_name: "New" });
  await exportCustomers(api, {}, sink, { ...options, resume });
  const ids = idsOf(sink.all());
  assert.equal(new Set(ids).size, ids.length);
  const missed = stored(sandbox).filter(
    ({ id, first_name }) => !ids.includes(id) && first_name !== "New",
  );
  assert.deepEqual(missed, []);
});

test("every kind of sink, and one page at a time", async () => {
  const expected = paper();
  const { api } = sandboxOf({ seed: 95 });
  await exportCustomers(api, {}, expected);

  const chunks = [];
  let isClosed = false;
  let isWriting = false;
  const stream = new WritableStream({
    async write(chunk) {
      assert.ok(!isWriting);
      isWriting = true;
      await new Promise((resolve) => setTimeout(resolve, 2));
      chunks.push(chunk);
      isWriting = false;
    },
    close: () => {
      isClosed = true;
    },
  });
  await exportCustomers(api, {}, stream);
  assert.equal(Buffer.concat(chunks).toString(), expected.all());
  assert.ok(isClosed);

  const parts = [];
  const node = new Writable({
    highWaterMark: 10,
    write(chunk, _, done) {
      parts.push(chunk);
      setTimeout(done, 1);
    },
  });
  await exportCustomers(api, {}, node);
  assert.equal(Buffer.concat(parts).toString(), expected.all());
  assert.ok(!node.writableEnded);
  for (const event of ["drain", "close", "error"]) assert.equal(node.listenerCount(event), 0);

  const broken = new Writable({
    highWaterMark: 10,
    write(_chunk, _encoding, done) {
      done(new Error("disk full"));
    },
  });
  broken.on("error", () => {});
  const error = await rejection(exportCustomers(api, {}, broken));
  assert.match(error.message, /disk full|closed/);

  const failing = new WritableStream({
    write() {
      throw new Error("disk full");
    },
  });
  assert.equal((await rejection(exportCustomers(api, {}, failing))).message, "disk full");
  assert.equal(failing.locked, false);
  for (const sink of [undefined, null, "customers.csv", {}])
    assert.match((await rejection(exportCustomers(api, {}, sink))).message, /^The sink must be/);
});

test("wrong options are refused before any request", async () => {
  const { sandbox, api } = sandboxOf({ seed: 1 });
  for (const [options, message] of [
    [{ format: "xlsx" }, /^format must be/],
    [{ bom: 1 }, /^bom must be/],
    [{ preferences: ["a", ""] }, /^preferences must be/],
    [{ preferences: "a" }, /^preferences must be/],
    [{ onProgress: 1 }, /^onProgress must be/],
    [{ signal: {} }, /^signal must be/],
    [{ colour: 1 }, /unknown name "colour"/],
    [7, /must be a plain object/],
  ]) {
    const error = await rejection(exportCustomers(api, {}, () => {}, options));
    assert.equal(error.name, "TypeError");
    assert.match(error.message, message);
  }
  assert.match(
    (await rejection(exportCustomers.plan(api, {}, { bom: true }))).message,
    /unknown name "bom"/,
  );
  assert.equal(sandbox.requests.length, 0);
});

test("the cost is known after one request", async () => {
  for (const [seed, expected] of [
    [0, 1],
    [1, 1],
    [30, 1],
    [31, 2],
    [900, 30],
  ]) {
    const { sandbox, api } = sandboxOf({ seed });
    const { customers, requests, hours } = await exportCustomers.plan(api);
    assert.deepEqual([customers, requests, hours], [seed, expected, 0]);
    assert.equal(sandbox.requests.length, 1);
  }
});
