//! The customers that a caller may see: those with an item of each list of its scope.
//!
//! A scope applies to records and bodies as well as to filters, so it consists of the lists that have the same name in
//! all three ([`LISTS`]). With two lists, a customer must have an item of each.

use collins_customers::contract::MAX_ISSUES;
use collins_customers::rules::issue::{NONE, Report, Sentence};
use collins_customers::rules::json::Scanner;
use collins_customers::rules::source::{Malformed, Value};
use collins_customers::rules::{Issue, Segment};
use collins_customers::text::push_text;

use crate::refusal;

/// The lists that a scope may have.
pub const LISTS: [&str; 2] = ["associated_venues", "labels"];

const FOREIGN: &str = "Must be one that you have access to";
const NONE_LEFT: &str = "Must hold at least one that you have access to";
const NOT_YOURS: &str = "Must keep the ones that you have no access to";

/// The lists of one caller; [`Scope::default`] is everyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    lists: [Option<Vec<String>>; LISTS.len()],
}

/// A list of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// The object does not have it.
    Absent,
    /// It is null, or not a list of strings.
    Other,
    /// Its items.
    Items(Vec<String>),
}

impl Scope {
    /// Reads a scope: the JSON text of an object of lists; an empty text means everyone. `None` if it is anything else:
    /// with an invalid scope nothing may pass.
    #[must_use]
    pub fn read(json: &str) -> Option<Scope> {
        let mut scope = Scope::default();
        if json.is_empty() {
            return Some(scope);
        }
        let mut scanner = Scanner::new(json);
        let mut first = true;
        let Ok(Value::Object) = scanner.value() else {
            return None;
        };
        while scanner.key(&mut first).ok()? {
            let key = scanner.last();
            let place = LISTS.iter().position(|name| key.is(name))?;
            let list = scope.lists.get_mut(place)?;
            match items(&mut scanner) {
                // In a query an item cannot contain a comma.
                Ok(List::Items(items))
                    if list.is_none()
                        && !items
                            .iter()
                            .any(|item| item.is_empty() || item.contains(',')) =>
                {
                    *list = Some(items);
                }
                _ => return None,
            }
        }
        scanner.end().ok()?;
        Some(scope)
    }

    /// Returns whether it excludes anyone.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        self.lists.iter().any(Option::is_some)
    }

    /// Returns whether the scope has the list of this name.
    #[must_use]
    pub fn forces(&self, name: &str) -> bool {
        self.lists().any(|(forced, _)| forced == name)
    }

    /// The scope's lists with their names.
    pub fn lists(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        let lists = LISTS.iter().zip(&self.lists);
        lists.filter_map(|(name, list)| Some((*name, list.as_deref()?)))
    }

    /// Returns whether nobody can be in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lists().any(|(_, list)| list.is_empty())
    }

    /// Returns whether a customer is in it, given as the JSON text `{"customer":{…}}` of the service's answer.
    ///
    /// # Errors
    /// If the text is anything else.
    pub fn admits(&self, record: &str) -> Result<bool, Malformed> {
        let mut admitted = true;
        for (name, allowed) in self.lists() {
            let List::Items(items) = of_customer(record, name)? else {
                admitted = false;
                continue;
            };
            admitted &= items.iter().any(|item| allowed.contains(item));
        }
        Ok(admitted)
    }

    /// Checks the lists of a new customer, if they are given.
    ///
    /// # Errors
    /// If the body is not a JSON object.
    pub fn check_new(&self, body: &str) -> Result<Vec<Issue>, Malformed> {
        let mut issues = Vec::new();
        for (name, allowed) in self.lists() {
            match of_object(body, name)? {
                List::Absent => {}
                List::Other => out_of_scope(&mut issues, path(name, None), NONE_LEFT),
                List::Items(items) => {
                    if items.is_empty() {
                        out_of_scope(&mut issues, path(name, None), NONE_LEFT);
                    }
                    for (index, item) in items.iter().enumerate() {
                        if !allowed.contains(item) {
                            out_of_scope(&mut issues, path(name, Some(index)), FOREIGN);
                        }
                    }
                }
            }
        }
        Ok(issues)
    }

    /// Checks the lists of an update to a customer who is in scope. A caller may change only its own items: one of them
    /// must stay, and items of others can be neither added nor removed.
    ///
    /// # Errors
    /// If the body is not a JSON object, or the record not an answer of the service.
    pub fn check_update(&self, body: &str, record: &str) -> Result<Vec<Issue>, Malformed> {
        let mut issues = Vec::new();
        for (name, allowed) in self.lists() {
            let items = match of_object(body, name)? {
                List::Absent => continue,
                List::Other => Vec::new(),
                List::Items(items) => items,
            };
            let before = match of_customer(record, name)? {
                List::Items(items) => items,
                _ => Vec::new(),
            };
            if !items.iter().any(|item| allowed.contains(item)) {
                out_of_scope(&mut issues, path(name, None), NONE_LEFT);
                continue;
            }
            for (index, item) in items.iter().enumerate() {
                if !allowed.contains(item) && !before.contains(item) {
                    out_of_scope(&mut issues, path(name, Some(index)), FOREIGN);
                }
            }
            let kept = |item: &&String| allowed.contains(item) || items.contains(item);
            if !before.iter().all(|item| kept(&item)) {
                out_of_scope(&mut issues, path(name, None), NOT_YOURS);
            }
        }
        Ok(issues)
    }

    /// The lists that the body of a create does not have, as the beginning of an object: `"labels":["VIP"],`.
    ///
    /// # Errors
    /// If the body is not a JSON object.
    pub fn absent_from(&self, body: &str) -> Result<String, Malformed> {
        let mut members = String::new();
        for (name, allowed) in self.lists() {
            if of_object(body, name)? != List::Absent {
                continue;
            }
            push_text(&mut members, name);
            let mut separator = ":[";
            for item in allowed {
                members.push_str(separator);
                push_text(&mut members, item);
                separator = ",";
            }
            members.push_str("],");
        }
        Ok(members)
    }
}

