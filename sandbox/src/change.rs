//! The effects of a create and an update on a customer.

use collins_customers::contract::{COMPANY_ADDRESS, CUSTOMER_UPDATE, Code, Kind};
use collins_customers::instant;
use collins_customers::rules::{Issue, Params, Segment};

use crate::clock::{self, Instant};
use crate::json::{self, Places};

/// A customer with no data yet, and with the fields in the order of the documentation. \[doc\] The id needs no escapes.
#[must_use]
pub fn blank(id: &str, now: Instant) -> String {
    let mut customer = String::from("{\"id\":\"");
    customer.push_str(id);
    customer.push_str(
        "\",\"email\":null,\"first_name\":null,\"last_name\":null,\"phone\":null,\"company\":null,\
         \"company_address\":null,\"dob\":null,\"custom_field_value\":null,\"associated_venues\":[],\
         \"marketing_preferences\":[],\"bookings\":[],\"labels\":[],\"notes\":null,\"created_date\":\"",
    );
    customer.push_str(&clock::date_time(now));
    customer.push_str("\",\"last_updated\":null}");
    customer
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
    let mut customer = String::from(customer);
    for field in CUSTOMER_UPDATE {
        let Some(value) = json::get(update, field.name) else {
            continue;
        };
        let name = if field.name == "marketing_preference_ids" {
            PREFERENCES
        } else {
            field.name
        };
        let old = json::get(&customer, name).unwrap_or_default();
        let changed = match field.kind {
            _ if name == PREFERENCES => preferences(old, value, &now),
            Kind::Address => address(old, value),
            Kind::Ids | Kind::Texts if value == "null" => "[]".into(),
            Kind::Scalar { .. } => as_string(value),
            Kind::DateTime => written(name, value)?,
            _ => value.into(),
        };
        customer = json::set(&customer, name, &changed);
    }
    if let None | Some("null") = json::get(update, LAST_UPDATED) {
        customer = json::set(&customer, LAST_UPDATED, &now);
    }
    Ok(customer)
}

const PREFERENCES: &str = "marketing_preferences";

const LAST_UPDATED: &str = "last_updated";

/// Merges an address: each of its parts changes separately.
fn address(old: &str, update: &str) -> String {
    if update == "null" {
        return update.into();
    }
    let mut address = String::from(if old.starts_with('{') { old } else { "{}" });
    for part in COMPANY_ADDRESS {
        if let Some(value) = json::get(update, part.name) {
            let value = if value == "null" { "" } else { value };
            address = json::set(&address, part.name, value);
        }
    }
    address
}

/// Turns choices into the list that is read. They come in three forms: ids to opt in to, a map of ids to booleans, and
/// the list as it was read, in which a choice that has not changed keeps its date.
fn preferences(old: &str, choices: &str, now: &str) -> String {
    let (mut list, mut places) = (Vec::new(), Places::default());
    if choices != "null" && old.starts_with('[') {
        for choice in json::parts(old) {
            places.of(json::get(choice, "id").unwrap_or_default(), list.len());
            list.push(String::from(choice));
        }
    }
    for part in json::parts(choices) {
        let is_as_read = part.starts_with('{');
        let (id, opted_in) = if is_as_read {
            let value = |name| json::get(part, name).unwrap_or_default();
            (value("id"), value("opted_in"))
        } else {
            json::split(part, b':')
        };
        // An id alone is a choice to opt in.
        let opted_in = if opted_in.is_empty() {
            "true"
        } else {
            opted_in
        };
        let place = places.of(id, list.len());
        if place == list.len() {
            list.push(json::set(NEW_CHOICE, "id", id));
        }
        if let Some(choice) = list.get_mut(place)
            && !(is_as_read && json::get(choice, "opted_in") == Some(opted_in))
        {
            *choice = opt(choice, opted_in, now);
        }
    }
    let mut json = String::from("[");
    for choice in &list {
        json::comma(&mut json);
        json.push_str(choice);
    }
    json.push(']');
    json
}

/// Keeps the date of the opposite choice: it records when that one was made.
fn opt(choice: &str, opted_in: &str, now: &str) -> String {
    let date = if opted_in == "true" {
        "opt_in_date"
    } else {
        "opt_out_date"
    };
    json::set(&json::set(choice, date, now), "opted_in", opted_in)
}

/// A marketing preference in the form in which it is read. Its id and its choice are set.
const NEW_CHOICE: &str = "{\"id\":0,\"opt_in_date\":null,\"opt_out_date\":null,\"opted_in\":0}";

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
    fn a_body_may_name_as_many_preferences_as_it_has_room_for() {
        let mut customer = blank("a", CREATED);
        // Not in the order of their ids.
        let ids: Vec<String> = (0..5000)
            .map(|number| format!("{}", number * 7919 % 5000))
            .collect();
        let update = json!({ "marketing_preference_ids": ids });
        changed(&mut customer, &update, CREATED);
        let read: Value = read(&customer, "marketing_preferences");
        let read = read.as_array().unwrap();
        assert!(read.iter().map(|choice| &choice["id"]).eq(&ids));
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
