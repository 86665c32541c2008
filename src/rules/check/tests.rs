use super::*;
use crate::contract::{Code, MAX_ISSUES, UPDATE_ONLY};
use crate::rules::issue::{Params, Segment};
use crate::rules::json;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

type Validate = fn(&str) -> Vec<Issue>;

/// The dotted path and the code of each issue.
fn found(validate: Validate, value: &Json) -> Vec<(String, &'static str)> {
    issues_of(&validate(&value.to_string()))
}

fn issues_of(issues: &[Issue]) -> Vec<(String, &'static str)> {
    let dotted = |issue: &Issue| {
        let parts: Vec<String> = issue
            .path
            .iter()
            .map(|segment| match segment {
                Segment::Name(name) => name.clone(),
                Segment::Index(index) => index.to_string(),
            })
            .collect();
        parts.join(".")
    };
    issues
        .iter()
        .map(|issue| (dotted(issue), issue.code.as_str()))
        .collect()
}

fn one(path: &str, code: &'static str) -> Vec<(String, &'static str)> {
    vec![(path.into(), code)]
}

fn rows(fields: &[Field], prefix: &str) -> Vec<(String, u32)> {
    fields
        .iter()
        .filter_map(|field| match field.kind {
            Kind::Text { max } | Kind::Scalar { max } => {
                Some((format!("{prefix}{}", field.name), max))
            }
            _ => None,
        })
        .collect()
}

fn body(path: &str, value: &Json) -> Json {
    match path.split_once('.') {
        Some((outer, inner)) => json!({outer: {inner: value}}),
        None => json!({path: value}),
    }
}

#[test]
fn every_text_ends_at_its_limit() {
    let mut limits = rows(NEW_CUSTOMER, "");
    limits.extend(rows(COMPANY_ADDRESS, "company_address."));
    let documented: Vec<_> = limits
        .iter()
        .map(|(path, max)| (path.as_str(), *max))
        .collect();
    assert_eq!(
        documented,
        [
            ("first_name", 255),
            ("last_name", 255),
            ("company", 255),
            ("phone", 20),
            ("custom_field_value", 255),
            ("notes", 1000),
            ("company_address.street", 255),
            ("company_address.city", 50),
            ("company_address.post_code", 10),
        ]
    );
    for (path, max) in &limits {
        for character in ["a", "\u{e9}", "\u{1f600}", "\u{301}", "\n", "\"", "\u{0}"] {
            let text = |length: u32| Json::from(character.repeat(length as usize));
            for validate in [new_customer as Validate, customer_update] {
                assert_eq!(found(validate, &body(path, &text(*max))), [], "{path}");
                let issues = validate(&body(path, &text(max + 1)).to_string());
                assert_eq!(issues.len(), 1, "{path}");
                assert_eq!(
                    issues[0].params,
                    Params::Length {
                        max: *max,
                        actual: max + 1
                    }
                );
                assert_eq!(issues_of(&issues), one(path, "too_long"));
            }
        }
    }
}

