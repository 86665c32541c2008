//! What an answer means.

use alloc::string::String;
use alloc::vec::Vec;

use crate::contract::Code;
use crate::error::ErrorKind;
use crate::json::{Malformed, Scanner, Text, Value, push_number, whole};
use crate::request::Operation;
use crate::validate::{Issue, Params, Segment};

/// How the headers of an answer are read: by name, in any case. `dyn`, so that what reads them is compiled
/// once.
pub type Header<'h> = &'h dyn Fn(&str) -> Option<String>;

/// The most of an error's body that is read, in bytes: a gateway may answer with anything.
pub const MAX_ERROR_BODY: u32 = 64 * 1024;

/// The issues of a 422, from `{"message", "errors": {"field": ["…"]}}` or the bare `{"field": ["…"]}`
/// \[assumed\], with dotted keys as paths. Empty where the body is neither.
#[must_use]
pub fn issues(body: &str) -> Vec<Issue> {
    let mut scanner = Scanner::new(body);
    let mut bare = Vec::new();
    let read = scanner.value().and_then(|value| match value {
        Value::Object => fields(&mut scanner, &mut bare),
        _ => Ok(None),
    });
    match read {
        Ok(Some(wrapped)) => wrapped,
        // A body that was cut off at the limit still says what came before.
        Ok(None) | Err(_) => bare,
    }
}

/// Reads the fields of a body into `bare`; what `errors` holds is handed back instead.
fn fields(scanner: &mut Scanner, bare: &mut Vec<Issue>) -> Result<Option<Vec<Issue>>, Malformed> {
    let mut first = true;
    while let Some(key) = scanner.key(&mut first)? {
        let value = scanner.value()?;
        match value {
            Value::Object if key.is("errors") => {
                let mut wrapped = Vec::new();
                let _ = fields(scanner, &mut wrapped);
                return Ok(Some(wrapped));
            }
            Value::Array => {
                let mut first = true;
                while scanner.item(&mut first)? {
                    let item = scanner.value()?;
                    match item {
                        Value::Text(message) => bare.push(rejected(key, message)),
                        other => scanner.skip(other)?,
                    }
                }
            }
            other => scanner.skip(other)?,
        }
    }
    Ok(None)
}

fn rejected(key: Text, message: Text) -> Issue {
    Issue {
        path: key.to_text().split(['.']).map(segment).collect(),
        code: Code::Rejected,
        message: message.to_text(),
        params: Params::None,
    }
}

/// A part of a dotted key: digits are a position. Ids of preferences, which may be digits too, are longer
/// than any position.
fn segment(part: &str) -> Segment {
    whole(part).map_or_else(|| Segment::Name(part.into()), Segment::Index)
}

/// An operation as errors and logs show it: the method and the route, never the URL.
#[must_use]
pub fn request_line(operation: Operation) -> String {
    let mut text = String::from(operation.method());
    text.push(' ');
    text.push_str(operation.route());
    text
}

/// The sentence of an error about an answer: what was asked, the status, and what to do.
#[must_use]
pub fn sentence(operation: Operation, status: u16) -> String {
    let mut text = request_line(operation);
    text.push_str(" answered ");
    text.push_str(match status {
        // Browsers hide the status of a redirect that is not followed.
        0 => "with a redirect",
        _ => "",
    });
    if status > 0 {
        push_number(&mut text, u32::from(status));
    }
    text.push_str(": ");
    text.push_str(match status {
        0 | 300..=399 => {
            "redirects are not followed, because the token must not travel: check baseUrl"
        }
        200..=299 => ErrorKind::UnexpectedResponse.advice(),
        _ => ErrorKind::of_status(status).advice(),
    });
    text
}

/// The sentence of an [`crate::error::ErrorKind::Validation`]: how many issues there are, and of the
/// first few the path and the code. It holds no value.
#[must_use]
pub fn summary(issues: &[Issue]) -> String {
    let mut text = String::new();
    push_number(&mut text, u32::try_from(issues.len()).unwrap_or(u32::MAX));
    text.push_str(if issues.len() == 1 {
        " issue"
    } else {
        " issues"
    });
    for (position, issue) in issues.iter().take(3).enumerate() {
        text.push_str(if position == 0 { ": " } else { ", " });
        for (position, segment) in issue.path.iter().enumerate() {
            if position > 0 {
                text.push('.');
            }
            match segment {
                Segment::Name(name) => text.push_str(name),
                Segment::Index(index) => push_number(&mut text, *index),
            }
        }
        if !issue.path.is_empty() {
            text.push(' ');
        }
        text.push('(');
        text.push_str(issue.code.as_str());
        text.push(')');
    }
    if issues.len() > 3 {
        text.push_str(", …");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    fn rejected(path: Vec<Segment>, message: &str) -> Issue {
        Issue {
            path,
            code: Code::Rejected,
            message: message.into(),
            params: Params::None,
        }
    }

    fn name(name: &str) -> Segment {
        Segment::Name(name.into())
    }

    #[test]
    fn the_errors_of_a_422_become_issues() {
        let body = r#"{"message":"The given data was invalid.","errors":{
            "email":["Must be an email address.","Is taken."],
            "company_address.post_code":["Too long."],
            "labels.0":["Must be text."]}}"#;
        assert_eq!(
            issues(body),
            [
                rejected(vec![name("email")], "Must be an email address."),
                rejected(vec![name("email")], "Is taken."),
                rejected(
                    vec![name("company_address"), name("post_code")],
                    "Too long."
                ),
                rejected(vec![name("labels"), Segment::Index(0)], "Must be text."),
            ]
        );
    }

    #[test]
    fn the_bare_form_is_understood_too() {
        assert_eq!(
            issues(r#"{"email":["Is taken."]}"#),
            [rejected(vec![name("email")], "Is taken.")]
        );
    }

    #[test]
    fn other_bodies_have_no_issues() {
        for body in [
            "",
            "<html><body>502 Bad Gateway</body></html>",
            r#"{"error":"Unauthenticated."}"#,
            r#"{"message":"The requested resource was not found"}"#,
            r#"{"errors":null}"#,
            r#"{"errors":"x"}"#,
            r#"["a"]"#,
            "null",
            r#"{"email":[1,{"a":[]},null]}"#,
        ] {
            assert_eq!(issues(body), [], "{body}");
        }
    }

    #[test]
    fn what_was_cut_off_still_says_what_came_before() {
        assert_eq!(
            issues(r#"{"errors":{"email":["Is taken."],"pho"#),
            [rejected(vec![name("email")], "Is taken.")]
        );
    }

    #[test]
    fn a_summary_names_paths_and_codes_alone() {
        let issue = |path: Vec<Segment>, code| Issue {
            path,
            code,
            message: "secret".into(),
            params: Params::None,
        };
        let all = [
            issue(vec![name("email")], Code::InvalidEmail),
            issue(vec![name("labels"), Segment::Index(3)], Code::InvalidType),
            issue(vec![], Code::InvalidType),
            issue(vec![name("phone")], Code::TooLong),
        ];
        assert_eq!(summary(&all[..1]), "1 issue: email (invalid_email)");
        assert_eq!(
            summary(&all),
            "4 issues: email (invalid_email), labels.3 (invalid_type), (invalid_type), …"
        );
    }

    proptest! {
        #[test]
        fn no_body_panics(body in any::<String>()) {
            let _ = issues(&body);
        }
    }
}
