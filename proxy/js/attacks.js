// The entry `collins-customers/proxy/attacks`: requests that a proxy must not forward, and answers that it must not
// pass on. They are written to sockets byte by byte, because every HTTP client corrects what it sends.

import { connect } from "node:net";
import { connect as connectSecurely } from "node:tls";

/** A string that no header, path or value of a caller may carry to the service. */
const MARK = "collins-attack-mark";

/** The statuses of a refusal. By default a proxy refuses an attack, and the service sees nothing of it. */
const REFUSED = [400, 403, 404, 405, 408, 411, 413, 414, 415, 417, 422, 431, 501, 505];

const JSON_TYPE = ["Content-Type", "application/json"];
const get = (target, headers = []) => ({ method: "GET", target, headers });
const post = (body, headers = [JSON_TYPE]) => ({
  method: "POST",
  target: "/customers",
  headers,
  body,
});
const nothing = { status: REFUSED, sees: [] };
/** The result of an attack that only breaks the contract: with `enforce: "log"` a proxy forwards it. */
const loose = { status: [422], sees: [], isLoose: true };
/** The result of an attack that a server in front of the proxy may refuse in its own way. */
const unspeakable = (...patterns) => ({ status: [0, 200, 201, 500, ...REFUSED], sees: patterns });
const list = { status: [200], sees: [/^GET \/customers(\?|$)/] };
const sees = (...patterns) => ({ status: [200, 201, 204, ...REFUSED], sees: patterns });

const hops = () =>
  [
    ["Connection", "close, authorization, accept, content-type, traceparent, host"],
    ["Connection", "close, AUTHORIZATION, X-RateLimit-Limit, Access-Control-Allow-Origin"],
    ["connection", "close,,Authorization ,\tAccept"],
    ["Proxy-Authorization", `Basic ${MARK}`],
    ["Proxy-Connection", MARK],
    ["Trailer", "Authorization"],
    ["TE", "trailers, deflate"],
    ["Keep-Alive", `timeout=${MARK}`],
    ["X_Forwarded_For", MARK],
    ["X-Forwarded-For", MARK],
    ["X-Forwarded-Host", `${MARK}.example`],
    ["X-Forwarded-Uri", `/${MARK}`],
    ["X-Forwarded-Proto", MARK],
    ["X-Original-Url", `/customers/${MARK}`],
    ["X-Rewrite-Url", `/customers/${MARK}`],
    ["X-HTTP-Method-Override", "DELETE"],
    ["X-HTTP-Method", "DELETE"],
    ["X-Method-Override", "DELETE"],
    ["Forwarded", `host=${MARK}`],
    ["Via", MARK],
    ["Max-Forwards", "0"],
    ["Cookie", `session=${MARK}`],
    ["Range", "bytes=0-0"],
    ["If-None-Match", MARK],
    ["If-Modified-Since", "Sat, 29 Oct 1994 19:43:31 GMT"],
    ["Accept", `text/${MARK}`],
    ["Accept-Encoding", "identity;q=0"],
    ["Traceparent", `00-${MARK}`],
    ["Traceparent", `00-${"0".repeat(32)}-${"1".repeat(16)}-01`],
    ["Tracestate", MARK],
    ["Baggage", MARK],
    ["User-Agent", MARK],
    ["CF-Connecting-IP", MARK],
    ["True-Client-IP", MARK],
  ].map(([name, value]) => ({
    group: "headers",
    name: `${name}: ${value}`,
    ...get("/customers", [[name, value]]),
    // A runtime may refuse some of them itself.
    ...sees(/^GET \/customers(\?|$)/),
  }));

