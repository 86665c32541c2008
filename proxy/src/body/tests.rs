use super::*;
use collins_customers::contract::MAX_ISSUES;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn scope(json: &str) -> Scope {
    Scope::read(json).unwrap()
}

fn everyone() -> Scope {
    Scope::default()
}

fn status(result: Result<Checked, Refusal>) -> u16 {
    result.map_or_else(|refusal| refusal.status(), |_| 200)
}

#[test]
fn bodies_that_are_not_json_objects_are_unreadable() {
    for body in [
        &b""[..],
        b" ",
        b"null",
        b"[]",
        b"\"text\"",
        b"1",
        b"{",
        b"{}{}",
        b"{} x",
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\0}\0",
        b"{\"notes\":\"\xff\"}",
        b"{\"notes\":\"\xed\xa0\x80\"}",
        b"{\"notes\":\"\0\"}",
        b"{'notes':'x'}",
        b"{\"notes\":1,}",
        b"{/**/}",
    ] {
        assert_eq!(status(check_new(body, &everyone(), false)), 400, "{body:?}");
        assert_eq!(status(check_new(body, &everyone(), true)), 400, "{body:?}");
        assert_eq!(
            status(check_update(body, "a", &everyone(), true)),
            400,
            "{body:?}"
        );
    }
}

#[test]
fn more_issues_than_are_listed_are_issues_of_fields() {
    for count in [MAX_ISSUES, MAX_ISSUES + 1] {
        let body = json!({ "labels": vec![1; count] }).to_string();
        let found = check_new(body.as_bytes(), &everyone(), false);
        assert_eq!(status(found), 422, "{count}");
        // Among those that are not listed may be one that counts even in a lenient check.
        let found = status(check_new(body.as_bytes(), &everyone(), true));
        assert_eq!(found, if count > MAX_ISSUES { 422 } else { 200 });
    }
}

#[test]
fn duplicate_keys_are_refused_wherever_they_are_and_however_lenient() {
    for body in [
        r#"{"email":"a@example.com","email":"b@example.com"}"#,
        r#"{"notes":"a","n\u006ftes":"b"}"#,
        r#"{"company_address":{"city":"a","city":"b"}}"#,
        r#"{"marketing_preferences":{"p":true,"p":false}}"#,
        r#"{"unknown":[{"a":{"b":1,"b":1}}]}"#,
    ] {
        for is_lenient in [false, true] {
            let found = status(check_new(body.as_bytes(), &everyone(), is_lenient));
            assert_eq!(found, 422, "{body}");
        }
    }
}

#[test]
fn a_lenient_check_allows_harmless_bodies() {
    for (body, everyone_may, tenant_may) in [
        (r#"{"email":"no address"}"#, true, true),
        (r#"{"notes":5}"#, true, true),
        (r#"{"loyalty":1}"#, true, false),
        (r#"{"_method":"DELETE"}"#, false, false),
        (r#"{"associated_venues.0":"z"}"#, false, false),
        (r#"{"associated_venues[]":"z"}"#, false, false),
        (r#"{" associated_venues":["z"]}"#, false, false),
        (r#"{"associated_venues":"z"}"#, true, false),
        (r#"{"associated_venues":{"0":"z"}}"#, true, false),
        (r#"{"associated_venues":["a",1]}"#, true, false),
    ] {
        let tenant = scope(r#"{"associated_venues":["a"]}"#);
        for (scope, may) in [(&everyone(), everyone_may), (&tenant, tenant_may)] {
            let strict = check_new(body.as_bytes(), scope, false);
            assert_eq!(status(strict), 422, "{body}");
            let lenient = check_new(body.as_bytes(), scope, true);
            assert_eq!(lenient.is_ok_and(|checked| checked.is_loose), may, "{body}");
        }
    }
}

#[test]
fn an_update_writes_to_the_customer_of_its_path() {
    for (body, expected) in [
        (r#"{"id":"a","notes":"x"}"#, 200),
        (r#"{"id":"\u0061"}"#, 200),
        (r#"{"notes":"x"}"#, 200),
        (r#"{"id":"b"}"#, 422),
        (r#"{"id":"A"}"#, 422),
        (r#"{"id":null}"#, 422),
        (r#"{"id":1}"#, 422),
        (r#"{"id":["a"]}"#, 422),
    ] {
        for is_lenient in [false, true] {
            let found = status(check_update(body.as_bytes(), "a", &everyone(), is_lenient));
            assert_eq!(found, expected, "{body} {is_lenient}");
        }
    }
}

#[test]
fn lists_of_the_scope_are_added_to_the_received_text() {
    let tenant = scope(r#"{"associated_venues":["a","b"]}"#);
    for (body, written) in [
        ("{}", r#"{"associated_venues":["a","b"]}"#),
        (" \n{ }", r#"{"associated_venues":["a","b"] }"#),
        (
            r#"{"notes":"\u00e9 {"}"#,
            r#"{"associated_venues":["a","b"],"notes":"\u00e9 {"}"#,
        ),
    ] {
        let checked = check_new(body.as_bytes(), &tenant, false).unwrap();
        assert_eq!(checked.written.as_deref(), Some(written), "{body}");
    }
    let given = check_new(br#"{"associated_venues":["b"]}"#, &tenant, false).unwrap();
    assert_eq!(given.written, None);
    let nobody = scope(r#"{"labels":[]}"#);
    assert_eq!(status(check_new(b"{}", &nobody, false)), 403);
}

fn member() -> impl Strategy<Value = (String, Json)> {
    let list = prop::collection::vec("[abz]", 0..3);
    prop_oneof![
        (
            Just("associated_venues".into()),
            list.prop_map(|list| json!(list))
        ),
        (Just("associated_venues".into()), Just(Json::Null)),
        (
            "(labels|notes|x|associated_venues\\[\\])",
            any::<bool>().prop_map(Json::from)
        ),
        (
            Just("notes".into()),
            "[a-z{}\", ]{0,6}".prop_map(Json::from)
        ),
    ]
}

proptest! {
    /// Whatever a tenant sends, the service gets one list of venues, and all of them are the tenant's.
    #[test]
    fn a_new_customer_is_in_scope(members in prop::collection::vec(member(), 0..4), is_lenient: bool) {
        let members: Vec<String> = members
            .iter()
            .map(|(name, value)| format!("{}:{value}", json!(name)))
            .collect();
        let body = format!("{{{}}}", members.join(","));
        let tenant = scope(r#"{"associated_venues":["a","b"]}"#);
        if let Ok(checked) = check_new(body.as_bytes(), &tenant, is_lenient) {
            let sent = checked.written.unwrap_or(body);
            prop_assert_eq!(sent.matches("\"associated_venues\"").count(), 1);
            let sent: Json = serde_json::from_str(&sent).unwrap();
            let venues = sent["associated_venues"].as_array().unwrap();
            prop_assert!(!venues.is_empty());
            prop_assert!(venues.iter().all(|venue| venue == "a" || venue == "b"));
        }
    }

    #[test]
    fn no_body_panics(body in prop::collection::vec(any::<u8>(), 0..60), is_lenient: bool) {
        let tenant = scope(r#"{"labels":["a"]}"#);
        let _ = check_new(&body, &tenant, is_lenient);
        let _ = check_update(&body, "a", &tenant, is_lenient);
    }
}
