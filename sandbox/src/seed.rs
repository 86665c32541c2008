//! The customers that a store begins with: realistic, and the same every time.
//!
//! Customer number n is the same whether ten or ten thousand are asked for, because all of them come from one sequence
//! of random numbers and a fixed date that is used as today. The venues are [`VENUES`], the marketing preferences
//! [`PREFERENCES`]: the API has no operation that lists them.
//!
//! A customer is written from a pattern ([`names::CUSTOMER`]): that is half the size of code that writes one field after
//! the other.

use collins_customers::text::{hexadecimal, pieces, push_number, split_at_byte};
use fastrand::Rng;

use crate::clock::{self, DAY, Instant, days};
use crate::json;
use crate::letters::fold;
use crate::names;

macro_rules! venue {
    ($($digit:literal)?) => {
        concat!("5b5b2f0a4c1e6d0001a1b00" $(, $digit)?)
    };
}

macro_rules! preference {
    ($($digit:literal)?) => {
        concat!("5c0e4a5f7d2b3c0001f3e00" $(, $digit)?)
    };
}

/// The venues that the customers go to.
pub const VENUES: [&str; 5] = [venue!(1), venue!(2), venue!(3), venue!(4), venue!(5)];

/// The marketing preferences that the customers opt in to and out of.
pub const PREFERENCES: [&str; 3] = [preference!(1), preference!(2), preference!(3)];

/// The seed of the random numbers.
const BEGINNING: u64 = 2019;

// Days are counted from the beginning of 1970.
const OPENING: i64 = days(2016, 5, 1);

/// The service knows when a customer was created only from this day on. \[doc\]
const CREATION_IS_KNOWN: i64 = days(2019, 2, 1);

const TODAY: i64 = days(2025, 6, 30);

/// Generates the JSON texts of this many customers.
pub fn customers(count: u32) -> impl Iterator<Item = String> {
    let mut dice = Rng::with_seed(BEGINNING);
    (1..=count).map(move |number| Seed::new(&mut dice, number).customer())
}

/// A new id, 24 hexadecimal digits.
pub fn id(random: &mut Rng) -> String {
    let mut id = String::new();
    for _ in 0..24 {
        id.push(hexadecimal(random.u32(..16)));
    }
    id
}

/// A customer who is being written.
struct Seed<'d> {
    dice: &'d mut Rng,
    number: u32,
    first_name: &'static str,
    last_name: &'static str,
    created: Instant,
    /// The day of the last booking so far.
    booked: i64,
    json: String,
}

impl<'d> Seed<'d> {
    fn new(dice: &'d mut Rng, number: u32) -> Self {
        let mut seed = Self {
            dice,
            number,
            first_name: "",
            last_name: "",
            created: 0,
            booked: 0,
            json: String::new(),
        };
        // The smaller of the numbers below one that is random itself are the more frequent ones.
        let groups = 1 + seed.below(names::GROUPS);
        let group = seed.below(groups);
        let group = pieces(names::PEOPLE, b'/').nth(group as usize);
        let (given, family) = split_at_byte(group.unwrap_or_default(), b'=').unwrap_or_default();
        seed.first_name = seed.one_of(given);
        seed.last_name = seed.one_of(family);
        seed.created = seed.moment(OPENING);
        seed.booked = seed.created.div_euclid(DAY);
        seed
    }

    fn customer(mut self) -> String {
        self.write(names::CUSTOMER);
        self.json
    }

    /// Writes what a pattern stands for.
    fn write(&mut self, pattern: &'static str) {
        let mut rest = pattern.chars();
        while let Some(letter) = rest.next() {
            match letter {
                '#' => {
                    let digit = self.below(10);
                    self.json.push(hexadecimal(digit));
                }
                '<' => {
                    let (items, after) = split_at_byte(rest.as_str(), b'>').unwrap_or_default();
                    rest = after.chars();
                    let chosen = self.one_of(items);
                    self.write(chosen);
                }
                '?' => {
                    let share = rest.next().and_then(|digit| digit.to_digit(10));
                    let (pattern, after) = split_at_byte(rest.as_str(), b'^').unwrap_or_default();
                    rest = after.chars();
                    let (one, other) = split_at_byte(pattern, b'!').unwrap_or((pattern, ""));
                    let is_one = self.below(10) < share.unwrap_or_default();
                    self.write(if is_one { one } else { other });
                }
                ',' => json::comma(&mut self.json),
                '$' => self.mark(rest.next().unwrap_or_default()),
                _ => self.json.push(letter),
            }
        }
    }

    /// Writes what the mark with this letter stands for.
    fn mark(&mut self, letter: char) {
        let text = match letter {
            'i' => id(self.dice),
            'F' => self.first_name.into(),
            'L' => self.last_name.into(),
            'f' => plain(self.first_name),
            'l' => plain(self.last_name),
            'd' => {
                let born = self.day(days(1940, 1, 1), days(2006, 12, 31));
                clock::date(born * DAY)
            }
            't' => {
                let at = self.moment(CREATION_IS_KNOWN.max(self.created.div_euclid(DAY)));
                clock::date_time(at.max(self.created))
            }
            'q' => {
                self.booked = self.day(self.booked, TODAY + 60);
                let quarters = 44 + self.below(44);
                clock::date_time(self.booked * DAY + i64::from(quarters) * (DAY / 96))
            }
            'v' => venue!().into(),
            _ => {
                match letter {
                    'n' => push_number(&mut self.json, self.number),
                    'c' if self.created < CREATION_IS_KNOWN * DAY => self.write("null"),
                    'c' => {
                        let created = json::string(&clock::date_time(self.created));
                        self.json.push_str(&created);
                    }
                    'p' => self.write(concat!(",{\"id\":\"", preference!())),
                    'o' => self.write(names::CHOICE),
                    'b' => self.write(names::BOOKING),
                    's' if self.booked < TODAY => self.write(names::PAST),
                    's' => self.write(names::FUTURE),
                    _ => self.write(names::WORK),
                }
                return;
            }
        };
        self.json.push_str(&text);
    }

