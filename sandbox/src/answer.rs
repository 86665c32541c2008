//! The bodies of the service, as far as they are documented, and Laravel's where they are not.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use collins_customers::rules::{Issue, Segment};
use serde_json::{Map, Value, json};

/// An answer with a body of JSON text.
pub fn json(status: StatusCode, body: String) -> Response {
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    )];
    (status, kind, body).into_response()
}

/// Why an operation is not carried out.
pub enum Refusal {
    /// What the status says, with the body that the service gives for it.
    Status(StatusCode),
    /// A 400 that says why the request could not be read.
    Unreadable(&'static str),
    /// A 422 in Laravel's shape: sentences under dotted keys.
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

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Status(status) => refusal(status),
            Self::Unreadable(reason) => json(StatusCode::BAD_REQUEST, message(reason).to_string()),
            Self::Invalid(issues) => invalid(issues),
        }
    }
}

fn refusal(status: StatusCode) -> Response {
    let body = match status {
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED => {
            return status.into_response();
        }
        StatusCode::UNAUTHORIZED => json!({ "error": "Unauthenticated." }),
        StatusCode::FORBIDDEN => message("This action is unauthorized."),
        StatusCode::NOT_FOUND => message("The requested resource was not found"),
        StatusCode::TOO_MANY_REQUESTS => message("Too Many Attempts."),
        StatusCode::INTERNAL_SERVER_ERROR => message("Server Error"),
        other => message(other.canonical_reason().unwrap_or("Unknown status")),
    };
    json(status, body.to_string())
}

fn invalid(issues: Vec<Issue>) -> Response {
    let mut errors: Map<String, Value> = Map::new();
    for issue in issues {
        let sentences = errors
            .entry(dotted(&issue.path))
            .or_insert_with(|| json!([]));
        if let Value::Array(sentences) = sentences {
            sentences.push(issue.message.into());
        }
    }
    let body = json!({ "message": "The given data was invalid.", "errors": errors });
    json(StatusCode::UNPROCESSABLE_ENTITY, body.to_string())
}

fn message(text: &str) -> Value {
    json!({ "message": text })
}

fn dotted(path: &[Segment]) -> String {
    let segments: Vec<String> = path
        .iter()
        .map(|segment| match segment {
            Segment::Name(name) => name.clone(),
            Segment::Index(index) => index.to_string(),
        })
        .collect();
    segments.join(".")
}
