//! The customers that a store begins with: realistic, and the same every time.
//!
//! Customer number n is the same whether ten or ten thousand are asked for, because all of them come from one sequence
//! of random numbers and a fixed date that is used as today. The venues are [`VENUES`], the marketing preferences
//! [`PREFERENCES`]: the API has no operation that lists them.

use collins_customers::text::{hexadecimal, pieces, push_number, split_at_byte};
use fastrand::Rng;

use crate::change::{CUSTOMER, choice};
use crate::clock::{self, DAY, Instant, days};
use crate::json::{Fields, Json, field};
use crate::letters::fold;
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

/// The seed of the random numbers.
const BEGINNING: u64 = 2019;

// Days are counted from the beginning of 1970.
const OPENING: i64 = days(2016, 5, 1);

/// The service knows when a customer was created only from this day on. \[doc\]
const CREATION_IS_KNOWN: i64 = days(2019, 2, 1);

const TODAY: i64 = days(2025, 6, 30);

/// Unreachable, because the shares add up to a hundred.
#[expect(clippy::indexing_slicing, reason = "checked when it is compiled")]
const FIRST: &People = &PEOPLE[0];

/// Generates this many customers.
pub fn customers(count: u32) -> impl Iterator<Item = Json> {
    let mut seeds = Seeds(Rng::with_seed(BEGINNING));
    (1..=count).map(move |number| Json::Object(seeds.customer(number)))
}

/// A new id, 24 hexadecimal digits.
pub fn id(random: &mut Rng) -> String {
    let mut id = String::with_capacity(24);
    let (high, low) = (random.u64(..), random.u32(..));
    let number = u128::from(high) << 32 | u128::from(low);
    for digit in (0..24).rev() {
        #[expect(clippy::cast_possible_truncation, reason = "one digit of it is read")]
        id.push(hexadecimal((number >> (4 * digit)) as u32));
    }
    id
}

struct Seeds(Rng);

impl Seeds {
    fn customer(&mut self, number: u32) -> Fields {
        let people = self.people();
        let (first_name, plain_first) = spellings(self.one_of(people.given));
        let (last_name, plain_last) = spellings(self.one_of(people.family));
        let id = id(&mut self.0);
        let created = self.moment(OPENING, TODAY);
        let created_day = created.div_euclid(DAY);
        let changed = self.moment(created_day.max(CREATION_IS_KNOWN), TODAY);
        let works = self.percent(30);
        // The order matters: each draws from the same sequence of random numbers.
        let email = self
            .percent(94)
            .then(|| Json::Text(self.email(&plain_first, &plain_last, number)));
        let last_name = self.percent(97).then(|| Json::text(last_name));
        let phone = self.percent(80).then(|| self.phone(people));
        let company = works.then(|| Json::text(self.one_of(COMPANIES)));
        let company_address = works.then(|| self.address(people));
        let dob = self.percent(60).then(|| {
            let day = self.day(days(1940, 1, 1), days(2006, 12, 31));
            Json::Text(clock::date(day * DAY))
        });
        let custom_field_value = self.percent(15).then(|| self.membership());
        let venues = texts(&self.some_of(&VENUES, 1, 3));
        let preferences = self.preferences(created_day);
        let bookings = self.bookings(created_day);
        let labels = self.labels();
        let notes = self.percent(20).then(|| Json::text(self.one_of(NOTES)));
        let is_known = created_day >= CREATION_IS_KNOWN;
        let values = [
            Some(Json::Text(id)),
            email,
            Some(Json::text(first_name)),
            last_name,
            phone,
            company,
            company_address,
            dob,
            custom_field_value,
            Some(venues),
            Some(preferences),
            Some(bookings),
            Some(labels),
            notes,
            is_known.then(|| Json::Text(clock::date_time(created))),
            Some(Json::Text(clock::date_time(changed.max(created)))),
        ];
        let fields = CUSTOMER.iter().zip(values);
        fields
            .map(|(name, value)| field(name, value.unwrap_or(Json::Null)))
            .collect()
    }

