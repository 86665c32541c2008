//! Bodies: the bytes that came, checked by the rules that the client checks with.

use collins_customers::contract::Code;
use collins_customers::rules::issue::Sentence;
use collins_customers::rules::json::{Scanner, repeated_keys};
use collins_customers::rules::source::Value;
use collins_customers::rules::{self, Issue, Segment};

use crate::refusal::{Refusal, issue};
use crate::scope::Scope;

/// As the service says it.
const NO_OBJECT: &str = "The body must be a JSON object";

/// A body that may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What is sent in place of the bytes that came: the same with the scope's lists.
    pub written: Option<String>,
    /// Whether it is out of contract and passes all the same.
    pub is_loose: bool,
}

/// Checks the body of a create. Lists of the scope that it does not name are added.
///
/// # Errors
/// Why it is not sent.
pub fn check_new(body: &[u8], scope: &Scope, is_lenient: bool) -> Result<Checked, Refusal> {
    if scope.is_empty() {
        return Err(Refusal::Forbidden);
    }
    let (text, is_loose) = check(body, rules::new_customer, scope, is_lenient)?;
    refuse(scope.check_new(text).map_err(|_| no_object())?)?;
    let members = scope.absent_from(text).map_err(|_| no_object())?;
    if members.is_empty() {
        return Ok(Checked {
            written: None,
            is_loose,
        });
    }
    let written = with_members(text, &members).ok_or_else(no_object)?;
    // What is sent is what was checked, in this case too.
    check(written.as_bytes(), rules::new_customer, scope, is_lenient)?;
    Ok(Checked {
        written: Some(written),
        is_loose,
    })
}

/// Checks the body of an update to the customer of this id. What the scope says of it needs the record:
/// [`Scope::check_update`].
///
/// # Errors
/// Why it is not sent.
pub fn check_update(
    body: &[u8],
    id: &str,
    scope: &Scope,
    is_lenient: bool,
) -> Result<Checked, Refusal> {
    let (text, is_loose) = check(body, rules::customer_update, scope, is_lenient)?;
    if names_other(text, id) {
        // The service might write to the customer that the body names.
        return Err(Refusal::Invalid(vec![issue(
            vec![Segment::Name("id".into())],
            Sentence::NoId.row(),
        )]));
    }
    Ok(Checked {
        written: None,
        is_loose,
    })
}

fn no_object() -> Refusal {
    Refusal::Unreadable(NO_OBJECT)
}

fn refuse(issues: Vec<Issue>) -> Result<(), Refusal> {
    if issues.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(issues))
    }
}

/// The text of a body, and whether it has issues that may pass.
fn check<'b>(
    body: &'b [u8],
    rules: fn(&str) -> Vec<Issue>,
    scope: &Scope,
    is_lenient: bool,
) -> Result<(&'b str, bool), Refusal> {
    let text = str::from_utf8(body).map_err(|_| no_object())?;
    let issues = rules(text);
    // An issue of the body as a whole has no field to stand under.
    if issues.iter().any(|issue| issue.path.is_empty()) {
        return Err(no_object());
    }
    if !is_lenient {
        refuse(issues.clone())?;
    }
    // Of two parsers one takes the first, another the last: what was checked would not be what is written.
    refuse(repeated_keys(text))?;
    let is_loose = !issues.is_empty();
    let binding = issues.into_iter().filter(|issue| binds(issue, scope));
    refuse(binding.collect())?;
    Ok((text, is_loose))
}

/// Whether an issue counts however lenient the proxy is told to be: it is about whom the request reaches, or
/// about what another reader may take for a field of the scope.
fn binds(issue: &Issue, scope: &Scope) -> bool {
    let Some(Segment::Name(name)) = issue.path.first() else {
        return true;
    };
    name == "id"
        || scope.forces(name)
        || matches!(issue.code, Code::UnknownField) && (scope.is_narrow() || !is_plain(name))
}

/// Whether a name is one to every reader: PHP reads `a.b`, `a[b]` and `a b` as others, and a leading `_` as
/// its own (`_method`).
#[must_use]
pub fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether an update names another customer than the one it is sent to.
fn names_other(text: &str, id: &str) -> bool {
    let mut scanner = Scanner::new(text);
    let mut first = true;
    let Ok(Value::Object) = scanner.value() else {
        return true;
    };
    while let Ok(true) = scanner.key(&mut first) {
        let is_id = scanner.last().is("id");
        match scanner.value() {
            Ok(Value::Text) if is_id => return !scanner.last().is(id),
            Ok(value) if !is_id && scanner.skip(value).is_ok() => {}
            _ => return true,
        }
    }
    false
}

/// Puts members, each with a comma behind it, at the beginning of an object.
fn with_members(text: &str, members: &str) -> Option<String> {
    let rest = text.trim_start_matches([' ', '\t', '\n', '\r']);
    let rest = rest.strip_prefix('{')?;
    let is_empty = rest
        .trim_start_matches([' ', '\t', '\n', '\r'])
        .starts_with('}');
    let mut written = String::with_capacity(text.len() + members.len());
    written.push('{');
    written.push_str(if is_empty {
        members.strip_suffix(',')?
    } else {
        members
    });
    written.push_str(rest);
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn bodies_that_are_no_json_object_are_unreadable() {
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
    fn a_lenient_check_lets_pass_what_harms_nobody() {
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
    fn lists_of_the_scope_are_added_to_the_text_that_came() {
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
        /// Whatever a tenant sends, what the service gets has one list of venues, and all of it is the tenant's.
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
}
