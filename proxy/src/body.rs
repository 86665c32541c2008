//! Bodies: the received bytes, checked by the client's rules.

use collins_customers::contract::Code;
use collins_customers::rules::issue::Sentence;
use collins_customers::rules::json::{Scanner, repeated_keys};
use collins_customers::rules::source::Value;
use collins_customers::rules::{self, Issue, Segment};

use crate::refusal::{Refusal, issue};
use crate::scope::Scope;

/// The service's own sentence.
const NO_OBJECT: &str = "The body must be a JSON object";

/// A body that may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The body that is sent instead of the received bytes: the same with the scope's lists.
    pub written: Option<String>,
    /// True if it breaks the contract and is sent anyway.
    pub is_loose: bool,
}

/// Checks the body of a create. Lists of the scope that it does not name are added.
///
/// # Errors
/// The reason why it is not sent.
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
    // The body that is sent must be checked in this case, too.
    check(written.as_bytes(), rules::new_customer, scope, is_lenient)?;
    Ok(Checked {
        written: Some(written),
        is_loose,
    })
}

/// Checks the body of an update to the customer of this id. Its check by the scope needs the record:
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

/// The text of a body, and whether it has issues that are allowed.
fn check<'b>(
    body: &'b [u8],
    rules: fn(&str) -> Vec<Issue>,
    scope: &Scope,
    is_lenient: bool,
) -> Result<(&'b str, bool), Refusal> {
    let text = str::from_utf8(body).map_err(|_| no_object())?;
    let issues = rules(text);
    // An issue of the body as a whole has no field; nor has the count of those that are not listed.
    let is_whole = |issue: &Issue| issue.path.is_empty() && issue.code != Code::MoreIssues;
    if issues.iter().any(is_whole) {
        return Err(no_object());
    }
    if !is_lenient {
        refuse(issues.clone())?;
    }
    // Some parsers use the first value, others the last: the checked one might not be the one that is written.
    refuse(repeated_keys(text))?;
    let is_loose = !issues.is_empty();
    let binding = issues.into_iter().filter(|issue| binds(issue, scope));
    refuse(binding.collect())?;
    Ok((text, is_loose))
}

/// Returns whether an issue counts even in a lenient check: it is about the customers that the request reaches, or
/// about a name that another reader may take for a field of the scope.
fn binds(issue: &Issue, scope: &Scope) -> bool {
    let Some(Segment::Name(name)) = issue.path.first() else {
        return true;
    };
    name == "id"
        || scope.forces(name)
        || matches!(issue.code, Code::UnknownField) && (scope.is_narrow() || !is_plain(name))
}

/// Returns whether every reader understands a name in the same way: PHP changes `a.b`, `a[b]` and `a b`, and treats a
/// leading `_` as its own (`_method`).
#[must_use]
pub fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Returns whether an update names another customer than the one it is sent to.
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

/// Inserts members, each followed by a comma, at the beginning of an object.
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
mod tests;