const upgrades = () => [
  {
    group: "headers",
    name: "Upgrade",
    ...get("/customers", [
      ["Connection", "Upgrade"],
      ["Upgrade", "h2c"],
    ]),
    ...sees(/^GET \/customers(\?|$)/),
  },
  {
    group: "headers",
    name: "two lengths",
    ...post("{}", [JSON_TYPE, ["Content-Length", "2"], ["Content-Length", "20"]]),
    ...unspeakable(),
  },
  {
    group: "headers",
    name: "a length and chunks",
    ...post("0\r\n\r\n", [JSON_TYPE, ["Content-Length", "5"], ["Transfer-Encoding", "chunked"]]),
    ...unspeakable(/^POST \/customers$/),
  },
  {
    group: "headers",
    name: "an unknown coding",
    ...post("{}", [JSON_TYPE, ["Transfer-Encoding", "xchunked"]]),
    ...unspeakable(/^POST \/customers$/),
  },
];

const paths = () => [
  ...[
    "/customers/..",
    "/customers/../",
    "/customers/../customers/..",
    "/customers/%2e%2e",
    "/customers/%2E%2e",
    "/customers/.%2e",
    "/customers/..%2f",
    "/customers/..%2fvenues",
    "/customers/%2e%2e%2fvenues",
    "/customers/..%5cvenues",
    "/customers/%252e%252e",
    "/customers/%252f",
    "/customers/..%252fvenues",
    "/customers/a%2fb",
    "/customers/a%5cb",
    "/customers/a/b",
    "/customers/a/",
    "/customers/",
    "/customers//",
    "/customers//a",
    "//customers",
    `//${MARK}.example/customers`,
    `/\\${MARK}.example/customers`,
    `/customers/\\${MARK}.example`,
    "/customers/a%3fb=c",
    "/customers/a%23b",
    "/customers/%00",
    "/customers/a%00b",
    "/customers/%0d%0aX-Mark:1",
    "/customers/%c0%ae%c0%ae",
    "/customers/%ff",
    "/customers/%",
    "/customers/%u002e%u002e",
    "/customers/customers/a",
    "/customers;/a",
    "/Customers",
    "/CUSTOMERS/a",
    "/customers.json",
    "/customers%2fa",
    "/customer",
    "/venues",
    "/",
    "",
    "/customers/\xff",
    `/customers/${"a".repeat(20_000)}`,
  ].map((target) => ({
    group: "paths",
    name: target.length > 60 ? `${target.slice(0, 20)}… (${target.length} characters)` : target,
    method: "DELETE",
    target,
    headers: [],
    // After URL parsing, the rest may be a path of the contract, with another id than it seems.
    ...(target.length > 20_000
      ? sees(/^(GET|DELETE) \/customers\/a{20000}$/)
      : target.includes("\xff")
        ? sees(/^(GET|DELETE) \/customers\/[\w%]+$/)
        : nothing),
  })),
  ...[
    "/customers/a;b",
    "/customers/...",
    "/customers/a%20b",
    "/customers/customers",
    "/customers/a+b",
  ].map((target) => ({
    group: "paths",
    name: `${target} is an id`,
    ...get(target),
    ...sees(/^GET \/customers\/[\w.~%-]+$/),
  })),
  {
    group: "paths",
    name: "a fragment",
    ...get("/customers#/../venues"),
    ...sees(/^GET \/customers(\?|$)/),
  },
  {
    group: "paths",
    name: "an absolute target",
    ...get("/customers"),
    absolute: `http://${MARK}.example`,
    ...unspeakable(/^GET \/customers(\?|$)/),
  },
  ...["HEAD", "OPTIONS", "PATCH", "TRACE", "QUERY", "PROPFIND", "get", "GET%20"].map((method) => ({
    group: "methods",
    name: `${method} /customers`,
    method,
    target: "/customers",
    headers: [],
    ...nothing,
  })),
  ...["PUT", "DELETE"].map((method) => ({
    group: "methods",
    name: `${method} without an id`,
    method,
    target: "/customers",
    headers: [JSON_TYPE],
    ...nothing,
  })),
  {
    group: "methods",
    name: "POST with an id",
    ...post("{}"),
    target: "/customers/a",
    ...nothing,
  },
];