/// Adds an issue of the proxy's own. As with those of the core, not more are listed than the limit: the others are
/// counted.
fn out_of_scope(issues: &mut Vec<Issue>, path: Vec<Segment>, message: &'static str) {
    let before = issues.len();
    Report::issue(issues, &[NONE; 2], Sentence::Unknown, &[NONE; 3]);
    if let Some(issue) = issues.get_mut(before)
        && before < MAX_ISSUES
    {
        *issue = refusal::out_of_scope(path, message);
    }
}

fn path(name: &str, index: Option<usize>) -> Vec<Segment> {
    let mut path = Vec::new();
    path.push(Segment::Name(name.into()));
    if let Some(index) = index {
        path.push(Segment::Index(u32::try_from(index).unwrap_or(u32::MAX)));
    }
    path
}

/// The list of this name in an object.
fn of_object(json: &str, name: &str) -> Result<List, Malformed> {
    let mut scanner = Scanner::new(json);
    let Value::Object = scanner.value()? else {
        return Err(Malformed);
    };
    member(&mut scanner, name)
}

/// The list of this name in the customer of the service's answer.
fn of_customer(json: &str, name: &str) -> Result<List, Malformed> {
    let mut scanner = Scanner::new(json);
    let mut first = true;
    let Value::Object = scanner.value()? else {
        return Err(Malformed);
    };
    while scanner.key(&mut first)? {
        let is_customer = scanner.last().is("customer");
        let value = scanner.value()?;
        if !is_customer {
            scanner.skip(value)?;
        } else if let Value::Object = value {
            return member(&mut scanner, name);
        } else {
            return Err(Malformed);
        }
    }
    Err(Malformed)
}

/// The list of this name in the object that was just opened. A checked text has no key twice.
fn member(scanner: &mut Scanner, name: &str) -> Result<List, Malformed> {
    let mut first = true;
    while scanner.key(&mut first)? {
        if scanner.last().is(name) {
            return items(scanner);
        }
        let value = scanner.value()?;
        scanner.skip(value)?;
    }
    Ok(List::Absent)
}

