use super::*;
use crate::contract::{CUSTOMER_UPDATE, FILTERS, NEW_CUSTOMER, row_of};
use crate::filter::query;
use crate::rules::check::{Check, Subject};
use crate::rules::issue::{Issue, NONE, Part, Parts, Path, Report, Sentence};
use crate::rules::json::Scanner;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

/// Writes an outline as outline.js does.
#[derive(Default)]
struct Written {
    entries: Vec<u32>,
    texts: String,
    names: Vec<String>,
    is_filter: bool,
}

impl Written {
    fn new(value: &Json, subject: Subject) -> Self {
        let mut written = Written {
            is_filter: matches!(subject, Subject::ListFilter),
            ..Written::default()
        };
        let fields: &[Field] = match subject {
            Subject::NewCustomer => NEW_CUSTOMER,
            Subject::CustomerUpdate => CUSTOMER_UPDATE,
            Subject::ListFilter => FILTERS,
        };
        let place = Place {
            members: fields,
            ..Place::UNNAMED
        };
        written.value(value, place, 0);
        written
    }

    fn name(&mut self, kind: u32, name: &str) {
        self.text(kind, name, u32::MAX);
        self.texts += name;
        self.texts.push('\n');
    }

    fn text(&mut self, kind: u32, text: &str, limit: u32) {
        let units = u32::try_from(text.encode_utf16().count()).unwrap();
        let here = units > limit;
        if here {
            self.texts += text;
            self.texts.push('\n');
        }
        self.entries
            .push(kind + if here { HERE } else { 0 } + (units << BITS));
    }

    fn value(&mut self, value: &Json, place: Place, depth: u32) {
        match value {
            Json::Null => self.entries.push(NULL),
            Json::Bool(_) => self.entries.push(BOOLEAN),
            Json::Number(number) => self.text(NUMBER, &number.to_string(), place.limit),
            Json::String(text) => self.text(TEXT, text, place.limit),
            Json::Array(items) => {
                self.entries.push(ITEMS);
                let of_items = Place {
                    members: place.items,
                    ..place
                };
                if depth < LEVELS {
                    for item in items {
                        self.value(item, of_items, depth + 1);
                    }
                }
                self.entries.push(END);
            }
            Json::Object(members) => {
                self.entries.push(ENTRIES);
                if depth < LEVELS {
                    self.members(members, place.members, depth + 1);
                }
                self.entries.push(END);
            }
        }
    }

    fn members(&mut self, members: &Map<String, Json>, fields: &[Field], depth: u32) {
        for (name, value) in members {
            let row = row_of(fields, name);
            let place = row.map_or(Place::UNNAMED, |row| {
                Place::of(fields[row].kind, self.is_filter)
            });
            // Such a text is not told at all.
            if let Json::String(text) = value
                && place.is_counted
                && text.encode_utf16().count() <= place.limit as usize
            {
                continue;
            }
            match row {
                Some(row) => self
                    .entries
                    .push(ROW + (u32::try_from(row).unwrap() << BITS)),
                None if !fields.is_empty() && name.encode_utf16().count() <= MAX_NAME as usize => {
                    self.names.push(name.clone());
                    self.name(NAMED, name);
                }
                None => {
                    self.names.push(name.clone());
                    self.entries.push(ANY);
                }
            }
            self.value(value, place, depth);
        }
    }
}

/// Gives names back that did not cross.
struct Named<'a> {
    names: &'a [String],
    issues: Vec<Issue>,
}

impl Report for Named<'_> {
    fn issue(&mut self, path: &Path, sentence: Sentence, parts: &Parts) {
        let path = path.map(|part| match part {
            Part::Name(text) => Part::Name(Text {
                raw: &self.names[text.number as usize],
                ..text
            }),
            other => other,
        });
        self.issues.issue(&path, sentence, parts);
    }

    fn clear(&mut self) {
        self.issues.clear();
    }
}