/** A caller with its own list in a query narrows its scope, and never widens it. */
const queries = ({ list: name, own, foreign }) => {
  const ours = own.map(encodeURIComponent);
  const theirs = encodeURIComponent(foreign);
  // PHP reads these characters as "_", which not every name has.
  const misspelt = [".", "+", "%20"].map((character) => name.replace("_", character));
  const refused = [
    `${name}=`,
    name,
    `${name}=,`,
    `${name}=${ours[0]},`,
    `${name}=${ours[0]}&${name}=${theirs}`,
    `${name}=${theirs}&${name}=${ours[0]}`,
    `${name}[]=${theirs}`,
    `${name}[0]=${theirs}`,
    `${name}%5B%5D=${theirs}`,
    `${name}=${ours[0]}&${name}[]=${theirs}`,
    `${name}=${ours[0]}&${name.replace("_", "%5f")}=${theirs}`,
    ...misspelt.filter((other) => other !== name).map((other) => `${other}=${theirs}`),
    `+${name}=${theirs}`,
    `%20${name}=${theirs}`,
    `${name}%00=${theirs}`,
    `${name.toUpperCase()}=${theirs}`,
    `${name}=%ff`,
    `${name}=%`,
    `${name}=%zz`,
    `${name}=%00`.replace("%00", "%c0%80"),
    "limit=10&limit=1000",
    "unknown=1",
    "_method=DELETE",
    "%5fmethod=DELETE",
    "constructor=1",
    "__proto__=1",
    "=1",
    `query=${"%".repeat(100)}`,
  ];
  const invalid = [
    "limit=0",
    "limit=31",
    "limit=1e1",
    "page=0",
    "page=-1",
    "sort=",
    "dob_month=13",
    "opted_in_date=2020-01-01",
    "created_date=2020-02-30",
  ];
  const narrowed = [
    "",
    "?",
    "?&&",
    `?${name}=${theirs}`,
    `?${name}=${ours[0]},${theirs}`,
    `?${name}=${ours[0]}%2C${theirs}`,
    `?${name}=${ours[0]}%2c${theirs}`,
    `?${name}=${theirs}%2C${ours[0]}`,
    `?${name.replace("_", "%5F")}=${theirs},${ours[0]}`,
    `?${name}=${ours.join(",")}`,
    "?query=a+b",
    "?query=a%2Bb%26limit=100",
    "?query=%26%3D%23%2F..%2F",
  ];
  return [
    ...refused.map((query) => ({
      group: "queries",
      name: query.length > 60 ? `${query.slice(0, 30)}…` : `?${query}`,
      ...get(`/customers?${query}`),
      ...nothing,
    })),
    ...invalid.map((query) => ({
      group: "queries",
      name: `?${query}`,
      ...get(`/customers?${query}`),
      ...loose,
    })),
    ...narrowed.map((query) => ({
      group: "queries",
      name: `${query || "no query"} stays in scope`,
      ...get(`/customers${query}`),
      ...list,
    })),
    {
      group: "queries",
      name: "10 000 parameters",
      ...get(`/customers?${Array.from({ length: 10_000 }, (_, index) => `p${index}=1`).join("&")}`),
      ...nothing,
    },
    {
      group: "queries",
      name: "a query of 8 MB",
      ...get(`/customers?query=${"a".repeat(8 << 20)}`),
      ...unspeakable(),
    },
    {
      group: "queries",
      name: "a query of a create",
      ...post("{}"),
      target: "/customers?a=1",
      ...nothing,
    },
    ...["?a=1", "?id=b", "?%2e%2e"].map((query) => ({
      group: "queries",
      name: `${query} behind an id`,
      ...get(`/customers/a${query}`),
      ...nothing,
    })),
  ];
};