#[test]
fn halves_of_surrogate_pairs_count_as_one_each_and_are_refused() {
    let name = |length| format!(r#"{{"first_name":"{}"}}"#, r"\ud83d".repeat(length));
    assert_eq!(
        issues_of(&new_customer(&name(255))),
        one("first_name", "invalid_text")
    );
    assert_eq!(
        new_customer(&name(256))[0].params,
        Params::Length {
            max: 255,
            actual: 256
        }
    );
}

#[test]
fn an_email_ends_at_its_limit() {
    let email = |length: usize| {
        let label = "b".repeat(60);
        let begin = format!("@{label}.{label}.{label}.com");
        json!({"email": "a".repeat(length - begin.len()) + &begin})
    };
    assert_eq!(found(new_customer, &email(251)), []);
    assert_eq!(found(new_customer, &email(255)), []);
    assert_eq!(found(new_customer, &email(256)), one("email", "too_long"));
}

#[test]
fn white_space_around_an_email_has_its_own_sentence() {
    let message = |email: &str| {
        let issues = new_customer(&json!({ "email": email }).to_string());
        assert_eq!(
            issues_of(&issues),
            one("email", "invalid_email"),
            "{email:?}"
        );
        issues[0].message.clone()
    };
    for email in [
        "ada@example.com ",
        " ada@example.com",
        "ada@example.com\r\n",
        "\tada@",
        " ",
    ] {
        let expected = "Must not begin or end with white space";
        assert_eq!(message(email), expected, "{email:?}");
    }
    for email in ["ada@example .com", "ada @example.com", ""] {
        assert_eq!(message(email), "Must be an email address", "{email:?}");
    }
}

#[test]
fn a_whole_customer_is_valid() {
    let customer = json!({
        "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace", "company": "Engines",
        "phone": "+44 20 7946 0000", "company_address": {"street": "1 Dorset", "city": "London", "post_code": "W1"},
        "dob": "1815-12-10", "custom_field_value": 7, "associated_venues": ["a"],
        "marketing_preference_ids": ["b"], "marketing_preferences": {"c": false}, "labels": ["VIP, regular"], "notes": "",
    });
    assert_eq!(found(new_customer, &customer), []);
    assert_eq!(found(new_customer, &json!({})), []);
    assert_eq!(found(customer_update, &customer), []);
}

#[test]
fn values_of_another_type_are_refused() {
    for (value, path) in [
        (json!({"email": 1}), "email"),
        (json!({"first_name": true}), "first_name"),
        (json!({"phone": 442_079_460_000_u64}), "phone"),
        (json!({"company_address": "London"}), "company_address"),
        (
            json!({"company_address": {"city": []}}),
            "company_address.city",
        ),
        (json!({"dob": 18_151_210}), "dob"),
        (json!({"custom_field_value": {}}), "custom_field_value"),
        (json!({"associated_venues": "a"}), "associated_venues"),
        (json!({"associated_venues": [1]}), "associated_venues.0"),
        (
            json!({"marketing_preference_ids": {"a": true}}),
            "marketing_preference_ids",
        ),
        (
            json!({"marketing_preferences": "a"}),
            "marketing_preferences",
        ),
        (
            json!({"marketing_preferences": {"a": "yes"}}),
            "marketing_preferences.a",
        ),
        (
            json!({"marketing_preferences": {"a": null}}),
            "marketing_preferences.a",
        ),
        (json!({"labels": ["a", null]}), "labels.1"),
        (json!({"labels": [["a"]]}), "labels.0"),
        (json!([]), ""),
        (json!("text"), ""),
        (json!(null), ""),
    ] {
        assert_eq!(
            found(new_customer, &value),
            one(path, "invalid_type"),
            "{value}"
        );
        assert_eq!(
            found(customer_update, &value),
            one(path, "invalid_type"),
            "{value}"
        );
    }
}

#[test]
fn an_update_accepts_preferences_as_they_were_read() {
    let as_read = json!({"marketing_preferences": [
        {"id": "a", "opt_in_date": "2019-03-06 17:00:00", "opt_out_date": null, "opted_in": true},
        {"opted_in": false, "id": "b"},
    ]});
    assert_eq!(found(customer_update, &as_read), []);
    assert_eq!(
        found(customer_update, &json!({"marketing_preferences": []})),
        []
    );
    assert_eq!(
        found(new_customer, &as_read),
        one("marketing_preferences", "invalid_type")
    );
    for (entry, code) in [
        (json!("a"), "invalid_type"),
        (json!(null), "invalid_type"),
        (json!([]), "invalid_type"),
        (json!({}), "invalid_type"),
        (json!({"id": "a"}), "invalid_type"),
        (json!({"opted_in": true}), "invalid_type"),
        (json!({"id": "", "opted_in": true}), "empty"),
        (json!({"id": 1, "opted_in": true}), "invalid_type"),
        (json!({"id": "a", "opted_in": "1"}), "invalid_type"),
        (json!({"id": "a", "opted_in": null}), "invalid_type"),
        (
            json!({"id": "a", "opted_in": true, "since": []}),
            "invalid_type",
        ),
        (
            json!({"id": "a", "opted_in": true, "since": {"a": {}}}),
            "invalid_type",
        ),
    ] {
        let update =
            json!({"marketing_preferences": [{"id": "a", "opted_in": true}, entry], "x": 1});
        assert_eq!(
            found(customer_update, &update),
            [
                one("marketing_preferences.1", code),
                one("x", "unknown_field")
            ]
            .concat(),
            "{update}"
        );
    }
}

#[test]
fn null_clears_in_an_update_and_is_refused_in_a_create() {
    for field in NEW_CUSTOMER
        .iter()
        .chain(UPDATE_ONLY)
        .filter(|field| field.name != "id")
    {
        assert_eq!(
            found(customer_update, &json!({field.name: null})),
            [],
            "{}",
            field.name
        );
    }
    for field in NEW_CUSTOMER {
        assert_eq!(
            found(new_customer, &json!({field.name: null})),
            one(field.name, "invalid_type")
        );
    }
    assert_eq!(
        found(customer_update, &json!({"company_address": {"city": null}})),
        []
    );
    assert_eq!(
        found(customer_update, &json!({"id": null})),
        one("id", "invalid_type")
    );
}

#[test]
fn dates_are_real_dates() {
    for date in [
        "2000-02-29",
        "2024-02-29",
        "1995-01-13",
        "0001-01-01",
        "9999-12-31",
    ] {
        assert_eq!(found(new_customer, &json!({"dob": date})), [], "{date}");
    }
    for date in [
        "1900-02-29",
        "2023-02-29",
        "2023-13-01",
        "2023-00-10",
        "2023-04-31",
        "2023-2-3",
        "2023-02-00",
        "20230203",
        "2023-02-03T00:00:00",
        "2023-02-03 ",
        "",
        "13/01/1995",
        "\u{9e8}\u{9e6}\u{9e8}\u{9e9}-\u{9e6}\u{9e8}-\u{9e6}\u{9e9}",
    ] {
        assert_eq!(
            found(new_customer, &json!({"dob": date})),
            one("dob", "invalid_date"),
            "{date}"
        );
    }
    for date_time in ["2019-03-06 17:00:00", "2019-03-06T17:00:00Z"] {
        assert_eq!(
            found(customer_update, &json!({"created_date": date_time})),
            [],
            "{date_time}"
        );
    }
    for date_time in [
        "2019-03-06",
        "2019-02-29 17:00:00",
        "2019-03-06 25:00:00",
        "yesterday",
    ] {
        let update = json!({"last_updated": date_time});
        assert_eq!(
            found(customer_update, &update),
            one("last_updated", "invalid_date"),
            "{date_time}"
        );
    }
}

#[test]
fn ids_are_not_empty_and_cannot_lead_to_another_url() {
    assert_eq!(
        found(new_customer, &json!({"associated_venues": ["a", ""]})),
        one("associated_venues.1", "empty")
    );
    assert_eq!(found(new_customer, &json!({"labels": []})), []);
    assert_eq!(
        found(customer_update, &json!({"id": ".."})),
        one("id", "invalid_id")
    );
    assert_eq!(found(customer_update, &json!({"id": "5c7d9e"})), []);
}

#[test]
fn unknown_fields_are_refused_with_the_nearest_name() {
    for (name, suggestion) in [
        ("firstname", Some("first_name")),
        ("firstName", Some("first_name")),
        ("FIRST-NAME", Some("first_name")),
        ("frist_name", Some("first_name")),
        ("emial", Some("email")),
        ("e-mail", Some("email")),
        ("note", Some("notes")),
        ("lables", Some("labels")),
        ("postcode", None),
        ("loyalty_points", None),
        ("x", None),
        ("", None),
    ] {
        let issues = new_customer(&json!({name: "a"}).to_string());
        assert_eq!(issues[0].code, Code::UnknownField, "{name}");
        let expected = suggestion.map_or(Params::None, Params::Suggestion);
        assert_eq!(issues[0].params, expected, "{name}");
    }
    let address = new_customer(&json!({"company_address": {"postcode": "W1"}}).to_string());
    assert_eq!(address[0].params, Params::Suggestion("post_code"));
    assert_eq!(
        issues_of(&address),
        one("company_address.postcode", "unknown_field")
    );
    assert_eq!(
        found(new_customer, &json!({"id": "a"})),
        one("id", "unknown_field")
    );
    assert_eq!(
        found(customer_update, &json!({"bookings": []})),
        one("bookings", "unknown_field")
    );
}

#[test]
fn an_escaped_key_is_the_key_it_stands_for() {
    assert_eq!(
        issues_of(&new_customer(r#"{"\u0065mail":1}"#)),
        one("email", "invalid_type")
    );
}

#[test]
fn all_issues_come_at_once_in_the_order_of_the_text() {
    let value = r#"{"phone":"123456789012345678901","emial":"x","email":"no","company_address":{"city":1,"post_code":"12345678901"},"dob":"x"}"#;
    assert_eq!(
        issues_of(&new_customer(value)),
        [
            ("phone".into(), "too_long"),
            ("emial".into(), "unknown_field"),
            ("email".into(), "invalid_email"),
            ("company_address.city".into(), "invalid_type"),
            ("company_address.post_code".into(), "too_long"),
            ("dob".into(), "invalid_date"),
        ]
    );
}

#[test]
fn text_that_is_not_json_is_one_issue() {
    for text in [
        "",
        "{",
        "{\"email\"}",
        "{} x",
        "{\"email\":\"a\",}",
        "\u{feff}{}",
    ] {
        assert_eq!(
            issues_of(&new_customer(text)),
            one("", "invalid_type"),
            "{text}"
        );
    }
}

#[test]
fn filters_are_checked_by_their_kind() {
    for (filter, path, code) in [
        (json!({"limit": 0}), "limit", "out_of_range"),
        (json!({"limit": 31}), "limit", "out_of_range"),
        (json!({"limit": -1}), "limit", "out_of_range"),
        (json!({"limit": 1.5}), "limit", "invalid_type"),
        (json!({"limit": 1e21}), "limit", "out_of_range"),
        (json!({"limit": "10"}), "limit", "invalid_type"),
        (json!({"limit": null}), "limit", "invalid_type"),
        (json!({"page": 0}), "page", "out_of_range"),
        (json!({"page": "0"}), "page", "out_of_range"),
        (json!({"page": "two"}), "page", "invalid_type"),
        (json!({"page": 4_294_967_296_u64}), "page", "out_of_range"),
        (
            json!({"page": 99_999_999_999_999_999_u64}),
            "page",
            "out_of_range",
        ),
        (json!({"dob_month": 0}), "dob_month", "out_of_range"),
        (json!({"dob_month": [1, 13]}), "dob_month.1", "out_of_range"),
        (json!({"dob_month": []}), "dob_month", "empty_list"),
        (json!({"dob_month": "May"}), "dob_month", "invalid_type"),
        (json!({"labels": []}), "labels", "empty_list"),
        (json!({"labels": "VIP"}), "labels", "invalid_type"),
        (json!({"labels": ["a,b"]}), "labels.0", "contains_comma"),
        (json!({"labels": ["a", ""]}), "labels.1", "empty"),
        (
            json!({"associated_venues": []}),
            "associated_venues",
            "empty_list",
        ),
        (
            json!({"email": ["a@example.com", "a"]}),
            "email.1",
            "invalid_email",
        ),
        (json!({"sort": []}), "sort", "empty_list"),
        (json!({"query": ""}), "query", "empty"),
        (json!({"full_name": null}), "full_name", "invalid_type"),
        (
            json!({"booking_date": "2023-02-29"}),
            "booking_date",
            "invalid_date",
        ),
        (
            json!({"opted_in_date": "2019-01-01"}),
            "opted_in_date",
            "requires",
        ),
        (
            json!({"opted_out_date_to": "2019-01-01", "opted_in": ["a"]}),
            "opted_out_date_to",
            "requires",
        ),
        (
            json!({"booking_date_from": "2019-01-02", "booking_date_to": "2019-01-01"}),
            "booking_date_from",
            "reversed_range",
        ),
        (json!({"label": ["a"]}), "label", "unknown_field"),
        (json!({"bookings": []}), "bookings", "unknown_field"),
        (json!([]), "", "invalid_type"),
    ] {
        assert_eq!(found(list_filter, &filter), one(path, code), "{filter}");
    }
    for filter in [
        json!({}),
        json!({"limit": 1}),
        json!({"limit": 30}),
        json!({"page": 1}),
        json!({"page": "2"}),
        json!({"page": 4_294_967_295_u64}),
        json!({"dob_month": 12}),
        json!({"dob_month": [1, 12]}),
        json!({"query": "Smith, John"}),
        json!({"booking_date_from": "2019-01-01", "booking_date_to": "2019-01-01"}),
        json!({"opted_in_date": "2019-01-01", "opted_in": ["a"]}),
    ] {
        assert_eq!(found(list_filter, &filter), [], "{filter}");
    }
}

#[test]
fn every_range_is_held_in_order() {
    let ranges: Vec<_> = FILTERS
        .iter()
        .filter(|field| !field.until.is_empty())
        .collect();
    assert_eq!(ranges.len(), 5);
    for field in ranges {
        let filter = json!({field.name: "2020-01-01", field.until: "2019-12-31", "opted_in": ["a"], "opted_out": ["b"]});
        assert_eq!(
            found(list_filter, &filter),
            one(field.name, "reversed_range")
        );
    }
}

#[test]
fn half_a_surrogate_pair_is_refused_wherever_a_text_is_sent() {
    for (body, path) in [
        (r#"{"notes":"a\ud83d"}"#, "notes"),
        (r#"{"notes":"\ude00\ud83d"}"#, "notes"),
        (r#"{"notes":"\ud83d\ud83d\ude00"}"#, "notes"),
        (r#"{"email":"ada\ud83d@example.com"}"#, "email"),
        (r#"{"dob":"2024-01-01\udfff"}"#, "dob"),
        (
            r#"{"company_address":{"city":"\ud800"}}"#,
            "company_address.city",
        ),
        (r#"{"labels":["VIP","\ud83d"]}"#, "labels.1"),
        (r#"{"associated_venues":["\uDBFF"]}"#, "associated_venues.0"),
        (r#"{"custom_field_value":"\udc00"}"#, "custom_field_value"),
        (
            r#"{"marketing_preferences":{"\ud83d":true}}"#,
            "marketing_preferences.\u{fffd}",
        ),
    ] {
        for validate in [new_customer as Validate, customer_update] {
            assert_eq!(
                issues_of(&validate(body)),
                one(path, "invalid_text"),
                "{body}"
            );
        }
    }
    assert_eq!(
        issues_of(&customer_update(r#"{"id":"5\udc00"}"#)),
        one("id", "invalid_text")
    );
    for filter in [r#"{"query":"\ud83d"}"#, r#"{"full_name":"\udc00 x"}"#] {
        assert_eq!(list_filter(filter)[0].code, Code::InvalidText, "{filter}");
    }
    for body in [
        r#"{"notes":"\ud83d\ude00"}"#,
        r#"{"notes":"\ud7ff\ue000"}"#,
        "{\"notes\":\"\u{1f600}\"}",
    ] {
        assert_eq!(new_customer(body), [], "{body}");
    }
}

#[test]
fn a_hundred_issues_are_listed_and_the_others_counted() {
    let body = |items: usize| json!({"labels": vec![1; items], "lables": 1});
    let listed = new_customer(&body(99).to_string());
    assert_eq!(listed.len(), MAX_ISSUES);
    assert_eq!(listed[99].code, Code::UnknownField);
    let listed = new_customer(&body(100).to_string());
    assert_eq!(listed.len(), MAX_ISSUES + 1);
    assert_eq!(listed[99].code, Code::InvalidType);
    assert_eq!(listed[100].params, Params::More(1));
    assert_eq!(listed[100].path, []);
    let listed = new_customer(&body(100_000).to_string());
    assert_eq!(listed.len(), MAX_ISSUES + 1);
    assert_eq!(listed[100].code, Code::MoreIssues);
    assert_eq!(listed[100].params, Params::More(99_901));
    assert_eq!(
        listed[100].message,
        "Issues that are not listed here: 99901"
    );
}

#[test]
fn a_body_ends_at_its_limit() {
    let body = |length: usize| {
        let ids = format!(r#"{{"labels":["{}"]}}"#, "a".repeat(length - 15));
        assert_eq!(ids.len(), length);
        ids
    };
    let max = MAX_BODY as usize;
    assert_eq!(new_customer(&body(max)), []);
    let issues = new_customer(&body(max + 1));
    assert_eq!(issues_of(&issues), one("", "too_large"));
    assert_eq!(issues[0].message, "Must have at most 1048576 bytes as JSON");
    assert_eq!(customer_update(&body(max + 1)), issues);
    // A query has no such limit here, but no text of it is as long.
    let filter = format!(r#"{{"query":"{}"}}"#, "a".repeat(max + 1));
    assert_eq!(issues_of(&list_filter(&filter)), one("query", "too_long"));
}

#[test]
fn nesting_is_refused_and_never_overflows() {
    let nested = |depth: usize| format!(r#"{{"x":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
    assert_eq!(
        issues_of(&new_customer(&nested(64))),
        one("x", "unknown_field")
    );
    for depth in [65, 10_000] {
        assert_eq!(
            issues_of(&new_customer(&nested(depth))),
            one("", "invalid_type")
        );
    }
    let message = format!(
        "Must be valid JSON, nested at most {} levels deep",
        json::MAX_DEPTH
    );
    assert_eq!(new_customer(&nested(65))[0].message, message);
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        for validate in [new_customer as Validate, customer_update, list_filter, customer_id] {
            let _ = validate(&text);
        }
    }

    #[test]
    fn no_message_holds_a_value(secret in "[a-z]{3}ZQ[0-9]{30}") {
        for field in NEW_CUSTOMER {
            for value in [json!(secret), json!([secret]), json!({"x": secret})] {
                for issue in new_customer(&json!({field.name: value}).to_string()) {
                    prop_assert!(!issue.message.contains(&secret));
                }
            }
        }
        for field in FILTERS {
            for issue in list_filter(&json!({field.name: secret}).to_string()) {
                prop_assert!(!issue.message.contains(&secret));
            }
        }
    }
}
