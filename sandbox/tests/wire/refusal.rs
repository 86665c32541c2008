//! Refusals and their messages.

use serde_json::{Value, json};

use crate::server::{Answer, Server};

const AUTHORIZED: (&str, &str) = ("authorization", "Bearer sandbox");

fn assert_answers(answer: &Answer, status: u16, body: &Value) {
    assert_eq!((answer.status, answer.json()), (status, body.clone()));
    assert_eq!(answer.header("content-type"), "application/json");
}

#[test]
fn a_missing_token_is_reported_before_anything_else() {
    let server = Server::start(&["--seed", "1", "--token", "first"]);
    let body = json!({ "error": "Unauthenticated." });
    for path in [
        "/api/customers?nonsense=1",
        "/api/customers/no-such-id",
        "/api/nothing",
        "/api",
    ] {
        for headers in [
            &[][..],
            &[("authorization", "Bearer sandbox")],
            &[("authorization", "Basic first")],
        ] {
            for method in ["GET", "POST", "PATCH"] {
                assert_answers(&server.send(method, path, headers, "").unwrap(), 401, &body);
            }
        }
    }
    let entered = server
        .send(
            "GET",
            "/api/customers",
            &[("authorization", "Bearer first")],
            "",
        )
        .unwrap();
    assert_eq!(entered.status, 200);
}

#[test]
fn a_token_without_rights_is_forbidden() {
    let server = Server::with_customers(1);
    let headers = [("authorization", "Bearer sandbox-forbidden")];
    let answer = server.send("GET", "/api/customers", &headers, "").unwrap();
    assert_answers(
        &answer,
        403,
        &json!({ "message": "This action is unauthorized." }),
    );
}

#[test]
fn missing_resources_are_not_found() {
    let server = Server::with_customers(1);
    let body = json!({ "message": "The requested resource was not found" });
    assert_answers(&server.read("5c7d9e000000000000000000"), 404, &body);
    assert_answers(&server.delete("5c7d9e000000000000000000"), 404, &body);
    assert_answers(
        &server.update("5c7d9e000000000000000000", &json!({})),
        404,
        &body,
    );
    for path in [
        "/api",
        "/api/venues",
        "/api/",
        "/api/customers/a/b",
        "/scenario/s/ok/api/venues",
    ] {
        assert_answers(&server.get(path), 404, &body);
    }
    assert_eq!(
        server
            .try_call("PATCH", "/api/customers", &[], "")
            .unwrap()
            .status,
        405
    );
}

#[test]
fn an_invalid_id_belongs_to_nobody() {
    let server = Server::with_customers(1);
    for id in [
        "a%2Fb",
        "a%5Cb",
        "a%3Fb",
        "a%23b",
        "a%25b",
        "a%0Ab",
        "%2e%2e",
        "%FF",
        "%",
        "%ZZ",
        "%ED%A0%BD",
    ] {
        for method in ["GET", "PUT", "DELETE"] {
            let body = if method == "PUT" { "{}" } else { "" };
            let answer = server
                .try_call(method, &format!("/api/customers/{id}"), &[], body)
                .unwrap();
            let missing = json!({ "message": "The requested resource was not found" });
            assert_answers(&answer, 404, &missing);
        }
    }
    assert_eq!(server.list("").customers().len(), 1);
}

#[test]
fn a_body_that_breaks_rules_is_answered_with_every_issue() {
    let server = Server::with_customers(0);
    let answer = server.create(&json!({
        "email": "nobody", "firstname": "Ada", "company_address": { "post_code": "12345678901" },
        "labels": ["VIP", 3], "bookings": [],
    }));
    assert_eq!(answer.status, 422);
    let body = answer.json();
    assert_eq!(body["message"], "The given data was invalid.");
    let errors = body["errors"].as_object().unwrap();
    let mut keys: Vec<&str> = errors.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "bookings",
            "company_address.post_code",
            "email",
            "firstname",
            "labels.1"
        ]
    );
    assert!(errors.values().all(|sentences| sentences[0].is_string()));
    assert!(server.list("").ids().is_empty());

    let at_the_limit = json!({ "company_address": { "post_code": "1234567890" } });
    let id = server.created(&at_the_limit);
    let past_it = json!({ "company_address": { "post_code": "12345678901" } });
    assert_eq!(server.update(&id, &past_it).status, 422);
    assert_eq!(
        server.read(&id).customer()["company_address"],
        at_the_limit["company_address"]
    );
}

