//! The store in memory, the store in `SQLite` and the server answer the same operations with the same bytes.

use std::collections::BTreeMap;

use collins_customers::contract::FILTERS;
use fastrand::Rng;
use sandbox::clock::Instant;
use sandbox::http::{Answer, Ending, Request};
use sandbox::json;
use sandbox::memory::Memory;
use sandbox::quota::Quota;
use sandbox::record::Record;
use sandbox::seed::{self, PREFERENCES, VENUES};
use sandbox::service::Service;
use sandbox::sqlite::Sqlite;
use sandbox::store::Store;
use serde_json::{Map, Value, json};

use crate::server::Server;

/// The number of customers at the beginning, and the number of operations.
const CUSTOMERS: u32 = 120;
const OPERATIONS: u32 = 10_000;

/// The seed of the ids.
const DICE: u64 = 11;

/// The number of requests allowed per hour: the last ones are refused.
const QUOTA: u32 = 9_000;

/// The current time.
const NOW: (&str, i64) = ("2025-06-15T12:34:56Z", 1_749_990_896_000);

/// One operation.
struct Operation {
    method: &'static str,
    path: String,
    query: String,
    body: String,
    fault: &'static str,
}

/// Makes operations, the same ones every time. It knows the existing ids.
struct Maker {
    random: Rng,
    ids: Vec<String>,
}

#[rustfmt::skip]
const TEXTS: [&str; 22] = [
    "", " ", "a", "Ada", "ada", "ADA LOVELACE", "José", "Jose\u{301}", "Straße", "ΣΊΣΥΦΟΣ", "Βλάχος", "İpek", "김민준",
    "Nguyễn", "🎉", "a\u{0}b", "\u{0}", "\t\n", "%", "_", "'\"\\", "+44 (20) 7946-0123",
];

#[rustfmt::skip]
const DATES: [&str; 9] = [
    "2019-02-01", "2020-02-29", "2021-06-15", "2023-12-31", "2025-06-30", "0001-01-01", "9999-12-31", "2023-02-29", "x",
];

#[rustfmt::skip]
const FAULTS: [&str; 13] = [
    "status=503;retry-after=2", "status=404", "throttle", "throttle=laravel", "html", "redirect", "empty", "json", "lost",
    "truncate", "reset", "delay=1", "nonsense",
];

#[rustfmt::skip]
const LABELS: [&str; 9] = ["VIP", "vip", "Press", "Regular", "Großkunde", "常连", "a\u{0}b", "a%b", ""];

