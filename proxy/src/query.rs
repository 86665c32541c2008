//! Queries: read into a filter, narrowed by the scope, and written again.

use collins_customers::contract::{DEFAULT_LIMIT, FILTERS, row_of};
use collins_customers::filter::query::canonical;
use collins_customers::rules::issue::{Sentence, Template};
use collins_customers::rules::{Issue, Segment};
use collins_customers::text::{decode, pieces, push_encoded, split_at_byte, whole};

use crate::body::is_plain;
use crate::refusal::{Refusal, issue};
use crate::scope::Scope;

/// The request of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// This query, without a `?`.
    Query {
        /// The query.
        text: String,
        /// True if it breaks the contract and is sent anyway.
        is_loose: bool,
    },
    /// No request: nobody is both asked for and in scope.
    Nobody {
        /// The page asked for.
        page: u32,
        /// The limit asked for.
        limit: u32,
    },
}

/// Reads and narrows the query of a list.
///
/// # Errors
/// The reason why it is refused.
pub fn check(query: &str, scope: &Scope, is_lenient: bool) -> Result<Listed, Refusal> {
    let read = bounded(query);
    match canonical(read) {
        Ok(query) => Ok(narrowed(&query, scope)),
        // What was cut off would be missing in the query that is sent: perhaps the only filter.
        Err(_) if is_lenient && read == query => loose(query, scope),
        Err(issues) => Err(Refusal::Invalid(issues)),
    }
}

/// Cuts off a query after more parameters than there are names: it repeats one or has an unknown one, so the rest does
/// not matter.
fn bounded(query: &str) -> &str {
    let mut count = 0;
    let mut length = 0;
    for piece in pieces(query, b'&') {
        count += usize::from(!piece.is_empty());
        length += piece.len() + 1;
        if count > FILTERS.len() {
            return query.get(..length - 1).unwrap_or(query);
        }
    }
    query
}

/// Narrows a valid query in its canonical form.
fn narrowed(query: &str, scope: &Scope) -> Listed {
    let mut text = String::new();
    let (mut page, mut limit) = (1, DEFAULT_LIMIT);
    let mut is_nobody = false;
    // Both are in the documentation's order.
    let mut pairs = pieces(query, b'&')
        .filter_map(|pair| split_at_byte(pair, b'='))
        .peekable();
    for field in FILTERS {
        let given = pairs
            .next_if(|(name, _)| *name == field.name)
            .map(|(_, value)| value);
        match field.name {
            "page" => page = given.and_then(whole).unwrap_or(page),
            "limit" => limit = given.and_then(whole).unwrap_or(limit),
            _ => {}
        }
        let forced = scope.lists().find(|(name, _)| *name == field.name);
        let value = match (given, forced) {
            (given, Some((_, allowed))) => common(given, allowed),
            (Some(value), None) => value.into(),
            (None, None) => continue,
        };
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(field.name);
        text.push('=');
        text.push_str(&value);
        is_nobody |= value.is_empty();
    }
    if is_nobody {
        Listed::Nobody { page, limit }
    } else {
        Listed::Query {
            text,
            is_loose: false,
        }
    }
}

/// The items that are both asked for and allowed, as they are written in a query; all allowed ones if none are asked
/// for.
fn common(asked: Option<&str>, allowed: &[String]) -> String {
    let mut value = String::new();
    for item in allowed {
        let mut spelling = String::new();
        push_encoded(&mut spelling, item);
        if asked.is_some_and(|asked| !pieces(asked, b',').any(|asked| asked == spelling)) {
            continue;
        }
        if !value.is_empty() {
            value.push(',');
        }
        value.push_str(&spelling);
    }
    value
}

