//! What a create and an update do to a customer.

use collins_customers::contract::Code;
use collins_customers::customer::{
    CompanyAddress, CompanyAddressUpdate, Customer, CustomerUpdate, MarketingPreference,
};
use collins_customers::instant;
use collins_customers::rules::{Issue, Params, Segment};
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// An instant as the service writes it. It names no zone, and is read as UTC.
pub fn written(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The present as the service writes it.
pub fn now() -> String {
    written(TimeZone::UTC.to_datetime(Timestamp::now()))
}

/// A customer of whom nothing is known yet.
pub fn blank(id: String, now: &str) -> Customer {
    Customer {
        id: Some(id),
        associated_venues: Some(Vec::new()),
        marketing_preferences: Some(Vec::new()),
        bookings: Some(Vec::new()),
        labels: Some(Vec::new()),
        created_date: Some(now.to_owned()),
        ..Customer::default()
    }
}

/// What an update says of a field: nothing, that it is cleared, or its value.
type Change<T> = Option<Option<T>>;

/// Carries out an update: what is left out stays, what is null is cleared. A create is an update of a
/// [`blank`] customer.
pub fn apply(update: CustomerUpdate, customer: &mut Customer, now: &str) -> Result<(), Issue> {
    if update.id.is_some() && update.id != customer.id {
        return Err(issue(
            "id",
            Code::InvalidId,
            "Must stay the id of this customer: leave it out",
        ));
    }
    let created_date = instants(update.created_date, "created_date")?;
    let last_updated = instants(update.last_updated, "last_updated")?;

    set(&mut customer.email, update.email);
    set(&mut customer.first_name, update.first_name);
    set(&mut customer.last_name, update.last_name);
    set(&mut customer.phone, update.phone);
    set(&mut customer.company, update.company);
    set(&mut customer.dob, update.dob);
    set(&mut customer.notes, update.notes);
    set(
        &mut customer.custom_field_value,
        update.custom_field_value.map(|value| value.map(as_text)),
    );
    set_list(&mut customer.associated_venues, update.associated_venues);
    set_list(&mut customer.labels, update.labels);
    match update.company_address {
        None => {}
        Some(None) => customer.company_address = None,
        Some(Some(parts)) => address(parts, &mut customer.company_address),
    }

    let preferences = customer.marketing_preferences.get_or_insert_default();
    match update.marketing_preference_ids {
        None => {}
        Some(None) => preferences.clear(),
        Some(Some(ids)) => opt(ids.into_iter().map(|id| (id, true)), preferences, now),
    }
    match update.marketing_preferences {
        None => {}
        Some(None) => preferences.clear(),
        Some(Some(choices)) => opt(choices, preferences, now),
    }

    set(&mut customer.created_date, created_date);
    customer.last_updated = Some(last_updated.flatten().unwrap_or_else(|| now.to_owned()));
    Ok(())
}

fn set<T>(field: &mut Option<T>, change: Change<T>) {
    if let Some(value) = change {
        *field = value;
    }
}

/// A list is cleared by emptying it: reading always gives a list.
fn set_list(field: &mut Option<Vec<String>>, change: Change<Vec<String>>) {
    set(field, change.map(|list| Some(list.unwrap_or_default())));
}

fn address(parts: CompanyAddressUpdate, address: &mut Option<CompanyAddress>) {
    let address = address.get_or_insert_default();
    set(&mut address.street, parts.street);
    set(&mut address.city, parts.city);
    set(&mut address.post_code, parts.post_code);
}

/// Turns choices, which are what is written, into the list that is read. The date of the other choice
/// stays: it tells when that was made.
fn opt(
    choices: impl IntoIterator<Item = (String, bool)>,
    preferences: &mut Vec<MarketingPreference>,
    now: &str,
) {
    for (id, opted_in) in choices {
        let position = preferences
            .iter()
            .position(|preference| preference.id == id);
        let position = position.unwrap_or_else(|| {
            preferences.push(MarketingPreference {
                id,
                ..MarketingPreference::default()
            });
            preferences.len() - 1
        });
        let preference = &mut preferences[position];
        preference.opted_in = opted_in;
        let date = if opted_in {
            &mut preference.opt_in_date
        } else {
            &mut preference.opt_out_date
        };
        *date = Some(now.to_owned());
    }
}

/// The field is kept as text, whatever scalar was written.
fn as_text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Brings an instant into the form in which the service writes it.
fn instants(change: Change<String>, field: &str) -> Result<Change<String>, Issue> {
    let Some(Some(text)) = change else {
        return Ok(change);
    };
    match normal(&text) {
        Some(normal) => Ok(Some(Some(normal))),
        None => Err(issue(
            field,
            Code::InvalidDate,
            "Must be in the years 1 to 9999 of UTC",
        )),
    }
}

fn normal(text: &str) -> Option<String> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds of at most the year 10000"
    )]
    let since_epoch = SignedDuration::from_millis(instant::date_time(text)? as i64);
    let at = date(1970, 1, 1)
        .at(0, 0, 0, 0)
        .checked_add(since_epoch)
        .ok()?;
    (at.year() > 0).then(|| written(at))
}

/// An issue with what only the store can know.
pub fn issue(field: &str, code: Code, message: &str) -> Issue {
    Issue {
        path: vec![Segment::Name(field.to_owned())],
        code,
        message: message.to_owned(),
        params: Params::None,
    }
}

#[cfg(test)]
mod tests {
    use super::{apply, blank, normal};
    use collins_customers::customer::{Customer, CustomerUpdate};
    use serde_json::json;

    const CREATED: &str = "2020-01-01 10:00:00";
    const UPDATED: &str = "2020-02-02 11:00:00";

    fn changed(customer: &mut Customer, update: serde_json::Value) {
        let update: CustomerUpdate = serde_json::from_value(update).unwrap();
        apply(update, customer, UPDATED).unwrap();
    }

    #[test]
    fn a_later_choice_keeps_the_date_of_the_earlier_one() {
        let mut customer = blank("a".into(), CREATED);
        let update = CustomerUpdate {
            marketing_preference_ids: Some(Some(vec!["news".into()])),
            ..CustomerUpdate::default()
        };
        apply(update, &mut customer, CREATED).unwrap();
        changed(
            &mut customer,
            json!({ "marketing_preferences": { "news": false } }),
        );
        let read = serde_json::to_value(&customer.marketing_preferences).unwrap();
        let expected = json!([{
            "id": "news", "opt_in_date": CREATED, "opt_out_date": UPDATED, "opted_in": false,
        }]);
        assert_eq!(read, expected);
    }

    #[test]
    fn the_parts_of_an_address_change_each_by_itself() {
        let mut customer = blank("a".into(), CREATED);
        changed(
            &mut customer,
            json!({ "company_address": { "street": "1 High Street", "city": "Leeds" } }),
        );
        changed(
            &mut customer,
            json!({ "company_address": { "street": null, "post_code": "LS1" } }),
        );
        let read = serde_json::to_value(&customer.company_address).unwrap();
        assert_eq!(read, json!({ "city": "Leeds", "post_code": "LS1" }));
        changed(&mut customer, json!({ "company_address": null }));
        assert_eq!(customer.company_address, None);
    }

    #[test]
    fn instants_become_the_form_of_the_service() {
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