const types = () => [
  ...[
    [],
    [["Content-Type", ""]],
    [["Content-Type", "text/plain"]],
    [["Content-Type", "text/plain; application/json"]],
    [["Content-Type", "application/json;"]],
    [["Content-Type", "application/json; charset"]],
    [["Content-Type", "application/json; charset=utf-16"]],
    [["Content-Type", "application/json; charset=iso-8859-1"]],
    [["Content-Type", "application/json; charset=utf-8; charset=utf-7"]],
    [["Content-Type", "application/json; boundary=x"]],
    [["Content-Type", "application/json, text/plain"]],
    [["Content-Type", "application/jsonx"]],
    [["Content-Type", "application/x-json"]],
    [["Content-Type", "application/x-www-form-urlencoded"]],
    [["Content-Type", "multipart/form-data; boundary=x"]],
    [JSON_TYPE, ["Content-Type", "text/plain"]],
    [["Content-Type", "text/plain"], JSON_TYPE],
    [JSON_TYPE, ["Content-Encoding", "gzip"]],
    [JSON_TYPE, ["Content-Encoding", "identity"]],
  ].map((headers) => ({
    group: "types",
    name: headers.map((header) => header.join(": ")).join(" and ") || "none",
    ...post('{"first_name":"x"}', headers),
    ...nothing,
  })),
  ...[
    "application/json",
    "Application/JSON",
    " application/json",
    "\tapplication/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    'application/json; charset="utf-8"',
  ].map((type) => ({
    group: "types",
    name: `"${type}" is JSON`,
    ...post('{"id":"a"}', [["Content-Type", type]]),
    // The body is refused, not its type.
    status: [422],
    sees: [],
  })),
];

