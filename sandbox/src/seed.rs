//! The customers that a store begins with: realistic, and the same ones every time.
//!
//! Customer number n is the same whether ten were asked for or ten thousand, as all of it comes from one
//! sequence of numbers and a fixed day that is taken for today. The venues are [`VENUES`], the marketing
//! preferences [`PREFERENCES`]: the API has no operation that would list them.

use collins_customers::customer::{Booking, CompanyAddress, Customer, MarketingPreference};
use fastrand::Rng;
use jiff::civil::{Date, DateTime, date};
use jiff::{Span, ToSpan};

use crate::change::written;
use crate::fold::fold;
use crate::names::{COMPANIES, DOMAINS, FUTURE, LABELS, NOTES, PAST, PEOPLE, People};

/// The venues that the customers go to.
pub const VENUES: [&str; 5] = [
    "5b5b2f0a4c1e6d0001a1b001",
    "5b5b2f0a4c1e6d0001a1b002",
    "5b5b2f0a4c1e6d0001a1b003",
    "5b5b2f0a4c1e6d0001a1b004",
    "5b5b2f0a4c1e6d0001a1b005",
];

/// The marketing preferences that the customers opt in to and out of.
pub const PREFERENCES: [&str; 3] = [
    "5c0e4a5f7d2b3c0001f3e001",
    "5c0e4a5f7d2b3c0001f3e002",
    "5c0e4a5f7d2b3c0001f3e003",
];

/// Where the sequence of numbers begins.
const BEGINNING: u64 = 2019;

const OPENING: Date = date(2016, 5, 1);

/// From here on the service knows when a customer was created. \[doc\]
const CREATION_IS_KNOWN: Date = date(2019, 2, 1);

const TODAY: Date = date(2025, 6, 30);

/// So many customers.
pub fn customers(count: u32) -> impl Iterator<Item = Customer> {
    let mut seeds = Seeds(Rng::with_seed(BEGINNING));
    (1..=count).map(move |number| seeds.customer(number))
}

/// A new id, 24 hexadecimal digits.
pub fn id(random: &mut Rng) -> String {
    format!("{:016x}{:08x}", random.u64(..), random.u32(..))
}

struct Seeds(Rng);

impl Seeds {
    fn customer(&mut self, number: u32) -> Customer {
        let people = self.people();
        let (first_name, plain_first) = spellings(self.one_of(people.given));
        let (last_name, plain_last) = spellings(self.one_of(people.family));
        let id = id(&mut self.0);
        let created = self.moment(OPENING, TODAY);
        let changed = self.moment(created.date().max(CREATION_IS_KNOWN), TODAY);
        let works = self.percent(30);
        Customer {
            id: Some(id),
            email: self
                .percent(94)
                .then(|| self.email(&plain_first, &plain_last, number)),
            first_name: Some(first_name),
            last_name: self.percent(97).then_some(last_name),
            phone: self
                .percent(80)
                .then(|| format!("{}{:03}", people.phone, self.0.u32(0..1000))),
            company: works.then(|| self.one_of(COMPANIES).to_owned()),
            company_address: works.then(|| self.address(people)),
            dob: self
                .percent(60)
                .then(|| self.day(date(1940, 1, 1), date(2006, 12, 31)).to_string()),
            custom_field_value: self
                .percent(15)
                .then(|| format!("M-{:05}", self.0.u32(0..100_000))),
            associated_venues: Some(self.some_of(&VENUES, 1, 3)),
            marketing_preferences: Some(self.preferences(created)),
            bookings: Some(self.bookings(created.date())),
            labels: Some(self.labels()),
            notes: self.percent(20).then(|| self.one_of(NOTES).to_owned()),
            created_date: (created.date() >= CREATION_IS_KNOWN).then(|| written(created)),
            last_updated: Some(written(changed.max(created))),
            ..Customer::default()
        }
    }