    fn below(&mut self, count: u32) -> u32 {
        self.dice.u32(..count)
    }

    /// Returns an item of a list with `|` between its items.
    fn one_of(&mut self, items: &'static str) -> &'static str {
        let count = 1 + items.bytes().filter(|byte| *byte == b'|').count();
        let position = self.below(u32::try_from(count).unwrap_or(1));
        pieces(items, b'|')
            .nth(position as usize)
            .unwrap_or_default()
    }

    fn day(&mut self, from: i64, to: i64) -> i64 {
        from + i64::from(self.below(u32::try_from(to - from + 1).unwrap_or(1)))
    }

    /// A moment of a day from this one to today.
    fn moment(&mut self, from: i64) -> Instant {
        let second = i64::from(self.below(86_400));
        self.day(from, TODAY) * DAY + second * 1000
    }
}

/// Returns the letters and digits of a name that an email address is certain to have; a word if there are none.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for letter in fold(name).chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter);
        }
    }
    if plain.is_empty() {
        plain.push_str("guest");
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::customers;
    use crate::{json, names};
    use collins_customers::rules;
    use collins_customers::text::pieces;
    use std::collections::HashSet;

    #[test]
    fn a_customer_does_not_depend_on_how_many_follow() {
        assert!(customers(20).eq(customers(500).take(20)));
    }

    #[test]
    fn the_customers_are_the_same_in_every_version() {
        let first = customers(1).next();
        let expected = r#"{"id":"bfaaac83332acaeaac3302ca","email":"sean+table.macdonald1@example.org","first_name":"Seán","last_name":"MacDonald","phone":"+33 1 99 00 0775","company":null,"company_address":null,"dob":null,"custom_field_value":null,"associated_venues":["5b5b2f0a4c1e6d0001a1b001"],"marketing_preferences":[{"id":"5c0e4a5f7d2b3c0001f3e001","opt_in_date":"2025-01-01 08:30:57","opt_out_date":null,"opted_in":true}],"bookings":[{"id":"5386c80184d69affaeab8667","date":"2025-08-18 21:30:00","venue_id":"5b5b2f0a4c1e6d0001a1b003","num_people":4,"status":"confirmed"},{"id":"ee8f9fcdd107e150cc31c642","date":"2025-08-22 21:15:00","venue_id":"5b5b2f0a4c1e6d0001a1b005","num_people":3,"status":"pending"},{"id":"c435818a8200f3b3200cb7d2","date":"2025-08-28 21:45:00","venue_id":"5b5b2f0a4c1e6d0001a1b002","num_people":1,"status":"pending"}],"labels":["VIP"],"notes":"Allergic to shellfish.","created_date":"2024-10-29 07:25:23","last_updated":"2024-12-25 21:11:46"}"#;
        assert_eq!(first.as_deref(), Some(expected));
        // FNV-1a over all texts.
        let hash = customers(2000).fold(0xcbf2_9ce4_8422_2325_u64, |hash, customer| {
            customer.bytes().fold(hash, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
            })
        });
        assert_eq!(hash, 9_986_677_606_110_946_847);
    }

    #[test]
    fn a_new_customer_has_the_fields_of_a_generated_one() {
        let names = |customer: &str| -> Vec<String> {
            json::fields(customer)
                .map(|(name, _)| name.into())
                .collect()
        };
        let new = crate::change::blank("a", 0);
        for generated in customers(10) {
            assert_eq!(names(&new), names(&generated));
        }
    }

    #[test]
    fn the_groups_are_counted() {
        assert_eq!(pieces(names::PEOPLE, b'/').count(), names::GROUPS as usize);
    }

    #[test]
    fn every_customer_passes_the_rules() {
        let read_only = ["bookings", "marketing_preferences"];
        for customer in customers(2000) {
            let text = read_only
                .iter()
                .fold(customer, |text, name| json::set(&text, name, ""));
            assert_eq!(rules::customer_update(&text), [], "{text}");
        }
    }

    #[test]
    fn customers_are_as_varied_as_people() {
        let customers: Vec<String> = customers(2000).collect();
        let texts = |field| {
            customers
                .iter()
                .filter_map(move |customer| json::text(json::get(customer, field)?))
        };
        let emails: HashSet<_> = texts("email").collect();
        assert_eq!(texts("email").count(), emails.len());
        assert!(texts("created_date").count() < customers.len());
        for script in [
            'é', 'ß', 'ł', 'ø', 'ş', 'о', 'α', 'م', 'נ', '王', 'さ', '김', 'ि',
        ] {
            let found = texts("first_name")
                .chain(texts("last_name"))
                .any(|name| name.contains(script));
            assert!(found, "{script}");
        }
    }
}