const bodies = ({ list: name, own, foreign }) => {
  const mine = JSON.stringify(own[0]);
  const theirs = JSON.stringify(foreign);
  const unreadable = [
    "",
    " ",
    "null",
    "[]",
    "1",
    '"{}"',
    "{",
    "{}{}",
    "{},",
    "\xef\xbb\xbf{}",
    "\xff\xfe{\0}\0",
    "{\0}\0",
    '{"notes":"\xff"}',
    '{"notes":"\xed\xa0\x80"}',
    "{'notes':1}",
    "{/**/}",
    `{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`,
    `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  ];
  const invalid = [
    '{"email":"a@example.com","email":"b@example.com"}',
    '{"notes":"a","n\\u006ftes":"b"}',
    '{"company_address":{"city":"a","city":"b"}}',
    '{"marketing_preferences":{"p":true,"p":false}}',
    '{"marketing_preferences":{"p":[{"a":1,"a":2}]}}',
    `{"${name}":[${mine}],"${name}":[${theirs}]}`,
    `{"${name}":[${theirs}],"${name}":[${mine}]}`,
    `{"${name}":[${theirs}]}`,
    `{"${name}":[${mine},${theirs}]}`,
    `{"${name}":[]}`,
    `{"${name}":null}`,
    `{"${name}":${theirs}}`,
    `{"${name}":{"0":${theirs}}}`,
    `{"${name}.0":${theirs}}`,
    `{"${name}[]":${theirs}}`,
    `{"${name.replace("_", ".")}":[${theirs}]}`,
    `{" ${name}":[${theirs}]}`,
    `{"${name}\\u0000":[${theirs}]}`,
    '{"_method":"DELETE"}',
    '{"__proto__":{"id":"a"}}',
    '{"constructor":{"prototype":{}}}',
    '{"id":"a"}',
  ];
  const row = (body, more) => ({
    group: "bodies",
    name: body.length > 60 ? `${body.slice(0, 24)}… (${body.length} bytes)` : body || "empty",
    ...post(body),
    ...more,
  });
  return [
    ...unreadable.map((body) => row(body, { status: [400, 413], sees: [] })),
    ...invalid.map((body) => row(body, { status: [422], sees: [] })),
    row(`{"custom_field_value":${"9".repeat(60_000)}}`, loose),
    row(`{"notes":"${"x".repeat(1001)}"}`, loose),
    { ...row("9".repeat(1 << 20), nothing), name: "a number of 1 MB" },
    {
      ...row("{}", nothing),
      name: "a length that is longer than the body",
      headers: [JSON_TYPE, ["Content-Length", "20"]],
      // The rest never comes, and neither does an answer before a deadline that may be far away.
      status: [...REFUSED, 0],
      patience: 2_000,
    },
    {
      ...row("{}{}{}", sees()),
      name: "a length that is shorter than the body",
      headers: [JSON_TYPE, ["Content-Length", "1"]],
    },
    {
      ...row("", unspeakable()),
      name: "an endless body",
      headers: [JSON_TYPE, ["Transfer-Encoding", "chunked"]],
      endless: `400\r\n${" ".repeat(1024)}\r\n`,
    },
    {
      ...row("", nothing),
      name: "no length",
      headers: [JSON_TYPE],
      hasNoLength: true,
    },
    ...["GET", "DELETE"].map((method) => ({
      ...row('{"notes":"x"}', sees(/^GET \/customers\/a$/, /^DELETE \/customers\/a$/)),
      name: `a body on ${method}`,
      method,
      target: "/customers/a",
    })),
    {
      ...row('{"id":"b"}', { status: [422], sees: [] }),
      name: "an update that names another id",
      method: "PUT",
      target: "/customers/a",
    },
  ];
};

const origins = ({ origin }) => {
  if (!origin) return [];
  const { protocol, host, hostname } = new URL(origin);
  const refused = [
    "null",
    "",
    `${protocol}//${hostname}:4443`,
    `${protocol}//${host}.example`,
    `${protocol}//x${host}`,
    `${protocol}//x.${host}`,
    `${origin}/`,
    `${origin}.`,
    origin.toUpperCase(),
    origin.slice(0, -1),
    origin.replace(protocol, protocol === "https:" ? "http:" : "https:"),
    `${origin}, ${origin}`,
    `${origin} ${origin}`,
    "*",
    "file://",
  ];
  const preflight = (from, more = []) => ({
    method: "OPTIONS",
    target: "/customers",
    headers: [["Origin", from], ["Access-Control-Request-Method", "GET"], ...more],
  });
  const isOpen = ({ headers }) =>
    headers["access-control-allow-origin"] === undefined ? undefined : "it is allowed";
  const isAllowed = ({ headers }) =>
    headers["access-control-allow-origin"] === origin ? undefined : "it is not allowed";
  return [
    ...refused.flatMap((from) => [
      {
        group: "origins",
        name: `Origin: ${from}`,
        ...get("/customers", [["Origin", from]]),
        ...list,
        answer: isOpen,
      },
      {
        group: "origins",
        name: `a preflight from ${from}`,
        ...preflight(from),
        ...nothing,
        answer: isOpen,
      },
    ]),
    {
      group: "origins",
      name: "the origin itself",
      ...get("/customers", [["Origin", origin]]),
      ...list,
      answer: isAllowed,
    },
    {
      group: "origins",
      name: "its preflight",
      ...preflight(origin),
      status: [204],
      sees: [],
      answer: isAllowed,
    },
    {
      group: "origins",
      name: "a preflight that asks for headers of 1 MB",
      ...preflight(origin, [["Access-Control-Request-Headers", "x-a, ".repeat(200_000)]]),
      status: [204, ...REFUSED],
      sees: [],
    },
    {
      group: "origins",
      name: "a refusal can be read",
      ...get("/customers?unknown=1", [["Origin", origin]]),
      status: [422],
      sees: [],
      answer: isAllowed,
    },
  ];
};

/** The number of repeats in a compressed answer: 8 MB of it are 50 KB. */
const REPEATS = 32_000;

/** ASCII in deflate's fixed code. */
const codesOf = (text) =>
  Array.from(text, (letter) => (48 + letter.charCodeAt(0)).toString(2).padStart(8, "0")).join("");

