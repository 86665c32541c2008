//! The effects of a create and an update on a customer.

use collins_customers::contract::{COMPANY_ADDRESS, Code, Kind, NEW_CUSTOMER, UPDATE_ONLY};
use collins_customers::instant;
use collins_customers::rules::{Issue, Params, Segment};

use crate::clock::{self, Instant};
use crate::json::{self, Fields, Json, field};

/// The fields of a customer, in the order of the documentation. \[doc\]
pub const CUSTOMER: [&str; 16] = [
    "id",
    "email",
    "first_name",
    "last_name",
    "phone",
    "company",
    "company_address",
    "dob",
    "custom_field_value",
    "associated_venues",
    "marketing_preferences",
    "bookings",
    "labels",
    "notes",
    "created_date",
    "last_updated",
];

/// A customer with no data yet.
#[must_use]
pub fn blank(id: &str, now: Instant) -> Fields {
    let value = |name| match name {
        "id" => Json::text(id),
        "associated_venues" | "marketing_preferences" | "bookings" | "labels" => {
            Json::List(Vec::new())
        }
        "created_date" => Json::Text(clock::date_time(now)),
        _ => Json::Null,
    };
    CUSTOMER
        .iter()
        .map(|name| field(name, value(name)))
        .collect()
}

/// Applies an update that passed the rules: absent fields are kept, null clears a field. A create is an update of a
/// [`blank`] customer.
///
/// # Errors
/// The update breaks a rule that only the store can check.
pub fn apply(update: &Fields, customer: &mut Fields, now: Instant) -> Result<(), Issue> {
    let id = json::get(update, "id");
    if id.is_some() && id != json::get(customer, "id") {
        return Err(issue(
            "id",
            Code::InvalidId,
            "Must stay the id of this customer: leave it out",
        ));
    }
    let mut last_updated = Json::Text(clock::date_time(now));
    for field in NEW_CUSTOMER.iter().chain(UPDATE_ONLY) {
        let Some(value) = json::get(update, field.name) else {
            continue;
        };
        let changed = match (field.name, field.kind) {
            ("marketing_preference_ids" | "marketing_preferences", _) => {
                preferences(customer, value, now);
                continue;
            }
            (_, Kind::Address) => address(json::get(customer, field.name), value),
            (_, Kind::Ids | Kind::Texts) if *value == Json::Null => Json::List(Vec::new()),
            (_, Kind::Scalar { .. }) => as_text(value),
            (_, Kind::DateTime) => written(field.name, value)?,
            _ => value.clone(),
        };
        if field.name == "last_updated" {
            if changed != Json::Null {
                last_updated = changed;
            }
        } else {
            json::set(customer, field.name, changed);
        }
    }
    json::set(customer, "last_updated", last_updated);
    Ok(())
}

/// Merges an address: each of its parts changes separately.
fn address(old: Option<&Json>, update: &Json) -> Json {
    let Json::Object(update) = update else {
        return update.clone();
    };
    let mut parts = match old {
        Some(Json::Object(parts)) => parts.clone(),
        _ => Fields::new(),
    };
    for part in COMPANY_ADDRESS {
        match json::get(update, part.name) {
            None => {}
            Some(Json::Null) => parts.retain(|(name, _)| name != part.name),
            Some(value) => json::set(&mut parts, part.name, value.clone()),
        }
    }
    Json::Object(parts)
}

/// Turns choices into the list that is read. They come in three forms: ids to opt in to, a map of ids to booleans, and
/// the list as it was read, in which a choice that has not changed keeps its date.
fn preferences(customer: &mut Fields, choices: &Json, now: Instant) {
    let mut list = match json::get(customer, "marketing_preferences") {
        Some(Json::List(list)) if *choices != Json::Null => list.clone(),
        _ => Vec::new(),
    };
    match choices {
        Json::Object(choices) => {
            for (id, opted_in) in choices {
                opt(&mut list, id, *opted_in == Json::Boolean(true), now);
            }
        }
        Json::List(choices) => {
            for choice in choices {
                if let Some(id) = choice.as_text() {
                    opt(&mut list, id, true, now);
                    continue;
                }
                let Some(id) = choice.get("id").and_then(Json::as_text) else {
                    continue;
                };
                let opted_in = choice.get("opted_in") == Some(&Json::Boolean(true));
                let made = list.iter().any(|old| {
                    old.get("id") == choice.get("id")
                        && old.get("opted_in") == choice.get("opted_in")
                });
                if !made {
                    opt(&mut list, id, opted_in, now);
                }
            }
        }
        _ => {}
    }
    json::set(customer, "marketing_preferences", Json::List(list));
}

