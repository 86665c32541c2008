//! What can go wrong with an answer, and how a request asks for it.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use percent_encoding::percent_decode_str;

/// What happens to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: Kind,
    /// Headers of the answer, over its own.
    pub headers: HeaderMap,
}

/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Ok,
    /// This status instead of the operation.
    Status(StatusCode),
    /// A gateway's page instead of the operation.
    Html,
    /// A redirect to another host name instead of the operation.
    Redirect,
    /// The connection is reset instead of the operation.
    Reset,
    /// The operation comes later.
    Delay(Duration),
    /// The connection is reset after the operation.
    Lost,
    /// The answer breaks off in the middle of its body.
    Truncate,
    /// Nothing follows the headers.
    Stall,
    /// The answer has no body.
    Empty,
    /// The answer is a success with broken JSON.
    Json,
}

/// The answer to a fault that is none.
pub const USAGE: &str = "X-Sandbox-Fault is a list, separated by commas, of: ok, status=CODE (200 to 599), html, \
     redirect, reset, delay=MILLISECONDS, lost, truncate, stall, empty, json; each may be followed by headers of \
     its answer, as in status=429;retry-after=2";

/// Reads a sequence of faults; `None` where it is not written as [`USAGE`] says.
pub fn parse(sequence: &str) -> Option<Vec<Fault>> {
    sequence.split(',').map(|fault| one(fault.trim())).collect()
}

fn one(text: &str) -> Option<Fault> {
    let mut parts = text.split(';').map(str::trim);
    let kind = kind(parts.next()?)?;
    let mut headers = HeaderMap::new();
    for header in parts {
        let (name, value) = header.split_once('=')?;
        let name = HeaderName::from_bytes(name.trim().as_bytes()).ok()?;
        let value: Vec<u8> = percent_decode_str(value.trim()).collect();
        headers.append(name, HeaderValue::from_bytes(&value).ok()?);
    }
    Some(Fault { kind, headers })
}

fn kind(text: &str) -> Option<Kind> {
    Some(match text.split_once('=') {
        Some(("status", code)) => Kind::Status(status(code)?),
        Some(("delay", milliseconds)) => Kind::Delay(Duration::from_millis(
            milliseconds.parse::<u32>().ok()?.into(),
        )),
        Some(_) => return None,
        None => match text {
            "ok" => Kind::Ok,
            "html" => Kind::Html,
            "redirect" => Kind::Redirect,
            "reset" => Kind::Reset,
            "lost" => Kind::Lost,
            "truncate" => Kind::Truncate,
            "stall" => Kind::Stall,
            "empty" => Kind::Empty,
            "json" => Kind::Json,
            _ => return None,
        },
    })
}

/// A status that ends an exchange: 1xx only announces another.
fn status(code: &str) -> Option<StatusCode> {
    let code = code.parse().ok().filter(|code| (200..600).contains(code))?;
    StatusCode::from_u16(code).ok()
}

#[cfg(test)]
mod tests {
    use super::{Kind, parse};
    use axum::http::StatusCode;
    use std::time::Duration;

    fn kinds(sequence: &str) -> Option<Vec<Kind>> {
        Some(
            parse(sequence)?
                .into_iter()
                .map(|fault| fault.kind)
                .collect(),
        )
    }

    #[test]
    fn a_sequence_is_read_in_its_order() {
        let expected = vec![
            Kind::Status(StatusCode::SERVICE_UNAVAILABLE),
            Kind::Delay(Duration::from_millis(1500)),
            Kind::Reset,
            Kind::Ok,
        ];
        assert_eq!(kinds("status=503, delay=1500,reset , ok"), Some(expected));
    }

    #[test]
    fn a_fault_may_name_headers() {
        let faults =
            parse("status=429;retry-after=Wed%2C 21 Oct 2015 07:28:00 GMT;x-ratelimit-reset=")
                .unwrap();
        assert_eq!(
            faults[0].headers["retry-after"],
            "Wed, 21 Oct 2015 07:28:00 GMT"
        );
        assert_eq!(faults[0].headers["x-ratelimit-reset"], "");
    }

    #[test]
    fn what_is_no_fault_is_refused() {
        assert!(kinds("status=200").is_some() && kinds("status=599").is_some());
        for text in [
            "",
            "ok,",
            "nonsense",
            "status",
            "status=",
            "status=199",
            "status=600",
            "status=70000",
            "delay=-1",
            "delay=1.5",
            "reset=1",
            "ok;retry-after",
            "ok;=1",
            "ok;a b=1",
            "ok;a=%0A",
        ] {
            assert_eq!(kinds(text), None, "{text}");
        }
    }
}