fn items(scanner: &mut Scanner) -> Result<List, Malformed> {
    let value = scanner.value()?;
    let Value::Array = value else {
        scanner.skip(value)?;
        return Ok(List::Other);
    };
    let (mut items, mut first, mut is_of_texts) = (Vec::new(), true, true);
    while scanner.item(&mut first)? {
        let item = scanner.value()?;
        if let Value::Text = item {
            items.push(scanner.last().to_text());
        } else {
            is_of_texts = false;
            scanner.skip(item)?;
        }
    }
    Ok(if is_of_texts {
        List::Items(items)
    } else {
        List::Other
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use collins_customers::contract::Code;
    use collins_customers::rules::Params;

    fn scope() -> Scope {
        Scope::read(r#"{"associated_venues":["a","b"]}"#).unwrap()
    }

    fn paths(issues: &[Issue]) -> Vec<String> {
        let dotted = |issue: &Issue| {
            let segments: Vec<String> = issue
                .path
                .iter()
                .map(|segment| match segment {
                    Segment::Name(name) => name.clone(),
                    Segment::Index(index) => index.to_string(),
                })
                .collect();
            segments.join(".")
        };
        issues.iter().map(dotted).collect()
    }

    #[test]
    fn an_empty_text_is_everyone_and_an_invalid_one_is_no_scope() {
        assert_eq!(Scope::read(""), Some(Scope::default()));
        assert!(!Scope::read("{}").unwrap().is_narrow());
        assert!(Scope::read(r#"{"labels":[]}"#).unwrap().is_empty());
        for text in [
            "null",
            "[]",
            "true",
            "{",
            r#"{"labels":"VIP"}"#,
            r#"{"labels":null}"#,
            r#"{"labels":[1]}"#,
            r#"{"labels":[""]}"#,
            r#"{"labels":["a,b"]}"#,
            r#"{"Labels":["a"]}"#,
            r#"{"email":["a@example.com"]}"#,
            r#"{"labels":["a"],"labels":["b"]}"#,
            r#"{"labels":["a"]} "#.trim_end().trim_end_matches('}'),
        ] {
            assert_eq!(Scope::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_record_is_in_scope_with_one_item_of_each_list() {
        let two = Scope::read(r#"{"associated_venues":["a"],"labels":["VIP"]}"#).unwrap();
        for (customer, one, both) in [
            (
                r#"{"associated_venues":["z","a"],"labels":["VIP"]}"#,
                true,
                true,
            ),
            (
                r#"{"associated_venues":["\u0061"],"labels":[]}"#,
                true,
                false,
            ),
            (
                r#"{"associated_venues":["b"],"labels":["VIP"]}"#,
                true,
                false,
            ),
            (r#"{"associated_venues":["z"]}"#, false, false),
            (r#"{"associated_venues":[]}"#, false, false),
            (r#"{"associated_venues":null}"#, false, false),
            (r#"{"associated_venues":"a"}"#, false, false),
            (r#"{"notes":{"associated_venues":["a"]}}"#, false, false),
            ("{}", false, false),
        ] {
            let record = format!(r#"{{"meta":{{}},"customer":{customer}}}"#);
            assert_eq!(scope().admits(&record), Ok(one), "{record}");
            assert_eq!(two.admits(&record), Ok(both), "{record}");
        }
    }

    #[test]
    fn an_answer_without_a_customer_is_none() {
        for record in [
            "",
            "[]",
            "{}",
            r#"{"customer":null}"#,
            r#"{"customer":[]}"#,
            "<html>",
        ] {
            assert_eq!(scope().admits(record), Err(Malformed), "{record}");
        }
    }

    #[test]
    fn a_new_customer_has_no_item_of_others() {
        for (body, expected) in [
            ("{}", Vec::new()),
            (r#"{"associated_venues":["b"]}"#, Vec::new()),
            (r#"{"associated_venues":["a","b","a"]}"#, Vec::new()),
            (
                r#"{"associated_venues":["a","z"]}"#,
                vec!["associated_venues.1"],
            ),
            (
                r#"{"associated_venues":["A"]}"#,
                vec!["associated_venues.0"],
            ),
            (r#"{"associated_venues":[]}"#, vec!["associated_venues"]),
            (r#"{"associated_venues":null}"#, vec!["associated_venues"]),
        ] {
            assert_eq!(paths(&scope().check_new(body).unwrap()), expected, "{body}");
        }
    }

    #[test]
    fn an_update_keeps_one_item_and_changes_none_of_others() {
        let record = r#"{"customer":{"associated_venues":["a","z"]}}"#;
        for (body, expected) in [
            ("{}", Vec::new()),
            (r#"{"associated_venues":["a","z"]}"#, Vec::new()),
            (r#"{"associated_venues":["z","b","a"]}"#, Vec::new()),
            (r#"{"associated_venues":["a"]}"#, vec!["associated_venues"]),
            (r#"{"associated_venues":["z"]}"#, vec!["associated_venues"]),
            (r#"{"associated_venues":[]}"#, vec!["associated_venues"]),
            (r#"{"associated_venues":null}"#, vec!["associated_venues"]),
            (
                r#"{"associated_venues":["a","z","y"]}"#,
                vec!["associated_venues.2"],
            ),
        ] {
            let issues = scope().check_update(body, record).unwrap();
            assert_eq!(paths(&issues), expected, "{body}");
        }
    }

    #[test]
    fn items_of_others_are_listed_up_to_the_limit() {
        for count in [MAX_ISSUES, MAX_ISSUES + 1] {
            let body = format!(
                r#"{{"associated_venues":["a"{}]}}"#,
                r#","z""#.repeat(count)
            );
            let record = r#"{"customer":{"associated_venues":["a"]}}"#;
            for issues in [
                scope().check_new(&body).unwrap(),
                scope().check_update(&body, record).unwrap(),
            ] {
                assert_eq!(issues.len(), count);
                let has_more = issues.last().unwrap().code == Code::MoreIssues;
                assert_eq!(has_more, count > MAX_ISSUES);
            }
        }
        let many = format!(
            r#"{{"associated_venues":[{}"z"]}}"#,
            r#""z","#.repeat(99_999)
        );
        let issues = scope().check_new(&many).unwrap();
        assert_eq!(issues[MAX_ISSUES].params, Params::More(99_900));
    }

    #[test]
    fn missing_lists_of_a_create_are_set() {
        let two = Scope::read(r#"{"associated_venues":["a","b"],"labels":["V\"IP"]}"#).unwrap();
        assert_eq!(
            two.absent_from("{}").unwrap(),
            r#""associated_venues":["a","b"],"labels":["V\"IP"],"#
        );
        assert_eq!(
            two.absent_from(r#"{"l\u0061bels":[]}"#).unwrap(),
            r#""associated_venues":["a","b"],"#
        );
        assert_eq!(Scope::default().absent_from("{}").unwrap(), "");
    }
}