    fn people(&mut self) -> &'static People {
        let mut left = self.0.u32(0..100);
        for people in PEOPLE {
            if left < people.share {
                return people;
            }
            left -= people.share;
        }
        &PEOPLE[0]
    }

    fn email(&mut self, first: &str, last: &str, number: u32) -> String {
        let domain = self.one_of(DOMAINS);
        match self.0.u32(0..4) {
            0 => format!("{first}.{last}{number}@{domain}"),
            1 => format!("{last}{number}@{domain}"),
            2 => format!("{first}+table{number}@{domain}"),
            _ => format!("{first}_{last}.{number}@{domain}"),
        }
    }

    fn address(&mut self, people: &People) -> CompanyAddress {
        let (street, city) = (self.one_of(people.streets), self.one_of(people.cities));
        let (city, post_code) = city.split_once('/').unwrap_or((city, ""));
        CompanyAddress {
            street: Some(format!("{} {street}", self.0.u32(1..200))),
            city: Some(city.to_owned()),
            post_code: Some(post_code.to_owned()),
        }
    }

    fn preferences(&mut self, since: DateTime) -> Vec<MarketingPreference> {
        self.some_of(&PREFERENCES, 0, PREFERENCES.len())
            .into_iter()
            .map(|id| {
                let opted_in = self.percent(70);
                let first = self.moment(since.date(), TODAY);
                let later = self
                    .percent(30)
                    .then(|| self.moment(first.date(), TODAY).max(first));
                // Who is in may have been out before, and the other way round.
                let (last, before) = match later {
                    Some(later) => (later, Some(first)),
                    None => (first, None),
                };
                let (last, before) = (Some(written(last)), before.map(written));
                let (opt_in_date, opt_out_date) = if opted_in {
                    (last, before)
                } else {
                    (before, last)
                };
                MarketingPreference {
                    id,
                    opt_in_date,
                    opt_out_date,
                    opted_in,
                }
            })
            .collect()
    }

    fn bookings(&mut self, since: Date) -> Vec<Booking> {
        let mut days: Vec<Date> = (0..self.0.u32(0..5))
            .map(|_| self.day(since, TODAY + 60.days()))
            .collect();
        days.sort_unstable();
        days.into_iter()
            .map(|day| {
                let hour = self.0.i8(11..22);
                let minute = self.0.i8(0..4) * 15;
                Booking {
                    id: id(&mut self.0),
                    date: written(day.at(hour, minute, 0, 0)),
                    venue_id: self.one_of(&VENUES).to_owned(),
                    num_people: self.0.u32(1..13),
                    status: self
                        .one_of(if day < TODAY { PAST } else { FUTURE })
                        .to_owned(),
                }
            })
            .collect()
    }

    fn labels(&mut self) -> Vec<String> {
        let mut labels = Vec::new();
        for (label, one_in) in LABELS.iter().zip(3..) {
            if self.0.u32(0..one_in) == 0 {
                labels.push((*label).to_owned());
            }
        }
        labels
    }

    fn percent(&mut self, share: u32) -> bool {
        self.0.u32(0..100) < share
    }

    fn one_of(&mut self, items: &[&'static str]) -> &'static str {
        items[self.0.usize(0..items.len())]
    }

    fn some_of(&mut self, items: &[&str], least: usize, most: usize) -> Vec<String> {
        let count = self.0.usize(least..=most);
        let mut chosen = self.0.choose_multiple(items, count);
        chosen.sort_unstable();
        chosen.into_iter().map(|item| (*item).to_owned()).collect()
    }

    fn day(&mut self, from: Date, to: Date) -> Date {
        let days = from.duration_until(to).as_hours() / 24;
        from + Span::new().days(self.0.i64(0..=days))
    }

    fn moment(&mut self, from: Date, to: Date) -> DateTime {
        let second = self.0.i32(0..86_400);
        self.day(from, to).at(0, 0, 0, 0) + second.seconds()
    }
}

/// A name as it is written and as it stands in an email address.
fn spellings(name: &str) -> (String, String) {
    let (written, plain) = name.split_once('/').unwrap_or((name, name));
    let plain = fold(plain)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    (written.to_owned(), plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use collins_customers::rules;
    use serde_json::Value;
    use std::collections::HashSet;

    #[test]
    fn a_customer_does_not_depend_on_how_many_follow() {
        assert!(customers(20).eq(customers(500).take(20)));
    }

    #[test]
    fn the_shares_are_of_a_hundred() {
        assert_eq!(PEOPLE.iter().map(|people| people.share).sum::<u32>(), 100);
    }

    #[test]
    fn the_contract_would_let_every_customer_be_written() {
        let read_only = ["bookings", "marketing_preferences"];
        for customer in customers(2000) {
            let Value::Object(mut fields) = serde_json::to_value(&customer).unwrap() else {
                panic!("a customer is an object");
            };
            fields.retain(|name, _| !read_only.contains(&name.as_str()));
            let text = Value::Object(fields).to_string();
            assert_eq!(rules::customer_update(&text), [], "{text}");
        }
    }

    #[test]
    fn customers_are_as_various_as_people_are() {
        let customers: Vec<Customer> = customers(2000).collect();
        let emails: Vec<_> = customers
            .iter()
            .filter_map(|customer| customer.email.as_ref())
            .collect();
        assert_eq!(emails.iter().collect::<HashSet<_>>().len(), emails.len());
        assert!(
            customers
                .iter()
                .any(|customer| customer.created_date.is_none())
        );
        for script in [
            'é', 'ß', 'ł', 'ø', 'ş', 'о', 'α', 'م', 'נ', '王', 'さ', '김', 'ि', 'ม', 'ი',
        ] {
            let writes =
                |name: &Option<String>| name.as_ref().is_some_and(|name| name.contains(script));
            let found = customers
                .iter()
                .any(|customer| writes(&customer.first_name) || writes(&customer.last_name));
            assert!(found, "{script}");
        }
    }
}
