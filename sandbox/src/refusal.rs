//! The reasons for which an operation is not carried out. Response bodies follow the documentation, or Laravel where
//! nothing is documented.

use collins_customers::rules::{Issue, Segment};
use collins_customers::text::{pieces, push_escaped, push_number, push_text, split_at_byte, whole};

use crate::http::Answer;
use crate::json;

/// The reason an operation is not carried out.
pub enum Refusal {
    /// This status, with the body that the service sends with it.
    Status(u16),
    /// This status, with an explanation.
    Explained(u16, &'static str),
    /// A 405, with the allowed methods.
    Method(&'static str),
    /// A 422 in Laravel's form: sentences under dotted keys.
    Invalid(Vec<Issue>),
}

impl From<Issue> for Refusal {
    fn from(issue: Issue) -> Self {
        Self::Invalid(vec![issue])
    }
}

impl From<Vec<Issue>> for Refusal {
    fn from(issues: Vec<Issue>) -> Self {
        Self::Invalid(issues)
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Status(status) => refused(status),
            Refusal::Explained(status, reason) => Answer::json(status, message("message", reason)),
            Refusal::Method(methods) => {
                let mut answer = refused(405);
                answer.set("allow", methods);
                answer
            }
            Refusal::Invalid(issues) => Answer::json(422, invalid(&issues)),
        }
    }
}

fn refused(status: u16) -> Answer {
    if matches!(status, 204 | 205 | 304) {
        return Answer::empty(status);
    }
    let name = if status == 401 { "error" } else { "message" };
    Answer::json(status, message(name, phrase(status)))
}

/// The reason phrases, each after its status.
const PHRASES: &str = "200 OK|201 Created|202 Accepted|301 Moved Permanently|302 Found|303 See Other\
     |307 Temporary Redirect|308 Permanent Redirect|400 Bad Request|401 Unauthenticated.\
     |402 Payment Required|403 This action is unauthorized.|404 The requested resource was not found\
     |405 Method Not Allowed|406 Not Acceptable|408 Request Timeout|409 Conflict|410 Gone\
     |412 Precondition Failed|413 Payload Too Large|415 Unsupported Media Type|418 I'm a teapot\
     |421 Misdirected Request|422 Unprocessable Entity|425 Too Early|429 Too Many Attempts.\
     |500 Server Error|501 Not Implemented|502 Bad Gateway|503 Service Unavailable|504 Gateway Timeout";

/// Returns the text for a status: the service's own, or the reason phrase.
fn phrase(status: u16) -> &'static str {
    let mut phrases = pieces(PHRASES, b'|').filter_map(|phrase| split_at_byte(phrase, b' '));
    let found = phrases.find(|(code, _)| whole(code) == Some(status.into()));
    found.map_or("Unknown status", |(_, phrase)| phrase)
}

fn message(name: &str, text: &str) -> String {
    let mut body = String::from("{");
    push_text(&mut body, name);
    body.push(':');
    push_text(&mut body, text);
    body.push('}');
    body
}

fn invalid(issues: &[Issue]) -> String {
    // The sentences for each path, with commas between them.
    let mut errors: Vec<(String, String)> = Vec::new();
    for issue in issues {
        let path = dotted(&issue.path);
        let found = errors.iter_mut().find(|(other, _)| *other == path);
        if let Some((_, sentences)) = found {
            sentences.push(',');
            push_text(sentences, &issue.message);
        } else {
            errors.push((path, json::string(&issue.message)));
        }
    }
    let mut body = String::from("{\"message\":\"The given data was invalid.\",\"errors\":{");
    for (path, sentences) in &errors {
        json::comma(&mut body);
        body.push('"');
        body.push_str(path);
        body.push_str("\":[");
        body.push_str(sentences);
        body.push(']');
    }
    body.push_str("}}");
    body
}

/// The path as a name in JSON.
fn dotted(path: &[Segment]) -> String {
    let mut dotted = String::new();
    for (position, segment) in path.iter().enumerate() {
        if position > 0 {
            dotted.push('.');
        }
        match segment {
            Segment::Name(name) => push_escaped(&mut dotted, name),
            Segment::Index(index) => push_number(&mut dotted, *index),
        }
    }
    dotted
}