/// Keeps the date of the opposite choice: it records when that one was made.
fn opt(list: &mut Vec<Json>, id: &str, opted_in: bool, now: Instant) {
    let is_this = |choice: &&mut Json| choice.get("id").and_then(Json::as_text) == Some(id);
    let date = if opted_in {
        "opt_in_date"
    } else {
        "opt_out_date"
    };
    let now = Json::Text(clock::date_time(now));
    if let Some(Json::Object(choice)) = list.iter_mut().find(is_this) {
        json::set(choice, date, now);
        json::set(choice, "opted_in", Json::Boolean(opted_in));
        return;
    }
    let mut choice = choice(id, [None, None], opted_in);
    json::set(&mut choice, date, now);
    list.push(Json::Object(choice));
}

/// A marketing preference in the form in which it is read.
#[must_use]
pub fn choice(id: &str, dates: [Option<Instant>; 2], opted_in: bool) -> Fields {
    let [opt_in, opt_out] =
        dates.map(|date| date.map_or(Json::Null, |date| Json::Text(clock::date_time(date))));
    vec![
        field("id", Json::text(id)),
        field("opt_in_date", opt_in),
        field("opt_out_date", opt_out),
        field("opted_in", Json::Boolean(opted_in)),
    ]
}

/// Turns any scalar into text, as the field is stored as text.
fn as_text(value: &Json) -> Json {
    match value {
        Json::Null | Json::Text(_) => value.clone(),
        other => Json::Text(other.to_text()),
    }
}

/// Converts an instant to the form that the service writes.
fn written(field: &str, value: &Json) -> Result<Json, Issue> {
    let Some(text) = value.as_text() else {
        return Ok(value.clone());
    };
    normal(text).map(Json::Text).ok_or_else(|| {
        issue(
            field,
            Code::InvalidDate,
            "Must be in the years 1 to 9999 of UTC",
        )
    })
}

fn normal(text: &str) -> Option<String> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds of at most the year 10000"
    )]
    let at = instant::date_time(text)? as Instant;
    clock::is_written(at).then(|| clock::date_time(at))
}

/// An issue that only the store can find.
fn issue(field: &str, code: Code, message: &str) -> Issue {
    Issue {
        path: vec![Segment::Name(field.into())],
        code,
        message: message.into(),
        params: Params::None,
    }
}

#[cfg(test)]
mod tests {
    use super::{apply, blank, normal};
    use crate::clock::{DAY, days};
    use crate::json::{self, Fields, Json};
    use serde_json::{Value, json};

    const CREATED: i64 = days(2020, 1, 1) * DAY;
    const UPDATED: i64 = days(2020, 2, 2) * DAY;

    fn changed(customer: &mut Fields, update: &Value, now: i64) {
        let Ok(Json::Object(update)) = json::read(&update.to_string()) else {
            panic!("an update is an object");
        };
        apply(&update, customer, now).unwrap();
    }

    fn read(customer: &Fields, field: &str) -> Value {
        serde_json::from_str(&json::get(customer, field).unwrap().to_text()).unwrap()
    }

    #[test]
    fn a_later_choice_keeps_the_date_of_the_earlier_one() {
        let mut customer = blank("a", CREATED);
        changed(
            &mut customer,
            &json!({ "marketing_preference_ids": ["news"] }),
            CREATED,
        );
        changed(
            &mut customer,
            &json!({ "marketing_preferences": { "news": false } }),
            UPDATED,
        );
        let expected = json!([{
            "id": "news", "opt_in_date": "2020-01-01 00:00:00", "opt_out_date": "2020-02-02 00:00:00",
            "opted_in": false,
        }]);
        assert_eq!(read(&customer, "marketing_preferences"), expected);
    }