/// Writes a query that breaks the contract again: each parameter once, with a name that every reader understands in the
/// same way, its value decoded and encoded again. The parameters of the scope must be valid.
fn loose(query: &str, scope: &Scope) -> Result<Listed, Refusal> {
    let mut text = String::new();
    let mut forced = String::new();
    let mut seen: Vec<String> = Vec::new();
    for pair in pieces(query, b'&').filter(|pair| !pair.is_empty()) {
        let (name, value) = split_at_byte(pair, b'=').unwrap_or((pair, ""));
        let (Some(name), Some(value)) = (decode(name), decode(value)) else {
            return Err(refused("", Sentence::NotEncoded.row()));
        };
        if seen.contains(&name) {
            return Err(refused(&name, Sentence::Twice.row()));
        }
        let is_known = row_of(FILTERS, &name).is_some();
        if !is_known && (scope.is_narrow() || !is_plain(&name)) {
            return Err(Refusal::Invalid(canonical(pair).err().unwrap_or_default()));
        }
        let query = if scope.forces(&name) {
            &mut forced
        } else {
            &mut text
        };
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(&name);
        let mut separator = '=';
        for item in pieces(&value, b',') {
            query.push(separator);
            push_encoded(query, item);
            separator = ',';
        }
        seen.push(name);
    }
    let forced = canonical(&forced).map_err(Refusal::Invalid)?;
    Ok(match narrowed(&forced, scope) {
        Listed::Query { text: forced, .. } => {
            if !forced.is_empty() && !text.is_empty() {
                text.push('&');
            }
            text.push_str(&forced);
            Listed::Query {
                text,
                is_loose: true,
            }
        }
        nobody @ Listed::Nobody { .. } => nobody,
    })
}

