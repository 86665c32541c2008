//! The customer, as types for Rust: the result of reading, and the input of a create and an update.
//!
//! The JavaScript client does not use these: it returns the service's responses unchanged. The types check nothing
//! themselves; check the JSON text with the rules of [`crate::rules::check`] before it is sent.
//!
//! ```
//! use collins_customers::customer::{Customer, CustomerUpdate, NewCustomer};
//!
//! let new = NewCustomer { first_name: Some("Ada".into()), ..NewCustomer::default() };
//! assert_eq!(serde_json::to_string(&new).unwrap(), r#"{"first_name":"Ada"}"#);
//!
//! // In an update `None` leaves a field as it is, and `Some(None)` clears it.
//! let update = CustomerUpdate { notes: Some(None), ..CustomerUpdate::default() };
//! assert_eq!(serde_json::to_string(&update).unwrap(), r#"{"notes":null}"#);
//!
//! let read: Customer = serde_json::from_str(r#"{"id":"5c7d9e0f1a2b3c4d5e6f7a8b"}"#).unwrap();
//! assert_eq!(read.email, None);
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A customer, as list, get, create and update return it. Any field may be missing \[assumed\].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Customer {
    /// 24 hexadecimal digits in every example; the documentation only says that it is a string.
    pub id: Option<String>,
    /// The email address.
    pub email: Option<String>,
    /// The given name.
    pub first_name: Option<String>,
    /// The family name.
    pub last_name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The company's name.
    pub company: Option<String>,
    /// The company's address.
    pub company_address: Option<CompanyAddress>,
    /// The date of birth, `YYYY-MM-DD`.
    pub dob: Option<String>,
    /// The value of the venue's own field.
    pub custom_field_value: Option<String>,
    /// The ids of the venues.
    pub associated_venues: Option<Vec<String>>,
    /// The preferences that the customer opted in to or out of.
    pub marketing_preferences: Option<Vec<MarketingPreference>>,
    /// The bookings.
    pub bookings: Option<Vec<Booking>>,
    /// The labels.
    pub labels: Option<Vec<String>>,
    /// Free text.
    pub notes: Option<String>,
    /// When the customer was created, `2019-03-06 17:00:00`; null for those from before February 2019.
    pub created_date: Option<String>,
    /// When the customer was last changed, `2019-03-06 17:00:00`.
    pub last_updated: Option<String>,
    /// Undocumented fields, as they were received \[assumed\].
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// The address of a customer's company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CompanyAddress {
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// The city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The post code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_code: Option<String>,
    /// Undocumented fields, as they were received \[assumed\]. A create with one is refused.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// One marketing preference of a customer, as it is read. Any field may be missing \[assumed\].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MarketingPreference {
    /// The id of the preference.
    pub id: Option<String>,
    /// When the customer last opted in, `2019-03-06 17:00:00`.
    pub opt_in_date: Option<String>,
    /// When the customer last opted out, `2019-03-06 17:00:00`.
    pub opt_out_date: Option<String>,
    /// True if the customer is opted in.
    pub opted_in: Option<bool>,
    /// Undocumented fields, as they were received \[assumed\].
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// One booking of a customer. Any field may be missing \[assumed\].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Booking {
    /// The id of the booking.
    pub id: Option<String>,
    /// When it takes place, `2019-03-06 17:00:00`.
    pub date: Option<String>,
    /// The id of the venue.
    pub venue_id: Option<String>,
    /// The number of people.
    pub num_people: Option<u32>,
    /// Its status.
    pub status: Option<String>,
    /// Undocumented fields, as they were received \[assumed\].
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// The body of a create. Every field is optional; `None` is not sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewCustomer {
    /// The email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The company's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The company's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_address: Option<CompanyAddress>,
    /// The date of birth, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dob: Option<String>,
    /// The value of the venue's own field: text, a number or a boolean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_field_value: Option<Value>,
    /// The ids of the venues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub associated_venues: Option<Vec<String>>,
    /// The ids of the marketing preferences to opt in to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketing_preference_ids: Option<Vec<String>>,
    /// Marketing preferences by id: true to opt in, false to opt out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketing_preferences: Option<BTreeMap<String, bool>>,
    /// The labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<String>>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// The body of an update. A field that is left out (`None`) stays as it is, one that is null
/// (`Some(None)`) is cleared \[assumed\].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerUpdate {
    /// The customer's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The email address.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub email: Option<Option<String>>,
    /// The given name.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub first_name: Option<Option<String>>,
    /// The family name.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub last_name: Option<Option<String>>,
    /// The company's name.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub company: Option<Option<String>>,
    /// The telephone number.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub phone: Option<Option<String>>,
    /// The company's address. That parts which are left out stay as they are is \[assumed\]: to be safe, send all.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub company_address: Option<Option<CompanyAddressUpdate>>,
    /// The date of birth, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub dob: Option<Option<String>>,
    /// The value of the venue's own field: text, a number or a boolean.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub custom_field_value: Option<Option<Value>>,
    /// The ids of the venues.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub associated_venues: Option<Option<Vec<String>>>,
    /// The ids of the marketing preferences to opt in to \[assumed\].
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub marketing_preference_ids: Option<Option<Vec<String>>>,
    /// Marketing preferences by id: true to opt in, false to opt out \[assumed\].
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub marketing_preferences: Option<Option<BTreeMap<String, bool>>>,
    /// The labels.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub labels: Option<Option<Vec<String>>>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub notes: Option<Option<String>>,
    /// When the customer was created.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub created_date: Option<Option<String>>,
    /// When the customer was last changed.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub last_updated: Option<Option<String>>,
}