/** A gzip stream of a text that is followed by its last letter many times, and then by another text. */
const bomb = (before, after) => {
  // The last block, in the fixed code; the last letter 258 times; its end.
  const again = "1100010100000".repeat(REPEATS);
  const bits = `110${codesOf(before)}${again}${codesOf(after)}0000000`;
  let bytes = "\x1f\x8b\x08\0\0\0\0\0\0\x03";
  for (let at = 0; at < bits.length; at += 8) {
    const low = [...bits.slice(at, at + 8).padEnd(8, "0")].reverse().join("");
    bytes += String.fromCharCode(Number.parseInt(low, 2));
  }
  const whole = before + before.at(-1).repeat(258 * REPEATS) + after;
  for (const number of [checksum(whole), whole.length])
    for (let shift = 0; shift < 32; shift += 8)
      bytes += String.fromCharCode((number >>> shift) & 255);
  return bytes;
};

/** The CRC-32 of ASCII. */
const checksum = (text) => {
  const table = Array.from({ length: 256 }, (_, index) => {
    let row = index;
    for (let bit = 0; bit < 8; bit++) row = row & 1 ? (row >>> 1) ^ 0xedb88320 : row >>> 1;
    return row;
  });
  let sum = ~0;
  for (let at = 0; at < text.length; at++)
    sum = (sum >>> 8) ^ table[(sum ^ text.charCodeAt(at)) & 255];
  return ~sum;
};

/** Answers of the service, as bytes, and the part of them that the caller gets. */
const answers = ({ list, own }) => {
  const body = '{"customers":[]}';
  const answer = (lines, text = body) =>
    [
      ...lines,
      ...(text === null ? [] : [`Content-Length: ${text.length}`]),
      "Connection: close",
      "",
      text ?? "",
    ].join("\r\n");
  const json = "Content-Type: application/json";
  const has =
    (name, value) =>
    ({ headers }) =>
      headers[name] === value ? undefined : `${name} is ${headers[name]}`;
  const row = (name, upstream, status, check) => ({
    group: "answers",
    name,
    ...get("/customers"),
    upstream,
    status,
    sees: [/^GET \/customers/],
    answer: check,
  });
  return [
    row("Set-Cookie", answer(["HTTP/1.1 200 OK", json, `Set-Cookie: a=${MARK}`]), [200]),
    row(
      "an unknown header",
      answer(["HTTP/1.1 200 OK", json, `X-Powered-By: ${MARK}`, `Server: ${MARK}`]),
      [200],
    ),
    row(
      "CORS headers of its own",
      answer(["HTTP/1.1 200 OK", json, "Access-Control-Allow-Origin: *"]),
      [200],
      has("access-control-allow-origin", undefined),
    ),
    row(
      "headers that Connection names",
      answer(["HTTP/1.1 200 OK", json, "X-Pagination-Page: 7", "Connection: X-PAGINATION-PAGE"]),
      [200],
      has("x-pagination-page", undefined),
    ),
    row(
      "pagination",
      answer(["HTTP/1.1 200 OK", json, "X-Pagination-Page: 7"]),
      [200],
      has("x-pagination-page", "7"),
    ),
    row(
      "a cache's headers",
      answer(["HTTP/1.1 200 OK", json, "Cache-Control: public, max-age=60", `ETag: "${MARK}"`]),
      [200],
      has("cache-control", "no-store"),
    ),
    ...[301, 302, 303, 307, 308].map((status) =>
      row(
        `a redirect (${status})`,
        answer([`HTTP/1.1 ${status} Moved`, `Location: https://${MARK}.example/`]),
        [502],
        has("location", undefined),
      ),
    ),
    row("304", answer(["HTTP/1.1 304 Not Modified"], null), [502]),
    row(
      "401",
      answer(
        ["HTTP/1.1 401 Unauthorized", json, `WWW-Authenticate: ${MARK}`],
        '{"error":"Unauthenticated."}',
      ),
      [502],
    ),
    row("403", answer(["HTTP/1.1 403 Forbidden", json], "{}"), [502]),
    row("a status of 999", answer(["HTTP/1.1 999 Strange", json]), [502]),
    row("a status of 600", answer(["HTTP/1.1 600 Strange", json]), [502]),
    row("204 with a body", answer(["HTTP/1.1 204 No Content", json]), [204, 502]),
    row(
      "a page of a gateway",
      answer(["HTTP/1.1 502 Bad Gateway", "Content-Type: text/html"], `<script>${MARK}</script>`),
      [502],
    ),
    row(
      "a page as a success",
      answer(["HTTP/1.1 200 OK", "Content-Type: text/html"], `<script>${MARK}</script>`),
      [502],
    ),
    row("no type", answer(["HTTP/1.1 200 OK"], MARK), [502]),
    row(
      "a header that breaks its line",
      answer(["HTTP/1.1 200 OK", json, `Retry-After: 1\r\n\tSet-Cookie: a=${MARK}`]),
      [200, 502],
    ),
    row("no HTTP", `${MARK}\r\n\r\n`, [502]),
    row("nothing", "", [502]),
    row(
      "a body that is cut off",
      ["HTTP/1.1 200 OK", json, "Content-Length: 1000", "", body].join("\r\n"),
      [200, 502],
      ({ isWhole }) => (isWhole ? "it looks whole" : undefined),
    ),
    row(
      "an informational answer first",
      `HTTP/1.1 103 Early Hints\r\nLink: <https://${MARK}.example>\r\n\r\n${answer(["HTTP/1.1 200 OK", json])}`,
      [200, 502],
    ),
    row(
      "a compressed answer",
      // An empty gzip stream.
      answer(
        ["HTTP/1.1 200 OK", json, "Content-Encoding: gzip"],
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00",
      ),
      [200, 502],
      has("content-encoding", undefined),
    ),
    {
      ...row(
        "a compressed record of 8 MB",
        answer(
          ["HTTP/1.1 200 OK", json, "Content-Encoding: gzip"],
          bomb(`{"customer":{"id":"a","${list}":${JSON.stringify(own)},"notes":"a`, '"}}'),
        ),
        [502],
      ),
      ...get("/customers/a"),
    },
  ];
};