    fn people(&mut self) -> &'static People {
        let mut left = self.0.u32(0..100);
        let found = PEOPLE.iter().find(|people| {
            let found = left < people.share;
            left = left.saturating_sub(people.share);
            found
        });
        found.unwrap_or(FIRST)
    }

    fn email(&mut self, first: &str, last: &str, number: u32) -> String {
        let domain = self.one_of(DOMAINS);
        let [begin, middle, end] = match self.0.u32(0..4) {
            0 => [first, ".", last],
            1 => ["", "", last],
            2 => [first, "+", "table"],
            _ => [first, "_", last],
        };
        let mut email = String::from(begin);
        email.push_str(middle);
        email.push_str(end);
        if middle == "_" {
            email.push('.');
        }
        push_number(&mut email, number);
        email.push('@');
        email.push_str(domain);
        email
    }

    fn phone(&mut self, people: &People) -> Json {
        let mut phone = String::from(people.phone);
        push_padded(&mut phone, self.0.u32(0..1000), 3);
        Json::Text(phone)
    }

    fn membership(&mut self) -> Json {
        let mut membership = String::from("M-");
        push_padded(&mut membership, self.0.u32(0..100_000), 5);
        Json::Text(membership)
    }

    fn address(&mut self, people: &People) -> Json {
        let (name, city) = (self.one_of(people.streets), self.one_of(people.cities));
        let (city, post_code) = split_at_byte(city, b'/').unwrap_or((city, ""));
        let mut street = String::new();
        push_number(&mut street, self.0.u32(1..200));
        street.push(' ');
        street.push_str(name);
        Json::Object(vec![
            field("street", Json::Text(street)),
            field("city", Json::text(city)),
            field("post_code", Json::text(post_code)),
        ])
    }

    fn preferences(&mut self, since: i64) -> Json {
        let chosen = self.some_of(&PREFERENCES, 0, PREFERENCES.len());
        let choices = chosen.into_iter().map(|id| {
            let opted_in = self.percent(70);
            let first = self.moment(since, TODAY);
            let later = self
                .percent(30)
                .then(|| self.moment(first.div_euclid(DAY), TODAY).max(first));
            // A customer who is opted in may have been out before, and the other way round.
            let (last, before) = match later {
                Some(later) => (Some(later), Some(first)),
                None => (Some(first), None),
            };
            let dates = if opted_in {
                [last, before]
            } else {
                [before, last]
            };
            Json::Object(choice(id, dates, opted_in))
        });
        Json::List(choices.collect())
    }

    fn bookings(&mut self, since: i64) -> Json {
        let mut days: Vec<i64> = (0..self.0.u32(0..5))
            .map(|_| self.day(since, TODAY + 60))
            .collect();
        in_order(&mut days);
        let bookings = days.into_iter().map(|day| {
            let hour = i64::from(self.0.i8(11..22));
            let minute = i64::from(self.0.i8(0..4)) * 15;
            let at = day * DAY + (hour * 60 + minute) * 60_000;
            Json::Object(vec![
                field("id", Json::Text(id(&mut self.0))),
                field("date", Json::Text(clock::date_time(at))),
                field("venue_id", Json::text(self.venue())),
                field("num_people", Json::number(self.0.u32(1..13))),
                field(
                    "status",
                    Json::text(self.one_of(if day < TODAY { PAST } else { FUTURE })),
                ),
            ])
        });
        Json::List(bookings.collect())
    }

    fn venue(&mut self) -> &'static str {
        let position = self.below(VENUES.len());
        VENUES.get(position).copied().unwrap_or_default()
    }

    fn labels(&mut self) -> Json {
        let labels = pieces(LABELS, b'|').zip(3..);
        let labels = labels.filter(|(_, one_in)| self.0.u32(0..*one_in) == 0);
        Json::List(labels.map(|(label, _)| Json::text(label)).collect())
    }

    fn percent(&mut self, share: u32) -> bool {
        self.0.u32(0..100) < share
    }

    /// Returns a number below `count`; the draw does not depend on the pointer width.
    fn below(&mut self, count: usize) -> usize {
        let drawn = self.0.u64(0..(count as u64).max(1));
        usize::try_from(drawn).unwrap_or(0)
    }

    /// Returns an item of a list with `|` between its items.
    fn one_of(&mut self, items: &'static str) -> &'static str {
        let position = self.below(pieces(items, b'|').count());
        pieces(items, b'|').nth(position).unwrap_or_default()
    }

    /// Returns from `least` to `most` of the items, all equally likely (algorithm R).
    fn some_of(&mut self, items: &[&'static str], least: usize, most: usize) -> Vec<&'static str> {
        let count = least + self.below(most - least + 1);
        let mut chosen: Vec<&str> = items.iter().take(count).copied().collect();
        for (seen, item) in items.iter().enumerate().skip(count) {
            let position = self.below(seen + 1);
            if let Some(place) = chosen.get_mut(position) {
                *place = item;
            }
        }
        in_order(&mut chosen);
        chosen
    }

    fn day(&mut self, from: i64, to: i64) -> i64 {
        from + self.0.i64(0..=to - from)
    }

    fn moment(&mut self, from: i64, to: i64) -> Instant {
        let second = i64::from(self.0.i32(0..86_400));
        self.day(from, to) * DAY + second * 1000
    }
}

fn texts(items: &[&str]) -> Json {
    Json::List(items.iter().map(|item| Json::text(item)).collect())
}

/// Sorts a short list: the standard library's sort costs 3 KB.
fn in_order<T: Ord>(items: &mut [T]) {
    for end in 1..items.len() {
        for at in (1..=end).rev() {
            if items.get(at) < items.get(at - 1) {
                items.swap(at, at - 1);
            }
        }
    }
}

fn push_padded(text: &mut String, number: u32, width: u32) {
    for digit in (0..width).rev() {
        text.push(hexadecimal(number / 10_u32.pow(digit) % 10));
    }
}

/// Returns a name as written, and its spelling in an email address.
fn spellings(name: &'static str) -> (&'static str, String) {
    let (written, plain) = split_at_byte(name, b'/').unwrap_or((name, name));
    let plain = fold(plain)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    (written, plain)
}

#[cfg(test)]
mod tests {
    use super::{PEOPLE, customers};
    use crate::json::Json;
    use collins_customers::rules;
    use std::collections::HashSet;

    #[test]
    fn a_customer_does_not_depend_on_how_many_follow() {
        assert!(customers(20).eq(customers(500).take(20)));
    }

    #[test]
    fn the_customers_are_the_same_in_every_version() {
        let first = customers(1).next().map(|customer| customer.to_text());
        let expected = r#"{"id":"5429daa158ffa09d4f2e12d0","email":"fang+table1@guests.example.org","first_name":"芳","last_name":"陈","phone":"+86 10 0000 0201","company":null,"company_address":null,"dob":"1990-12-19","custom_field_value":null,"associated_venues":["5b5b2f0a4c1e6d0001a1b001","5b5b2f0a4c1e6d0001a1b003"],"marketing_preferences":[{"id":"5c0e4a5f7d2b3c0001f3e001","opt_in_date":"2020-08-12 00:55:01","opt_out_date":null,"opted_in":true},{"id":"5c0e4a5f7d2b3c0001f3e003","opt_in_date":"2024-10-30 08:40:40","opt_out_date":null,"opted_in":true}],"bookings":[{"id":"7c05f47db6070e2b88b8bf78","date":"2023-06-08 21:30:00","venue_id":"5b5b2f0a4c1e6d0001a1b004","num_people":8,"status":"cancelled"}],"labels":["Regular","Birthday club"],"notes":null,"created_date":null,"last_updated":"2024-06-17 23:20:39"}"#;
        assert_eq!(first.as_deref(), Some(expected));
        // FNV-1a over all texts.
        let hash = customers(2000).fold(0xcbf2_9ce4_8422_2325_u64, |hash, customer| {
            let text = customer.to_text();
            text.bytes().fold(hash, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
            })
        });
        assert_eq!(hash, 9_406_139_094_797_215_388);
    }

    #[test]
    fn the_shares_add_up_to_a_hundred() {
        assert_eq!(PEOPLE.iter().map(|people| people.share).sum::<u32>(), 100);
    }

    #[test]
    fn every_customer_passes_the_rules() {
        let read_only = ["bookings", "marketing_preferences"];
        for customer in customers(2000) {
            let Json::Object(mut fields) = customer else {
                panic!("a customer is an object");
            };
            fields.retain(|(name, _)| !read_only.contains(&name.as_str()));
            let text = Json::Object(fields).to_text();
            assert_eq!(rules::customer_update(&text), [], "{text}");
        }
    }

    #[test]
    fn customers_are_as_varied_as_people() {
        let customers: Vec<Json> = customers(2000).collect();
        let texts = |field| {
            customers
                .iter()
                .filter_map(move |customer| customer.get(field)?.as_text())
        };
        let emails: HashSet<_> = texts("email").collect();
        assert_eq!(texts("email").count(), emails.len());
        assert!(texts("created_date").count() < customers.len());
        for script in [
            'é', 'ß', 'ł', 'ø', 'ş', 'о', 'α', 'م', 'נ', '王', 'さ', '김', 'ि', 'ม', 'ი',
        ] {
            let found = texts("first_name")
                .chain(texts("last_name"))
                .any(|name| name.contains(script));
            assert!(found, "{script}");
        }
    }
}