fn described(value: &Json, subject: Subject) -> (Vec<Issue>, Option<String>) {
    let written = Written::new(value, subject);
    let mut report = Named {
        names: &written.names,
        issues: Vec::new(),
    };
    let source = Outline::new(&written.entries, &written.texts);
    let is_valid = Check::new(source.clone(), subject, &mut report).run();
    let is_query = is_valid && matches!(subject, Subject::ListFilter);
    let query = is_query.then(|| query::write(source));
    (report.issues, query)
}

fn scanned(value: &Json, subject: Subject) -> (Vec<Issue>, Option<String>) {
    let text = value.to_string();
    let mut issues = Vec::new();
    let source = Scanner::new(&text);
    let is_valid = Check::new(source.clone(), subject, &mut issues).run();
    let is_query = is_valid && matches!(subject, Subject::ListFilter);
    let query = is_query.then(|| query::write(source));
    (issues, query)
}

fn issues(entries: &[u32], texts: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    Check::new(
        Outline::new(entries, texts),
        Subject::NewCustomer,
        &mut issues,
    )
    .run();
    issues
}

#[test]
fn what_ends_too_early_or_too_late_is_no_value() {
    assert_eq!(issues(&[ENTRIES, END], ""), []);
    for entries in [
        &[][..],
        &[ENTRIES],
        &[ENTRIES, END, END],
        &[ENTRIES, NAMED + (3 << BITS), NULL, END],
        &[END],
    ] {
        let issues = issues(entries, "ab");
        assert_eq!(issues.len(), 1, "{entries:?}");
        assert_eq!(
            issues[0].message,
            "Must be valid JSON, nested at most 64 levels deep"
        );
    }
}

#[test]
fn what_json_has_no_form_for_is_named() {
    let mut written = Written::default();
    written.entries.extend([ENTRIES, ROW + (6 << BITS)]);
    written.name(FOREIGN, "a Date");
    written.entries.push(END);
    let issues = issues(&written.entries, &written.texts);
    assert_eq!(
        issues[0].message,
        "Expected a \"YYYY-MM-DD\" string, got a Date, which can shift by a day between time zones: \
         give the day itself"
    );
}

#[test]
fn a_step_and_a_part_are_one_number_each() {
    let name = Text {
        number: 5,
        ..Text::default()
    };
    for (part, number) in [
        (NONE, 0.0),
        (Part::Number(u32::MAX), 34_359_738_361.0),
        (Part::Name(name), 42.0),
        (Part::Field(crate::rules::issue::Table::Customer, 2), 19.0),
        (Part::Field(crate::rules::issue::Table::Address, 2), 20.0),
        (Part::Field(crate::rules::issue::Table::Filters, 25), 205.0),
    ] {
        assert!((part.to_number() - number).abs() < 0.5, "{part:?}");
    }
}

fn scalar() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i32>().prop_map(Json::from),
        (-9.0..9.0).prop_map(|number: f64| json!(number)),
        "(ada@example.com|2019-02-2[0-9]|[a-c,\u{e9}\u{1f600}]{0,12})".prop_map(Json::from),
        "[a\u{e9}\u{1f600}]{250,260}".prop_map(Json::from),
    ]
}

fn name() -> impl Strategy<Value = String> {
    let documented: Vec<_> = CUSTOMER_UPDATE
        .iter()
        .chain(COMPANY_ADDRESS)
        .chain(FILTERS)
        .map(|field| field.name.to_string())
        .collect();
    prop_oneof![
        9 => prop::sample::select(documented),
        1 => "[a-e\u{1f600}\t\"]{0,9}",
        1 => "[a-e]{63,66}",
    ]
}

fn value() -> impl Strategy<Value = Json> {
    scalar().prop_recursive(3, 40, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map(name(), inner, 0..8)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_value_has_the_same_issues_as_its_text(members in prop::collection::btree_map(name(), value(), 0..9)) {
        let value = Json::Object(members.into_iter().collect());
        for subject in [Subject::NewCustomer, Subject::CustomerUpdate, Subject::ListFilter] {
            prop_assert_eq!(described(&value, subject), scanned(&value, subject));
        }
    }

    #[test]
    fn no_entries_panic(entries in prop::collection::vec(0..64_u32, 0..40), texts in any::<String>()) {
        issues(&entries, &texts);
    }
}