    #[test]
    fn the_list_that_was_read_can_be_given_back() {
        let mut customer = blank("a", CREATED);
        changed(
            &mut customer,
            &json!({ "marketing_preferences": { "a": true, "b": false } }),
            CREATED,
        );
        let as_read = read(&customer, "marketing_preferences");
        changed(
            &mut customer,
            &json!({ "marketing_preferences": as_read }),
            UPDATED,
        );
        assert_eq!(read(&customer, "marketing_preferences"), as_read);

        let edited = json!([{ "id": "b", "opted_in": true }, { "id": "new", "opted_in": false }]);
        changed(
            &mut customer,
            &json!({ "marketing_preferences": edited }),
            UPDATED,
        );
        let expected = json!([
            { "id": "a", "opt_in_date": "2020-01-01 00:00:00", "opt_out_date": null, "opted_in": true },
            { "id": "b", "opt_in_date": "2020-02-02 00:00:00", "opt_out_date": "2020-01-01 00:00:00",
              "opted_in": true },
            { "id": "new", "opt_in_date": null, "opt_out_date": "2020-02-02 00:00:00", "opted_in": false },
        ]);
        assert_eq!(read(&customer, "marketing_preferences"), expected);
        changed(
            &mut customer,
            &json!({ "marketing_preferences": null }),
            UPDATED,
        );
        assert_eq!(read(&customer, "marketing_preferences"), json!([]));
    }

    #[test]
    fn the_parts_of_an_address_change_each_by_itself() {
        let mut customer = blank("a", CREATED);
        changed(
            &mut customer,
            &json!({ "company_address": { "street": "1 High Street", "city": "Leeds" } }),
            CREATED,
        );
        changed(
            &mut customer,
            &json!({ "company_address": { "street": null, "post_code": "LS1" } }),
            UPDATED,
        );
        let expected = json!({ "city": "Leeds", "post_code": "LS1" });
        assert_eq!(read(&customer, "company_address"), expected);
        changed(&mut customer, &json!({ "company_address": null }), UPDATED);
        assert_eq!(read(&customer, "company_address"), Value::Null);
    }

    #[test]
    fn undocumented_fields_are_kept_in_place() {
        let Ok(Json::Object(mut customer)) =
            json::read(r#"{"loyalty":{"tier":1},"id":"a","labels":"odd","company_address":[]}"#)
        else {
            panic!("a customer is an object");
        };
        changed(
            &mut customer,
            &json!({ "notes": "n", "labels": ["VIP"], "company_address": { "city": "Leeds" } }),
            UPDATED,
        );
        let text = Json::Object(customer).to_text();
        let expected = r#"{"loyalty":{"tier":1},"id":"a","labels":["VIP"],"company_address":{"city":"Leeds"},"notes":"n","last_updated":"2020-02-02 00:00:00"}"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn instants_are_written_in_the_form_of_the_service() {
        assert_eq!(
            normal("2019-03-06 17:00:00").as_deref(),
            Some("2019-03-06 17:00:00")
        );
        assert_eq!(
            normal("2019-03-06T17:00:00.250+02:00").as_deref(),
            Some("2019-03-06 15:00:00")
        );
        assert_eq!(
            normal("1969-12-31T23:59:59.5Z").as_deref(),
            Some("1969-12-31 23:59:59")
        );
        assert_eq!(
            normal("0001-01-01 00:00:00").as_deref(),
            Some("0001-01-01 00:00:00")
        );
        assert_eq!(
            normal("9999-12-31 23:59:59").as_deref(),
            Some("9999-12-31 23:59:59")
        );
        assert_eq!(normal("0001-01-01T00:00:00+00:01"), None);
        assert_eq!(normal("9999-12-31T23:59:59-00:01"), None);
    }
}