const defaultScope = { list: "associated_venues", own: ["venue-a", "venue-b"], foreign: "venue-z" };

export const attacks = (scope = defaultScope, origin) => [
  ...hops(),
  ...upgrades(),
  ...paths(),
  ...queries(scope),
  ...types(),
  ...bodies(scope),
  ...origins({ origin }),
  ...answers(scope),
];

const OPERATION =
  /^(GET \/customers(\?[\w.~%,=&-]*)?|POST \/customers|(GET|PUT|DELETE) \/customers\/(?!\.{1,2}$)[\w.~%-]+)$/;

/** The problems of a request that the service saw, given as `{ method, target, headers, body }`. */
export const complaints = ({ method, target, headers, body }, { scope, authorization } = {}) => {
  const found = [];
  const line = `${method} ${target}`;
  if (!OPERATION.test(line)) found.push(`the service saw ${line.slice(0, 200)}`);
  if (authorization !== undefined && headers.authorization !== authorization)
    found.push("the service got another token");
  const text = JSON.stringify([line, headers, body]);
  if (text.includes(MARK)) found.push("the service saw what only the caller said");
  if (method === "GET" || method === "DELETE") {
    if (body) found.push(`the service got a body with ${method}`);
  } else if (headers["content-type"] !== "application/json") {
    found.push("the service got a body that is not called JSON");
  }
  if (scope && method === "GET" && /^\/customers(\?|$)/.test(target)) {
    const query = new URLSearchParams(target.split("?")[1]);
    const items = query.getAll(scope.list).flatMap((value) => value.split(","));
    if (items.length === 0 || !items.every((item) => scope.own.includes(item)))
      found.push("a list left its scope");
  }
  if (scope && method === "POST") {
    const items = JSON.parse(body)[scope.list];
    if (!items?.length || !items.every((item) => scope.own.includes(item)))
      found.push("a new customer is out of scope");
  }
  return found;
};