impl Maker {
    fn one_of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.random.usize(0..items.len())].clone()
    }

    fn some_of(&mut self, items: &[&str]) -> Vec<String> {
        let count = self.random.usize(0..4);
        (0..count).map(|_| self.one_of(items).to_owned()).collect()
    }

    fn often(&mut self, share: u32) -> bool {
        self.random.u32(0..100) < share
    }

    fn body(&mut self) -> Value {
        let mut body = Map::new();
        for name in [
            "first_name",
            "last_name",
            "company",
            "notes",
            "custom_field_value",
            "phone",
        ] {
            if self.often(25) {
                let value = self.one_of(&TEXTS);
                let value = if self.often(8) {
                    Value::Null
                } else {
                    value.into()
                };
                body.insert(name.into(), value);
            }
        }
        if self.often(30) {
            let email = [
                "ada@example.com",
                "ADA@EXAMPLE.COM",
                "josé@example.com",
                "nobody",
            ];
            body.insert("email".into(), self.one_of(&email).into());
        }
        if self.often(25) {
            body.insert("labels".into(), self.some_of(&LABELS).into());
        }
        if self.often(25) {
            body.insert("associated_venues".into(), self.some_of(&VENUES).into());
        }
        if self.often(20) {
            body.insert("dob".into(), self.one_of(&DATES).into());
        }
        if self.often(20) {
            let ids = self.some_of(&PREFERENCES);
            let choices: Map<String, Value> = ids
                .into_iter()
                .map(|id| (id, self.often(50).into()))
                .collect();
            body.insert("marketing_preferences".into(), choices.into());
        }
        if self.often(10) {
            let address = json!({ "city": self.one_of(&TEXTS), "post_code": null });
            body.insert("company_address".into(), address);
        }
        if self.often(10) {
            let instants = [
                "2020-02-29 12:00:00",
                "2019-03-06T17:00:00.250+02:00",
                "soon",
            ];
            body.insert("created_date".into(), self.one_of(&instants).into());
        }
        if self.often(3) {
            body.insert("nonsense".into(), 1.into());
        }
        body.into()
    }

    /// The value of a filter, sometimes one that is refused.
    fn value(&mut self, name: &str) -> String {
        let list = |items: Vec<String>| {
            items
                .iter()
                .map(|item| encoded(item))
                .collect::<Vec<_>>()
                .join(",")
        };
        match name {
            "associated_venues" => list(self.some_of(&VENUES)),
            "labels" => list(self.some_of(&LABELS)),
            "opted_in" | "opted_out" => list(self.some_of(&PREFERENCES)),
            "email" => list(self.some_of(&["ada@example.com", "JOSÉ@example.com"])),
            "dob_month" => list(self.some_of(&["1", "2", "6", "12", "13"])),
            "sort" => list(self.some_of(&[
                "id",
                "-id",
                "email",
                "-first_name",
                "last_name",
                "company",
                "-notes",
                "created_date",
                "-last_updated",
                "dob",
                "labels",
            ])),
            "limit" => self.one_of(&["1", "2", "7", "30", "31"]).to_owned(),
            "page" => self
                .one_of(&["1", "2", "3", "40", "0", "4294967295"])
                .to_owned(),
            "query" | "full_name" => {
                let texts: Vec<&str> = TEXTS
                    .into_iter()
                    .chain(["an", "ü", "7946", "- -", "o b"])
                    .collect();
                encoded(self.one_of(&texts))
            }
            _ => self.one_of(&DATES).to_owned(),
        }
    }

    fn query(&mut self) -> String {
        let mut parameters: Vec<String> = Vec::new();
        for field in FILTERS {
            if self.often(8) || matches!(field.name, "sort" | "page") && self.often(30) {
                let value = self.value(field.name);
                parameters.push(format!("{}={value}", field.name));
                if !field.requires.is_empty() {
                    parameters.push(format!("{}={}", field.requires, self.one_of(&PREFERENCES)));
                }
            }
        }
        // A repeated parameter is refused: that should happen, but not most of the time.
        if !self.often(5) {
            parameters.sort();
            parameters.dedup_by(|a, b| a.split('=').next() == b.split('=').next());
        }
        parameters.join("&")
    }

    fn path(&mut self) -> String {
        let id = if self.ids.is_empty() || self.often(5) {
            self.one_of(&["none", "%2e%2e", "%FF", "a%20b"]).to_owned()
        } else {
            let ids = self.ids.clone();
            self.one_of(&ids)
        };
        format!("/api/customers/{id}")
    }

    fn operation(&mut self) -> Operation {
        let list = "/api/customers";
        let (method, path) = match self.random.u32(0..100) {
            0..50 => ("GET", list.to_owned()),
            50..65 => ("POST", list.to_owned()),
            65..75 => ("GET", self.path()),
            75..90 => ("PUT", self.path()),
            90..98 => ("DELETE", self.path()),
            98 => ("PATCH", self.path()),
            _ => ("GET", "/api/venues".to_owned()),
        };
        let query = if path == list && method == "GET" {
            self.query()
        } else {
            String::new()
        };
        let body = match method {
            "POST" | "PUT" if self.often(3) => self
                .one_of(&["{", "[]", r#"{"notes":1,"notes":2}"#])
                .to_owned(),
            "POST" | "PUT" => self.body().to_string(),
            _ => String::new(),
        };
        let fault = if self.often(10) {
            self.one_of(&FAULTS)
        } else {
            ""
        };
        Operation {
            method,
            path,
            query,
            body,
            fault,
        }
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .fold(String::new(), |text, byte| format!("{text}%{byte:02X}"))
}

fn service<S: Store>(store: S) -> Service<S> {
    Service::new(store, "sandbox", QUOTA, Rng::with_seed(DICE))
}

fn ask<S: Store>(
    service: &mut Service<S>,
    operation: &Operation,
    host: &str,
    now: Instant,
) -> Answer {
    let request = Request {
        method: operation.method,
        path: &operation.path,
        query: &operation.query,
        authorization: "Bearer sandbox",
        content_type: "application/json",
        host,
        fault: operation.fault,
        body: operation.body.as_bytes(),
        ..Request::default()
    };
    match service.receive(&request) {
        Ok(plan) => service.answer(&request, &plan, now),
        Err(answer) => answer,
    }
}

#[test]
fn all_stores_and_the_server_give_the_same_bytes() {
    let seeds = || seed::customers(CUSTOMERS).map(Record::new);
    let mut memory = service(seeds().collect::<Memory>());
    let mut sqlite = service(Sqlite::open(None, seeds()).unwrap());
    let (seed, dice) = (CUSTOMERS.to_string(), DICE.to_string());
    let quota = QUOTA.to_string();
    let server = Server::start(&[
        "--seed",
        &seed,
        "--dice",
        &dice,
        "--now",
        NOW.0,
        "--rate-limit",
        &quota,
        "--quiet",
    ]);
    let mut maker = Maker {
        random: Rng::with_seed(5),
        ids: seed::customers(CUSTOMERS)
            .map(|customer| json::text(json::get(&customer, "id").unwrap()).unwrap())
            .collect(),
    };
    let mut statuses = BTreeMap::new();
    let mut endings = BTreeMap::new();
    for number in 0..OPERATIONS {
        let operation = maker.operation();
        let one = ask(&mut memory, &operation, server.host(), NOW.1);
        let other = ask(&mut sqlite, &operation, server.host(), NOW.1);
        let told = || {
            format!(
                "{number}: {} {}?{} {} {}",
                operation.method, operation.path, operation.query, operation.body, operation.fault
            )
        };
        assert_eq!(one, other, "{}", told());
        *statuses.entry((operation.method, one.status)).or_insert(0) += 1;

        let path = match operation.query.as_str() {
            "" => operation.path.clone(),
            query => format!("{}?{query}", operation.path),
        };
        let fault = [("x-sandbox-fault", operation.fault)];
        let fault = if operation.fault.is_empty() {
            &[]
        } else {
            &fault[..]
        };
        let answer = server.try_call(operation.method, &path, fault, &operation.body);
        *endings.entry(format!("{:?}", one.ending)).or_insert(0) += 1;
        if one.ending == Ending::Whole {
            compare(&one, &answer.unwrap(), &told());
        } else {
            // Cut off, or lost.
            assert!(answer.is_err(), "{}", told());
        }
        if one.ending == Ending::Reset {
            continue;
        }

        let id = |body: &str| json::text(json::get(json::get(body, "customer")?, "id")?);
        match (operation.method, one.status) {
            ("POST", 201) => maker.ids.extend(id(&one.body)),
            ("DELETE", 204) => maker
                .ids
                .retain(|id| !operation.path.ends_with(id.as_str())),
            _ => {}
        }
    }
    // If all operations were refused, the test would show nothing.
    for wanted in [
        ("GET", 200),
        ("GET", 404),
        ("GET", 422),
        ("POST", 201),
        ("POST", 422),
        ("POST", 400),
        ("PUT", 200),
        ("PUT", 422),
        ("DELETE", 204),
        ("DELETE", 404),
        ("PATCH", 405),
        ("GET", 429),
        ("GET", 302),
        ("GET", 502),
        ("GET", 503),
    ] {
        assert!(
            statuses.get(&wanted).is_some_and(|count| *count >= 10),
            "{wanted:?}: {statuses:?}"
        );
    }
    assert!(endings["Reset"] >= 10 && endings.len() > 3, "{endings:?}");
}

/// Compares the response of the service with that of the server.
fn compare(one: &Answer, other: &crate::server::Answer, told: &str) {
    assert_eq!(other.status, one.status, "{told}");
    assert_eq!(other.body, one.body, "{told}");
    for (name, _) in one.headers() {
        assert_eq!(Some(other.header(name)), one.header(name), "{told}");
    }
}

#[test]
fn the_stores_are_alike_while_time_passes_and_with_random_faults() {
    let seeds = || seed::customers(CUSTOMERS).map(Record::new);
    let mut memory = service(seeds().collect::<Memory>());
    let mut sqlite = service(Sqlite::open(None, seeds()).unwrap());
    memory.quota = Quota::new(20);
    sqlite.quota = Quota::new(20);
    memory.draw(100, "").unwrap();
    sqlite.draw(100, "").unwrap();
    let mut maker = Maker {
        random: Rng::with_seed(6),
        ids: Vec::new(),
    };
    let (mut now, mut refused, mut hours) = (NOW.1, 0, 0);
    for number in 0..2000 {
        now += Instant::from(maker.random.u32(0..240_000));
        let operation = maker.operation();
        let one = ask(&mut memory, &operation, "localhost", now);
        let other = ask(&mut sqlite, &operation, "localhost", now);
        assert_eq!(one, other, "{number}: {}", operation.path);
        let remaining = one.header("x-ratelimit-remaining");
        refused += u32::from(one.status == 429 && remaining == Some("0"));
        hours += u32::from(remaining == Some("19"));
        let id = json::get(&one.body, "customer").and_then(|customer| json::get(customer, "id"));
        maker.ids.extend(id.and_then(json::text));
    }
    assert!(refused > 100 && hours > 20, "{refused} {hours}");
}
