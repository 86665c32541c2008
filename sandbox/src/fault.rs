//! What can go wrong with an answer, and how it is asked for.

use collins_customers::text::{decode_segment, pieces, split_at_byte, whole};

/// What happens to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: Kind,
    /// Headers of the answer, over its own.
    pub headers: Vec<(String, String)>,
}

/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Ok,
    /// This status instead of the operation.
    Status(u16),
    /// A used-up quota instead of the operation, told in one of two ways.
    Throttle {
        /// In unix seconds and with a `Retry-After`, as stock Laravel does; else as the documentation says.
        laravel: bool,
    },
    /// A gateway's page instead of the operation.
    Html,
    /// A redirect to another host name instead of the operation.
    Redirect,
    /// The connection is reset instead of the operation.
    Reset,
    /// The operation comes later, in milliseconds.
    Delay(u32),
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
pub const USAGE: &str = "X-Sandbox-Fault is a list, separated by commas, of: ok, status=CODE (200 to 599), throttle, \
     throttle=laravel, html, redirect, reset, delay=MILLISECONDS, lost, truncate, stall, empty, json; each may be \
     followed by headers of its answer, as in status=429;retry-after=2. A URL can name those headers only that say when to \
     try again: retry-after, retry-after-ms, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, date";

/// The faults that are drawn from where none are named.
pub const ALL: &[&str] = &[
    "throttle",
    "throttle=laravel",
    "status=503",
    "truncate",
    "lost",
    "html",
    "delay=500",
    "stall",
];

/// The headers that a URL may bring into an answer. A link on any page can hold a URL: with others it could set a
/// cookie, or let its own page read the answer.
const HINTS: [&str; 6] = [
    "retry-after",
    "retry-after-ms",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "date",
];

/// Who asks for a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A header: pages of other sites cannot send it.
    Header,
    /// The URL.
    Url,
}

/// The fault of a sequence at a position, as text, where the whole sequence is written as [`USAGE`] says; `"ok"`
/// after its end.
#[must_use]
pub fn turn(sequence: &str, position: usize, origin: Origin) -> Option<&str> {
    let mut found = "ok";
    for (index, text) in pieces(sequence, b',').enumerate() {
        let fault = parse(text)?;
        let allowed = |(name, _): &(String, String)| HINTS.contains(&name.as_str());
        if origin == Origin::Url && !fault.headers.iter().all(allowed) {
            return None;
        }
        if index == position {
            found = text;
        }
    }
    Some(found)
}

/// Reads one fault.
#[must_use]
pub fn parse(text: &str) -> Option<Fault> {
    let mut parts = pieces(text, b';').map(str::trim_ascii);
    let kind = kind(parts.next()?)?;
    let mut headers = Vec::new();
    for header in parts {
        let (name, value) = split_at_byte(header, b'=')?;
        let name = name.trim_ascii().to_ascii_lowercase();
        let value = decode_segment(value.trim_ascii())?;
        if !is_token(&name)
            || value
                .bytes()
                .any(|byte| byte < b' ' && byte != b'\t' || byte == 0x7f)
        {
            return None;
        }
        headers.push((name, value));
    }
    Some(Fault { kind, headers })
}

/// Whether a header can have this name.
fn is_token(name: &str) -> bool {
    let punctuation = |byte| b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || punctuation(byte))
}

fn kind(text: &str) -> Option<Kind> {
    Some(match split_at_byte(text, b'=') {
        Some(("status", code)) => Kind::Status(status(code)?),
        Some(("delay", milliseconds)) => Kind::Delay(whole(milliseconds)?),
        Some(("throttle", "laravel")) => Kind::Throttle { laravel: true },
        Some(_) => return None,
        None => match text {
            "ok" => Kind::Ok,
            "throttle" => Kind::Throttle { laravel: false },
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
fn status(code: &str) -> Option<u16> {
    let code = whole(code).filter(|code| (200..600).contains(code))?;
    u16::try_from(code).ok()
}

#[cfg(test)]
mod tests {
    use super::{ALL, HINTS, Kind, Origin, USAGE, parse, turn};

    fn kinds(sequence: &str) -> Option<Vec<Kind>> {
        (0..=sequence.matches(',').count())
            .map(|position| Some(parse(turn(sequence, position, Origin::Header)?)?.kind))
            .collect()
    }

    #[test]
    fn a_sequence_is_read_in_its_order() {
        let expected = vec![
            Kind::Status(503),
            Kind::Delay(1500),
            Kind::Reset,
            Kind::Throttle { laravel: true },
            Kind::Ok,
        ];
        assert_eq!(
            kinds("status=503, delay=1500,reset , throttle=laravel,ok"),
            Some(expected)
        );
        assert_eq!(turn("status=503", 1, Origin::Header), Some("ok"));
    }

    #[test]
    fn a_fault_may_name_headers() {
        let text =
            "status=429;Retry-After=Wed%2C 21 Oct 2015 07:28:00 GMT;x-ratelimit-reset=;x-%41=b";
        assert!(parse(text).is_some());
        let fault = parse("status=429;Retry-After=Wed%2C 21 Oct;x-ratelimit-reset=").unwrap();
        let expected = [("retry-after", "Wed, 21 Oct"), ("x-ratelimit-reset", "")];
        assert_eq!(fault.headers, expected.map(|(n, v)| (n.into(), v.into())));
    }

    #[test]
    fn a_url_names_no_header_but_hints() {
        for name in HINTS {
            let fault = format!("ok;{name}=1");
            assert!(turn(&fault, 0, Origin::Url).is_some(), "{name}");
            assert!(USAGE.contains(name));
        }
        for name in [
            "set-cookie",
            "Location",
            "content-type",
            "access-control-allow-origin",
            "x-anything",
        ] {
            // Wherever in the sequence it stands.
            let faults = format!("ok, ok;retry-after=1;{name}=1");
            assert_eq!(turn(&faults, 0, Origin::Url), None, "{name}");
            assert!(turn(&faults, 0, Origin::Header).is_some(), "{name}");
        }
    }

    #[test]
    fn what_is_drawn_is_a_fault() {
        for fault in ALL {
            assert!(parse(fault).is_some(), "{fault}");
        }
    }

    #[test]
    fn what_is_no_fault_is_refused() {
        assert!(kinds("status=200").is_some() && kinds("status=599").is_some());
        assert!(kinds("delay=4294967295").is_some() && kinds("delay=4294967296").is_none());
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
            "throttle=1",
            "ok;retry-after",
            "ok;=1",
            "ok;a b=1",
            "ok;a=%0A",
            "ok;a=%7F",
            "ok;a=%FF",
        ] {
            assert_eq!(kinds(text), None, "{text}");
        }
    }
}