fn refused(name: &str, sentence: Template) -> Refusal {
    let path = if name.is_empty() {
        Vec::new()
    } else {
        vec![Segment::Name(name.into())]
    };
    let issues: Vec<Issue> = vec![issue(path, sentence)];
    Refusal::Invalid(issues)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tenant() -> Scope {
        Scope::read(r#"{"associated_venues":["a","b"]}"#).unwrap()
    }

    fn sent(query: &str, scope: &Scope, is_lenient: bool) -> Result<String, u16> {
        match check(query, scope, is_lenient) {
            Ok(Listed::Query { text, .. }) => Ok(text),
            Ok(Listed::Nobody { .. }) => Err(200),
            Err(refusal) => Err(refusal.status()),
        }
    }

    #[test]
    fn a_query_is_written_again_in_the_documentations_order() {
        for (query, expected) in [
            ("", ""),
            ("page=2&limit=10", "limit=10&page=2"),
            ("labels=a+b", "labels=a%20b"),
            ("%6cabels=VIP&&", "labels=VIP"),
            ("query=%c3%a9", "query=%C3%A9"),
        ] {
            assert_eq!(
                sent(query, &Scope::default(), false).as_deref(),
                Ok(expected),
                "{query}"
            );
        }
    }

    #[test]
    fn a_caller_narrows_its_scope_and_never_widens_it() {
        for (query, expected) in [
            ("", Ok("associated_venues=a,b")),
            ("associated_venues=b", Ok("associated_venues=b")),
            ("associated_venues=z,b", Ok("associated_venues=b")),
            ("associated_venues=z%2Cb", Ok("associated_venues=b")),
            ("associated_venues=b%2cz", Ok("associated_venues=b")),
            ("labels=VIP", Ok("associated_venues=a,b&labels=VIP")),
            ("associated_venues=z", Err(200)),
            ("associated_venues=A", Err(200)),
            ("associated_venues=", Err(422)),
            ("associated_venues", Err(422)),
            ("associated_venues=a&associated_venues=z", Err(422)),
            ("associated_venues=a&associated%5fvenues=z", Err(422)),
            ("associated_venues[]=z", Err(422)),
            ("associated_venues%5B%5D=z", Err(422)),
            ("associated_venues[0]=z", Err(422)),
            ("associated.venues=z", Err(422)),
            ("associated+venues=z", Err(422)),
            ("+associated_venues=z", Err(422)),
            ("associated_venues%00=z", Err(422)),
            ("Associated_Venues=z", Err(422)),
            ("x=1", Err(422)),
            ("associated_venues=%ff", Err(422)),
        ] {
            for is_lenient in [false, true] {
                let found = sent(query, &tenant(), is_lenient);
                assert_eq!(
                    found.as_deref().map_err(|status| *status),
                    expected,
                    "{query}"
                );
            }
        }
    }

    #[test]
    fn nobody_is_an_empty_page_with_the_requested_numbers() {
        assert_eq!(
            check("associated_venues=z&page=3&limit=7", &tenant(), false),
            Ok(Listed::Nobody { page: 3, limit: 7 })
        );
        let nobody = Scope::read(r#"{"labels":[]}"#).unwrap();
        assert_eq!(
            check("", &nobody, false),
            Ok(Listed::Nobody { page: 1, limit: 30 })
        );
    }

    #[test]
    fn a_lenient_check_allows_harmless_queries() {
        let everyone = Scope::default();
        for (query, expected) in [
            ("perPage=100", Ok("perPage=100")),
            ("limit=1000&page=x", Ok("limit=1000&page=x")),
            ("opted_in_date=2020-01-01", Ok("opted_in_date=2020-01-01")),
            ("labels=%2C%26a%3Db", Ok("labels=,%26a%3Db")),
            ("_method=DELETE", Err(422)),
            ("a[]=1", Err(422)),
            ("a.b=1", Err(422)),
            ("x=1&x=2", Err(422)),
            ("x=%zz", Err(422)),
            ("limit=1000&%ff=1", Err(422)),
        ] {
            assert_eq!(sent(query, &everyone, false), Err(422), "{query}");
            let found = sent(query, &everyone, true);
            assert_eq!(
                found.as_deref().map_err(|status| *status),
                expected,
                "{query}"
            );
        }
        let found = sent("limit=1000&associated_venues=z,a", &tenant(), true);
        assert_eq!(found.as_deref(), Ok("limit=1000&associated_venues=a"));
    }

    #[test]
    fn many_parameters_take_no_longer_than_a_few() {
        let many = (0..10_000)
            .map(|number| format!("p{number}=1"))
            .collect::<Vec<_>>();
        let Err(Refusal::Invalid(issues)) = check(&many.join("&"), &tenant(), false) else {
            panic!("it passed");
        };
        assert_eq!(issues.len(), 27);
        assert_eq!(bounded("a&&b"), "a&&b");
    }

    #[test]
    fn a_lenient_check_drops_no_parameter() {
        let everyone = Scope::default();
        let query = |count| {
            let unknown = (0..count).map(|number| format!("x{number}=1"));
            let all: Vec<String> = unknown.chain(["labels=VIP".into()]).collect();
            all.join("&")
        };
        for (count, expected) in [(26, Ok(())), (27, Err(422))] {
            let query = query(count);
            let found = sent(&query, &everyone, true);
            assert_eq!(found, expected.map(|()| query), "{count}");
        }
    }

    fn parameter() -> impl Strategy<Value = String> {
        let name = prop_oneof![
            Just("associated_venues"),
            Just("associated%5Fvenues"),
            Just("associated_venues[]"),
            Just("associated.venues"),
            Just("labels"),
            Just("limit"),
            Just("page"),
            Just("_method"),
            Just("x"),
            Just(""),
        ];
        (name, "[abz,%25cCf2+=é;#]{0,5}").prop_map(|(name, value)| format!("{name}={value}"))
    }

    proptest! {
        /// As a PHP service reads it, the query that is sent has the scope's list once, and nothing of others.
        #[test]
        fn what_is_sent_is_in_scope(pairs in prop::collection::vec(parameter(), 0..5), is_lenient: bool) {
            if let Ok(Listed::Query { text, .. }) = check(&pairs.join("&"), &tenant(), is_lenient) {
                let mut seen = Vec::new();
                for pair in text.split('&') {
                    let (name, value) = pair.split_once('=').unwrap();
                    prop_assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
                    prop_assert!(!seen.contains(&name));
                    seen.push(name);
                    prop_assert!(value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%,".contains(&byte)));
                    if name == "associated_venues" {
                        let value = decode(value).unwrap();
                        prop_assert!(value.split(',').all(|item| item == "a" || item == "b"));
                    }
                }
                prop_assert!(seen.contains(&"associated_venues"));
            }
        }
    }
}