/// The parts of an address in an update.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CompanyAddressUpdate {
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub street: Option<Option<String>>,
    /// The city.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub city: Option<Option<String>>,
    /// The post code.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub post_code: Option<Option<String>>,
}

/// Distinguishes a field that is null from one that is missing: it is called only for fields that exist.
#[expect(
    clippy::option_option,
    reason = "left out, null and a value are three things here"
)]
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    field: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(field).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{COMPANY_ADDRESS, Field, NEW_CUSTOMER, READ_ONLY, UPDATE_ONLY};
    use crate::rules;
    use serde_json::{Map, json};

    fn names(fields: &[&[Field]]) -> Vec<&'static str> {
        let mut names: Vec<_> = fields
            .iter()
            .copied()
            .flatten()
            .map(|field| field.name)
            .collect();
        names.sort_unstable();
        names
    }

    fn keys(value: &Value) -> Vec<&str> {
        let mut keys: Vec<_> = value
            .as_object()
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str)
            .collect();
        keys.sort_unstable();
        keys
    }

    fn every_field() -> Value {
        json!({
            "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace", "company": "Engines",
            "phone": "+44 20 7946 0000", "company_address": {"street": "1 Dorset", "city": "London", "post_code": "W1"},
            "dob": "1815-12-10", "custom_field_value": true, "associated_venues": ["a"],
            "marketing_preference_ids": ["b"], "marketing_preferences": {"c": false}, "labels": ["VIP"], "notes": "n",
        })
    }

    #[test]
    fn the_types_have_the_fields_of_the_contract() -> serde_json::Result<()> {
        let body = every_field();
        assert_eq!(keys(&body), names(&[NEW_CUSTOMER]));
        let new: NewCustomer = serde_json::from_value(body.clone())?;
        assert_eq!(serde_json::to_value(new)?, body);
        assert_eq!(keys(&body["company_address"]), names(&[COMPANY_ADDRESS]));
        assert_eq!(rules::new_customer(&body.to_string()), []);

        let mut body = body;
        for (name, value) in [
            ("id", "5c7d9e"),
            ("created_date", "2019-03-06 17:00:00"),
            ("last_updated", "2019-03-06 17:00:00"),
        ] {
            body[name] = value.into();
        }
        assert_eq!(keys(&body), names(&[NEW_CUSTOMER, UPDATE_ONLY]));
        let update: CustomerUpdate = serde_json::from_value(body.clone())?;
        assert_eq!(serde_json::to_value(update)?, body);
        assert_eq!(rules::customer_update(&body.to_string()), []);

        let read = serde_json::to_value(Customer::default())?;
        let mut expected = names(&[NEW_CUSTOMER, UPDATE_ONLY]);
        expected.retain(|name| *name != "marketing_preference_ids");
        expected.extend(READ_ONLY);
        expected.sort_unstable();
        assert_eq!(keys(&read), expected);
        Ok(())
    }

    #[test]
    fn an_update_distinguishes_null_from_missing() -> serde_json::Result<()> {
        let update: CustomerUpdate =
            serde_json::from_str(r#"{"notes":null,"company_address":{"city":null}}"#)?;
        assert_eq!(update.notes, Some(None));
        assert_eq!(update.email, None);
        assert_eq!(
            serde_json::to_string(&update)?,
            r#"{"company_address":{"city":null},"notes":null}"#
        );
        Ok(())
    }

    #[test]
    fn unknown_fields_survive() -> serde_json::Result<()> {
        let customer: Customer = serde_json::from_str(r#"{"id":"a","loyalty":{"points":3}}"#)?;
        assert_eq!(customer.other["loyalty"]["points"], 3);
        assert_eq!(serde_json::to_value(&customer)?["loyalty"]["points"], 3);
        for field in ["company_address", "marketing_preferences", "bookings"] {
            let inner = json!({ "new": 3 });
            let value = match field {
                "company_address" => inner,
                _ => json!([inner]),
            };
            let customer: Customer = serde_json::from_value(json!({ field: value }))?;
            let written = serde_json::to_value(&customer)?;
            let inner = written[field].get(0).unwrap_or(&written[field]);
            assert_eq!(inner["new"], 3, "{field}");
        }
        Ok(())
    }

    #[test]
    fn a_field_at_any_depth_may_be_missing_or_null() -> serde_json::Result<()> {
        let customer: Customer = serde_json::from_value(json!({
            "company_address": {"street": null},
            "marketing_preferences": [{}, {"id": null, "opted_in": null}],
            "bookings": [{}, {"id": null, "date": null, "venue_id": null, "num_people": null, "status": null}],
        }))?;
        // A choice that is not told is neither in nor out.
        let choices = customer.marketing_preferences.unwrap_or_default();
        assert!(choices.iter().all(|choice| choice.opted_in.is_none()));
        let bookings = customer.bookings.unwrap_or_default();
        assert_eq!(bookings, [Booking::default(), Booking::default()]);
        Ok(())
    }
}
