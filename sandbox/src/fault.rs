//! Faults: what can go wrong with a response, and the syntax to ask for it.

use collins_customers::text::{decode_segment, pieces, split_at_byte, whole};

/// A fault for one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind of fault.
    pub kind: Kind,
    /// Headers to set on the response, as lines like its own.
    pub headers: String,
    /// True if a URL may name all of these headers.
    pub has_hints_only: bool,
}

/// The kind of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No fault.
    Ok,
    /// This status instead of the operation.
    Status(u16),
    /// A used-up quota instead of the operation, in one of two forms.
    Throttle {
        /// True: in Unix seconds and with a `Retry-After`, as stock Laravel does. False: as the documentation says.
        laravel: bool,
    },
    /// The error page of a gateway instead of the operation.
    Html,
    /// A redirect to another host name instead of the operation.
    Redirect,
    /// The connection is reset instead of the operation.
    Reset,
    /// The operation, delayed by this many milliseconds.
    Delay(u32),
    /// The connection is reset after the operation.
    Lost,
    /// The response is cut off in the middle of its body.
    Truncate,
    /// Nothing follows the headers of the response.
    Stall,
    /// The response has no body.
    Empty,
    /// The response is a success with broken JSON.
    Json,
}

/// The error for an invalid `X-Sandbox-Fault`.
pub const USAGE: &str = "X-Sandbox-Fault is a list, separated by commas, of: ok, status=CODE (200 to 599), throttle, \
     throttle=laravel, html, redirect, reset, delay=MILLISECONDS, lost, truncate, stall, empty, json; each may be \
     followed by headers of its answer, as in status=429;retry-after=2. A URL can name those headers only that say when to \
     try again: retry-after, retry-after-ms, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, date";

/// The faults to draw from if none are named.
pub const ALL: &str = "throttle,throttle=laravel,status=503,truncate,lost,html,delay=500,stall";

/// The only headers that a URL may add to a response. Any page can link to a URL: with other headers it could set a
/// cookie, or let its own page read the response.
const HINTS: [&str; 6] = [
    "retry-after",
    "retry-after-ms",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "date",
];

/// The part of the request that asks for a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A header: pages of other sites cannot send it.
    Header,
    /// The URL.
    Url,
}

/// Returns the fault at a position of a sequence, as text, if the whole sequence is valid (see [`USAGE`]); `"ok"` after
/// its end.
#[must_use]
pub fn turn(sequence: &str, position: usize, origin: Origin) -> Option<&str> {
    let mut found = "ok";
    for (index, text) in pieces(sequence, b',').enumerate() {
        let fault = parse(text)?;
        if origin == Origin::Url && !fault.has_hints_only {
            return None;
        }
        if index == position {
            found = text;
        }
    }
    Some(found)
}

/// Parses one fault.
#[must_use]
pub fn parse(text: &str) -> Option<Fault> {
    let mut parts = pieces(text, b';').map(str::trim_ascii);
    let kind = kind(parts.next()?)?;
    let (mut headers, mut has_hints_only) = (String::new(), true);
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
        has_hints_only &= HINTS.contains(&name.as_str());
        for line in [&name, &value] {
            headers.push_str(line);
            headers.push('\n');
        }
    }
    Some(Fault {
        kind,
        headers,
        has_hints_only,
    })
}

/// Returns true if the text is a valid header name.
fn is_token(name: &str) -> bool {
    let punctuation = |byte| {
        matches!(
            byte,
            b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~'
        )
    };
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || punctuation(byte))
}

fn kind(text: &str) -> Option<Kind> {
    match split_at_byte(text, b'=') {
        Some(("status", code)) => Some(Kind::Status(status(code)?)),
        Some(("delay", milliseconds)) => Some(Kind::Delay(whole(milliseconds)?)),
        _ => KINDS
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, kind)| *kind),
    }
}

/// The faults without a number.
const KINDS: [(&str, Kind); 11] = [
    ("ok", Kind::Ok),
    ("throttle", Kind::Throttle { laravel: false }),
    ("throttle=laravel", Kind::Throttle { laravel: true }),
    ("html", Kind::Html),
    ("redirect", Kind::Redirect),
    ("reset", Kind::Reset),
    ("lost", Kind::Lost),
    ("truncate", Kind::Truncate),
    ("stall", Kind::Stall),
    ("empty", Kind::Empty),
    ("json", Kind::Json),
];

/// Parses a status that can end an exchange: 1xx only announces another one.
fn status(code: &str) -> Option<u16> {
    let code = whole(code).filter(|code| (200..600).contains(code))?;
    u16::try_from(code).ok()
}

#[cfg(test)]
mod tests {
    use super::{ALL, HINTS, Kind, Origin, USAGE, parse, pieces, turn};

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
        let expected = "retry-after\nWed, 21 Oct\nx-ratelimit-reset\n\n";
        assert_eq!(fault.headers, expected);
    }

    #[test]
    fn a_url_can_set_only_hint_headers() {
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
            // At any place in the sequence.
            let faults = format!("ok, ok;retry-after=1;{name}=1");
            assert_eq!(turn(&faults, 0, Origin::Url), None, "{name}");
            assert!(turn(&faults, 0, Origin::Header).is_some(), "{name}");
        }
    }

    #[test]
    fn every_fault_to_draw_from_is_valid() {
        for fault in pieces(ALL, b',') {
            assert!(parse(fault).is_some(), "{fault}");
        }
    }

    #[test]
    fn an_invalid_fault_is_refused() {
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