#[test]
fn a_body_that_is_not_a_json_object_cannot_be_read() {
    let server = Server::with_customers(0);
    let json = [
        AUTHORIZED,
        ("content-type", "application/json; charset=utf-8"),
    ];
    for body in ["{", "[]", "null", "\"text\"", &"[".repeat(100_000)] {
        let answer = server.send("POST", "/api/customers", &json, body).unwrap();
        assert_answers(
            &answer,
            400,
            &json!({ "message": "The body must be a JSON object" }),
        );
    }
    let form = [
        AUTHORIZED,
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    assert_eq!(
        server
            .send("POST", "/api/customers", &form, "{}")
            .unwrap()
            .status,
        415
    );
    assert_eq!(
        server
            .send("POST", "/api/customers", &[AUTHORIZED], "")
            .unwrap()
            .status,
        415
    );
    let long = format!(r#"{{"notes":"{}"}}"#, "a".repeat(1 << 20));
    assert_eq!(
        server
            .send("POST", "/api/customers", &json, &long)
            .unwrap()
            .status,
        413
    );
}

#[test]
fn a_body_with_a_repeated_field_cannot_be_read() {
    let server = Server::with_customers(0);
    let id = server.created(&json!({ "notes": "old" }));
    for body in [
        r#"{"notes":"a","notes":"a"}"#,
        r#"{"notes":"a","\u006eotes":"b"}"#,
        r#"{"nonsense":1,"nonsense":1}"#,
        r#"{"company_address":{"city":"Leeds","city":"York"}}"#,
        r#"{"marketing_preferences":{"a":true,"a":false}}"#,
    ] {
        let path = format!("/api/customers/{id}");
        for (method, path) in [("POST", "/api/customers"), ("PUT", &path)] {
            let answer = server.try_call(method, path, &[], body).unwrap();
            let repeated = json!({ "message": "The body names a field more than once" });
            assert_answers(&answer, 400, &repeated);
        }
    }
    assert_eq!(server.read(&id).customer()["notes"], "old");
}

#[test]
fn an_unknown_method_is_refused_with_the_list_of_known_ones() {
    let server = Server::with_customers(0);
    for (path, methods) in [
        ("/api/customers", "GET, HEAD, POST"),
        ("/api/customers/a", "GET, HEAD, PUT, DELETE"),
    ] {
        let answer = server.try_call("PATCH", path, &[], "").unwrap();
        assert_eq!((answer.status, answer.header("allow")), (405, methods));
    }
}

#[test]
fn a_query_that_breaks_rules_is_refused_under_its_parameter() {
    let server = Server::with_customers(1);
    for (query, key) in [
        ("limit=31", "limit"),
        ("labels=", "labels"),
        ("nonsense=1", "nonsense"),
        ("created_date=2023-02-29", "created_date"),
        (
            "booking_date_from=2024-02-02&booking_date_to=2024-02-01",
            "booking_date_from",
        ),
        ("opted_in_date=2024-02-02", "opted_in_date"),
        ("dob_month=1,13", "dob_month.1"),
    ] {
        let answer = server.list(query);
        assert_eq!(answer.status, 422, "{query}");
        assert!(
            answer.json()["errors"][key][0].is_string(),
            "{query}: {}",
            answer.body
        );
    }
}

#[test]
fn the_quota_is_reported_and_enforced() {
    let server = Server::start(&["--seed", "1", "--rate-limit", "2"]);
    // A request without a token does not count.
    let stranger = server.send("GET", "/api/customers", &[], "").unwrap();
    assert_eq!(
        (stranger.status, stranger.header("x-ratelimit-limit")),
        (401, "")
    );

    let first = server.list("");
    assert_eq!(
        (first.status, first.header("x-ratelimit-remaining")),
        (200, "1")
    );
    let reset = first.header("x-ratelimit-reset");
    assert!(
        reset.len() == 20 && reset.ends_with('Z') && reset.as_bytes()[10] == b'T',
        "{reset}"
    );
    let second = server.read("no-such-id");
    assert_eq!(
        (second.status, second.header("x-ratelimit-remaining")),
        (404, "0")
    );
    let third = server.list("");
    assert_answers(&third, 429, &json!({ "message": "Too Many Attempts." }));
    assert_eq!(third.header("x-ratelimit-limit"), "2");
    assert_eq!(third.header("x-ratelimit-remaining"), "0");
    assert_eq!(third.header("x-ratelimit-reset"), reset);
}
#[test]
fn half_a_character_is_reported_wherever_it_is() {
    let server = Server::with_customers(0);
    for (body, key) in [
        (r#"{"notes":"a\ud83d"}"#, "notes"),
        (r#"{"labels":["a","\ude00"]}"#, "labels.1"),
        (r#"{"nonsense":"\ud83d"}"#, "nonsense"),
        (
            r#"{"company_address":{"city":"\ud83dx"}}"#,
            "company_address.city",
        ),
    ] {
        let answer = server
            .try_call("POST", "/api/customers", &[], body)
            .unwrap();
        assert_eq!(answer.status, 422, "{body}");
        assert!(
            answer.json()["errors"][key][0].is_string(),
            "{}",
            answer.body
        );
    }
    assert!(server.list("").ids().is_empty());
}