/** Writes a request as bytes, and reads the answer until the connection ends or time is up. */
export const sendRaw = (url, row, { headers = [] } = {}) =>
  new Promise((resolve) => {
    const { protocol, hostname, port, host, pathname } = new URL(url);
    const isSecure = protocol === "https:";
    const socket = (isSecure ? connectSecurely : connect)({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: port || (isSecure ? 443 : 80),
      ...(isSecure && { servername: hostname }),
    });
    let received = "";
    let ended = false;
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(parse(received, ended));
    };
    const timer = setTimeout(done, row.patience ?? 10_000);
    socket.setEncoding("latin1");
    socket.on("data", (text) => {
      received += text;
      // Not every server closes a connection on request.
      if (parse(received, false).isWhole) done();
    });
    socket.on("end", () => {
      ended = true;
      done();
    });
    socket.on("error", done);
    socket.on("close", done);

    const base = pathname.replace(/\/$/, "");
    const given = [...headers, ...row.headers];
    const has = (wanted) => given.some(([name]) => name.toLowerCase() === wanted);
    if (!has("connection")) given.push(["Connection", "close"]);
    if (
      row.body !== undefined &&
      !has("content-length") &&
      !has("transfer-encoding") &&
      !row.hasNoLength
    )
      given.push(["Content-Length", `${row.body.length}`]);
    const head = [
      `${row.method} ${row.absolute ?? ""}${base}${row.target} HTTP/1.1`,
      `Host: ${host}`,
      ...given.map(([name, value]) => `${name}: ${value}`),
      "",
      row.body ?? "",
    ].join("\r\n");
    socket.write(head, "latin1");
    // One piece after the other: a socket that is written to without a pause notices the answer late.
    const more = () => {
      if (!socket.destroyed) socket.write(row.endless, () => setImmediate(more));
    };
    if (row.endless) more();
  });

const parse = (text, ended) => {
  const end = text.indexOf("\r\n\r\n");
  const [first, ...lines] = (end < 0 ? "" : text.slice(0, end)).split("\r\n");
  /** 0 if there was no answer. */
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  const headers = {};
  for (const line of lines) {
    const at = line.indexOf(":");
    const name = line.slice(0, at).toLowerCase();
    const value = line.slice(at + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const body = end < 0 ? "" : text.slice(end + 4);
  /** Returns whether the answer is complete, as far as can be told. */
  const isWhole = () => {
    if (end < 0) return false;
    if (status === 204) return true;
    if (headers["transfer-encoding"] === "chunked") return /(^|\r\n)0\r\n\r\n$/.test(body);
    const length = headers["content-length"];
    return length === undefined ? ended : body.length >= Number(length);
  };
  return { status, headers, body, isWhole: isWhole() };
};

/** Runs one row against a proxy. Returns the problems, as sentences. */
export async function runAttack(row, options) {
  const { url, headers, scope, authorization, secrets = [], seen, answer, enforce } = options;
  if (row.upstream !== undefined) answer(row.upstream);
  const response = await sendRaw(url, row, { headers });
  const found = [];
  const mayPass = row.isLoose && enforce === "log";
  if (!mayPass && !row.status.includes(response.status))
    found.push(`it was answered with ${response.status}`);
  const complaint = row.answer?.(response);
  if (complaint) found.push(complaint);
  // An answer of a server in front of the proxy has no such header, and no content.
  const whole = JSON.stringify(response);
  if (row.upstream !== undefined && whole.includes(MARK))
    found.push("the caller saw what only the service said");
  for (const secret of secrets) if (whole.includes(secret)) found.push("the answer holds a secret");
  if (seen) {
    const requests = await seen();
    for (const request of requests) {
      found.push(...complaints(request, { scope, authorization }));
      const line = `${request.method} ${request.target}`;
      if (!mayPass && !row.sees.some((pattern) => pattern.test(line)))
        found.push(`the service saw ${line.slice(0, 200)}`);
    }
  }
  return found;
}

export async function runAttacks(options) {
  const { scope = defaultScope, origin } = options;
  const results = [];
  for (const row of attacks(scope, origin)) {
    if (row.upstream !== undefined && !options.answer) continue;
    const found = await runAttack(row, { ...options, scope });
    results.push({ group: row.group, name: row.name, complaints: found });
  }
  return results;
}
