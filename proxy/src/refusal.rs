//! Answers to requests that are not sent, in the service's own formats.

use collins_customers::contract::Code;
use collins_customers::rules::issue::Template;
use collins_customers::rules::{Issue, Params, Segment};
use collins_customers::text::{push_escaped, push_number, push_text};

/// The reason why a request is not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A 400: the request cannot be read, for this reason.
    Unreadable(&'static str),
    /// A 403: the scope allows nothing of this kind.
    Forbidden,
    /// A 404: there is no such customer, or none in scope.
    Missing,
    /// A 422 with its issues.
    Invalid(Vec<Issue>),
}

impl Refusal {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Refusal::Unreadable(_) => 400,
            Refusal::Forbidden => 403,
            Refusal::Missing => 404,
            Refusal::Invalid(_) => 422,
        }
    }

    /// The body, as JSON text; empty if the status is enough.
    #[must_use]
    pub fn body(&self) -> String {
        match self {
            Refusal::Unreadable(reason) => {
                let mut json = String::from("{\"message\":");
                push_text(&mut json, reason);
                json.push('}');
                json
            }
            Refusal::Invalid(issues) => invalid(issues),
            _ => String::new(),
        }
    }
}

/// Laravel's format: messages by dotted path.
fn invalid(issues: &[Issue]) -> String {
    let mut json = String::from("{\"message\":\"The given data was invalid.\",\"errors\":{");
    // The rules report in the order of the value, so the issues of one value are together; but those between two
    // parameters come last, and an object must not have a key twice.
    let mut written: Vec<&[Segment]> = Vec::new();
    for issue in issues {
        let path = issue.path.as_slice();
        if written.contains(&path) {
            continue;
        }
        if !written.is_empty() {
            json.push(',');
        }
        written.push(path);
        push_path(&mut json, path);
        let mut separator = ":[";
        for other in issues.iter().filter(|other| other.path == path) {
            json.push_str(separator);
            push_text(&mut json, &other.message);
            separator = ",";
        }
        json.push(']');
    }
    json.push_str("}}");
    json
}

fn push_path(json: &mut String, path: &[Segment]) {
    json.push('"');
    for (position, segment) in path.iter().enumerate() {
        if position > 0 {
            json.push('.');
        }
        match segment {
            Segment::Name(name) => push_escaped(json, name),
            Segment::Index(index) => push_number(json, *index),
        }
    }
    json.push('"');
}

/// An issue with one of the core's sentences without parts, given by its row. (Choosing a sentence at run time would
/// link all of them once more.)
#[must_use]
pub fn issue(path: Vec<Segment>, (code, message, _): Template) -> Issue {
    Issue {
        path,
        code,
        message: message.into(),
        params: Params::None,
    }
}

/// An issue of the proxy's own, about the scope.
#[must_use]
pub fn out_of_scope(path: Vec<Segment>, message: &'static str) -> Issue {
    issue(path, (Code::Rejected, message, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use collins_customers::rules;
    use serde_json::{Value, json};

    #[test]
    fn issues_are_listed_by_dotted_path_each_path_once() {
        let issues = rules::new_customer(
            r#"{"labels":["a",1,2],"email":"x","company_address":{"city":5},"a\"b\\":1}"#,
        );
        let body = Refusal::Invalid(issues.clone()).body();
        let read: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(read["message"], "The given data was invalid.");
        let mut paths: Vec<&str> = read["errors"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        paths.sort_unstable();
        assert_eq!(
            paths,
            [
                "a\"b\\",
                "company_address.city",
                "email",
                "labels.1",
                "labels.2"
            ]
        );
        let first = issues.iter().find(|issue| issue.path.len() == 1).unwrap();
        assert_eq!(read["errors"]["email"], json!([first.message]));
    }

    #[test]
    fn two_issues_of_one_path_share_its_list() {
        let twice = |message| out_of_scope(vec![Segment::Name("a".into())], message);
        let other = out_of_scope(vec![Segment::Name("b".into())], "two");
        let body = Refusal::Invalid(vec![twice("one"), other, twice("three")]).body();
        let read: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            read["errors"],
            json!({ "a": ["one", "three"], "b": ["two"] })
        );
    }

    #[test]
    fn a_reason_is_a_message() {
        let body = Refusal::Unreadable("no \"JSON\"").body();
        assert_eq!(body, r#"{"message":"no \"JSON\""}"#);
    }
}
