//! The effects of a create and an update on a customer.

use collins_customers::contract::{COMPANY_ADDRESS, CUSTOMER_UPDATE, Code, Kind};
use collins_customers::instant;
use collins_customers::rules::{Issue, Params, Segment};

use crate::clock::{self, Instant};
use crate::json::{self, Fields};

/// The fields of a customer, in the order of the documentation. \[doc\]
const CUSTOMER: [&str; 16] = [
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
pub fn blank(id: &str, now: Instant) -> String {
    let mut customer = Fields::new();
    for name in CUSTOMER {
        let value = match name {
            "id" => json::string(id),
            "associated_venues" | "marketing_preferences" | "bookings" | "labels" => "[]".into(),
            "created_date" => json::string(&clock::date_time(now)),
            _ => "null".into(),
        };
        json::set(&mut customer, name, value);
    }
    json::object(&customer)
}

/// Applies an update that passed the rules: absent fields are kept, null clears a field. A create is an update of a
/// [`blank`] customer.
///
/// # Errors
/// The update breaks a rule that only the store can check.
pub fn apply(update: &str, customer: &str, now: Instant) -> Result<String, Issue> {
    let id = json::get(update, "id");
    if id.is_some() && id != json::get(customer, "id") {
        return Err(issue(
            "id",
            Code::InvalidId,
            "Must stay the id of this customer: leave it out",
        ));
    }
    let now = json::string(&clock::date_time(now));
    let mut last_updated = None;
    let mut fields = json::to_fields(customer);
    for field in CUSTOMER_UPDATE {
        let Some(value) = json::get(update, field.name) else {
            continue;
        };
        let mut name = field.name;
        let changed = match field.kind {
            Kind::Preferences => preferences(customer_list(&fields), value, &now),
            Kind::Ids if name == "marketing_preference_ids" => {
                name = "marketing_preferences";
                preferences(customer_list(&fields), value, &now)
            }
            Kind::Address => address(json::get(customer, name), value),
            Kind::Ids | Kind::Texts if value == "null" => "[]".into(),
            Kind::Scalar { .. } => as_string(value),
            Kind::DateTime => written(name, value)?,
            _ => value.into(),
        };
        if name == "last_updated" {
            last_updated = Some(changed).filter(|changed| changed != "null");
        } else {
            json::set(&mut fields, name, changed);
        }
    }
    json::set(&mut fields, "last_updated", last_updated.unwrap_or(now));
    Ok(json::object(&fields))
}

/// Returns the marketing preferences of a customer.
fn customer_list(fields: &Fields) -> &str {
    let list = fields
        .iter()
        .find(|(name, _)| name == "marketing_preferences");
    list.map_or("[]", |(_, list)| list)
}

/// Merges an address: each of its parts changes separately.
fn address(old: Option<&str>, update: &str) -> String {
    if update == "null" {
        return update.into();
    }
    let mut parts = json::to_fields(old.unwrap_or_default());
    for part in COMPANY_ADDRESS {
        match json::get(update, part.name) {
            None => {}
            Some("null") => parts.retain(|(name, _)| name != part.name),
            Some(value) => json::set(&mut parts, part.name, value.into()),
        }
    }
    json::object(&parts)
}

/// Turns choices into the list that is read. They come in three forms: ids to opt in to, a map of ids to booleans, and
/// the list as it was read, in which a choice that has not changed keeps its date.
fn preferences(old: &str, choices: &str, now: &str) -> String {
    let mut list = Vec::new();
    if choices != "null" {
        for choice in json::parts(old) {
            list.push(choice.into());
        }
    }
    for (id, opted_in) in json::fields(choices) {
        let mut quoted = String::from("\"");
        quoted.push_str(id);
        quoted.push('"');
        opt(&mut list, &quoted, opted_in, now);
    }
    if choices.starts_with('[') {
        for choice in json::parts(choices) {
            if choice.starts_with('"') {
                opt(&mut list, choice, "true", now);
                continue;
            }
            let [id, opted_in] = ["id", "opted_in"].map(|name| json::get(choice, name));
            let made = list
                .iter()
                .any(|old| json::get(old, "id") == id && json::get(old, "opted_in") == opted_in);
            if let (Some(id), Some(opted_in), false) = (id, opted_in, made) {
                opt(&mut list, id, opted_in, now);
            }
        }
    }
    json::list(&list)
}

/// Keeps the date of the opposite choice: it records when that one was made.
fn opt(list: &mut Vec<String>, id: &str, opted_in: &str, now: &str) {
    let is_this = |choice: &&mut String| json::get(choice, "id") == Some(id);
    let date = if opted_in == "true" {
        "opt_in_date"
    } else {
        "opt_out_date"
    };
    let change = |choice: &str| {
        let mut choice = json::to_fields(choice);
        json::set(&mut choice, date, now.into());
        json::set(&mut choice, "opted_in", opted_in.into());
        json::object(&choice)
    };
    match list.iter_mut().find(is_this) {
        Some(choice) => *choice = change(choice),
        None => list.push(change(&choice(id, ["null"; 2], opted_in))),
    }
}

/// A marketing preference in the form in which it is read.
fn choice(id: &str, [opt_in, opt_out]: [&str; 2], opted_in: &str) -> String {
    let mut choice = Fields::new();
    json::set(&mut choice, "id", id.into());
    json::set(&mut choice, "opt_in_date", opt_in.into());
    json::set(&mut choice, "opt_out_date", opt_out.into());
    json::set(&mut choice, "opted_in", opted_in.into());
    json::object(&choice)
}

/// Turns any scalar into a string, as the field is stored as text.
fn as_string(value: &str) -> String {
    if value == "null" || value.starts_with('"') {
        value.into()
    } else {
        json::string(value)
    }
}

/// Converts an instant to the form that the service writes.
fn written(field: &str, value: &str) -> Result<String, Issue> {
    let Some(text) = json::text(value) else {
        return Ok(value.into());
    };
    let written = normal(&text).map(|text| json::string(&text));
    written.ok_or_else(|| {
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
    use crate::json;
    use serde_json::{Value, json};

    const CREATED: i64 = days(2020, 1, 1) * DAY;
    const UPDATED: i64 = days(2020, 2, 2) * DAY;

    fn changed(customer: &mut String, update: &Value, now: i64) {
        let update = json::read(&update.to_string()).unwrap();
        *customer = apply(&update, customer, now).unwrap();
    }

    fn read(customer: &str, field: &str) -> Value {
        serde_json::from_str(json::get(customer, field).unwrap()).unwrap()
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
    fn the_list_that_was_read_can_be_sent_back() {
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
    fn each_part_of_an_address_changes_on_its_own() {
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
        let mut customer: String =
            r#"{"loyalty":{"tier":1},"id":"a","labels":"odd","company_address":[]}"#.into();
        changed(
            &mut customer,
            &json!({ "notes": "n", "labels": ["VIP"], "company_address": { "city": "Leeds" } }),
            UPDATED,
        );
        let expected = r#"{"loyalty":{"tier":1},"id":"a","labels":["VIP"],"company_address":{"city":"Leeds"},"notes":"n","last_updated":"2020-02-02 00:00:00"}"#;
        assert_eq!(customer, expected);
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
