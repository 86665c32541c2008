//! The customers that a store begins with: realistic, and the same every time.
//!
//! Customer number n is the same whether ten or ten thousand are asked for, because all of them come from one sequence
//! of random numbers and a fixed date that is used as today. The venues are [`VENUES`], the marketing preferences
//! [`PREFERENCES`]: the API has no operation that lists them.

use collins_customers::contract::COMPANY_ADDRESS;
use collins_customers::text::{hexadecimal, pieces, push_number, split_at_byte};
use fastrand::Rng;

use crate::change::{CUSTOMER, choice};
use crate::clock::{self, DAY, Instant, days};
use crate::json::{self, Fields};
use crate::letters::fold;
use crate::names::{COMPANIES, DOMAINS, FUTURE, LABELS, NOTES, PAST, PEOPLE, People};

const FIRST_VENUE: &str = "5b5b2f0a4c1e6d0001a1b001";

/// The venues that the customers go to.
pub const VENUES: [&str; 5] = [
    FIRST_VENUE,
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

/// Generates the JSON texts of this many customers.
pub fn customers(count: u32) -> impl Iterator<Item = String> {
    let mut seeds = Seeds(Rng::with_seed(BEGINNING));
    (1..=count).map(move |number| seeds.customer(number))
}

/// A new id, 24 hexadecimal digits.
pub fn id(random: &mut Rng) -> String {
    let mut id = String::new();
    for _ in 0..24 {
        id.push(hexadecimal(random.u32(..16)));
    }
    id
}

struct Seeds(Rng);

impl Seeds {
    fn customer(&mut self, number: u32) -> String {
        let people = self.people();
        let first_name = self.one_of(people.given);
        let last_name = self.one_of(people.family);
        let id = self.id();
        let created = self.moment(OPENING, TODAY);
        let created_day = created.div_euclid(DAY);
        let known_day = created_day.max(CREATION_IS_KNOWN);
        let changed = self.moment(known_day, TODAY).max(created);
        let works = self.percent(30);
        let mut fields = Fields::new();
        // The fields come in the order of the documentation, and each draws from the same sequence of random numbers.
        let mut names = CUSTOMER.iter();
        let mut put = |value: Option<String>| {
            let value = value.unwrap_or_else(|| "null".into());
            fields.push((names.next().copied().unwrap_or_default().into(), value));
        };
        put(Some(id));
        put(self
            .percent(94)
            .then(|| self.email(first_name, last_name, number)));
        put(Some(json::string(first_name)));
        put(self.percent(97).then(|| json::string(last_name)));
        put(self.percent(80).then(|| self.number(people.phone, 3)));
        put(works.then(|| json::string(self.one_of(COMPANIES))));
        put(works.then(|| self.address(people)));
        put(self.percent(60).then(|| {
            let day = self.day(days(1940, 1, 1), days(2006, 12, 31));
            json::string(&clock::date(day * DAY))
        }));
        put(self.percent(15).then(|| self.number("M-", 5)));
        put(Some(json::list(&self.venues())));
        put(Some(self.preferences(created_day)));
        put(Some(self.bookings(created_day)));
        put(Some(json::list(&self.labels())));
        put(self.percent(20).then(|| json::string(self.one_of(NOTES))));
        put((created_day >= CREATION_IS_KNOWN).then(|| date_time(created)));
        put(Some(date_time(changed)));
        json::object(&fields)
    }

    fn people(&mut self) -> &'static People {
        let mut left = self.below(100);
        let found = PEOPLE.iter().find(|people| {
            let found = left < people.share;
            left = left.saturating_sub(people.share);
            found
        });
        found.unwrap_or(FIRST)
    }

    /// The address has the plain letters of the name, and the number of the customer.
    fn email(&mut self, first: &str, last: &str, number: u32) -> String {
        let mut email = plain(first);
        let between = self.one_of(".|_|-|+table.");
        email.push_str(between);
        email.push_str(&plain(last));
        push_number(&mut email, number);
        email.push('@');
        email.push_str(self.one_of(DOMAINS));
        json::string(&email)
    }

    /// A text that ends with this many digits.
    fn number(&mut self, begin: &str, digits: u32) -> String {
        let mut number = String::from(begin);
        for _ in 0..digits {
            number.push(hexadecimal(self.below(10)));
        }
        json::string(&number)
    }

    fn address(&mut self, people: &People) -> String {
        let (name, city) = (self.one_of(people.streets), self.one_of(people.cities));
        let (city, post_code) = split_at_byte(city, b'/').unwrap_or_default();
        let mut street = String::new();
        push_number(&mut street, 1 + self.below(199));
        street.push(' ');
        street.push_str(name);
        let mut address = Fields::new();
        for (name, part) in COMPANY_ADDRESS.iter().zip([&*street, city, post_code]) {
            json::set(&mut address, name.name, json::string(part));
        }
        json::object(&address)
    }

    /// Some of the venues, at least one.
    fn venues(&mut self) -> Vec<String> {
        let mut venues = self.some_of(&VENUES, 40);
        if venues.is_empty() {
            venues.push(json::string(FIRST_VENUE));
        }
        venues
    }

    fn preferences(&mut self, since: i64) -> String {
        let chosen = self.some_of(&PREFERENCES, 50);
        let mut choices = Vec::new();
        for id in chosen {
            let first = self.moment(since, TODAY);
            let later = self.moment(first.div_euclid(DAY), TODAY).max(first);
            // A customer who is opted in may have been out before, and the other way round.
            let dates = [first, later].map(date_time);
            let [first, later] = &dates;
            let (before, last) = if self.percent(30) {
                (first.as_str(), later)
            } else {
                ("null", first)
            };
            choices.push(if self.percent(70) {
                choice(&id, [last, before], "true")
            } else {
                choice(&id, [before, last], "false")
            });
        }
        json::list(&choices)
    }

    fn bookings(&mut self, since: i64) -> String {
        let mut day = since;
        let mut bookings = Vec::new();
        for _ in 0..self.below(5) {
            day = self.day(day, TODAY + 60);
            let quarters = i64::from(44 + self.below(44));
            let mut people = String::new();
            push_number(&mut people, 1 + self.below(12));
            let venue = self.one_of_these(&VENUES);
            let status = self.one_of(if day < TODAY { PAST } else { FUTURE });
            let mut booking = Fields::new();
            let mut put = |name: &str, value| booking.push((name.into(), value));
            put("id", self.id());
            put("date", date_time(day * DAY + quarters * (DAY / 96)));
            put("venue_id", json::string(venue));
            put("num_people", people);
            put("status", json::string(status));
            bookings.push(json::object(&booking));
        }
        json::list(&bookings)
    }

    fn labels(&mut self) -> Vec<String> {
        let mut labels = Vec::new();
        for (label, one_in) in pieces(LABELS, b'|').zip(3..) {
            if self.below(one_in) == 0 {
                labels.push(json::string(label));
            }
        }
        labels
    }

    fn id(&mut self) -> String {
        json::string(&id(&mut self.0))
    }

    fn below(&mut self, count: u32) -> u32 {
        self.0.u32(..count)
    }

    fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    /// Returns an item of a list with `|` between its items.
    fn one_of(&mut self, items: &'static str) -> &'static str {
        let mut all = Vec::new();
        for item in pieces(items, b'|') {
            all.push(item);
        }
        self.one_of_these(&all)
    }

    fn one_of_these(&mut self, items: &[&'static str]) -> &'static str {
        let position = self.below(u32::try_from(items.len()).unwrap_or(1));
        items.get(position as usize).copied().unwrap_or_default()
    }

    /// Returns each of the items with this probability, in percent.
    fn some_of(&mut self, items: &[&str], share: u32) -> Vec<String> {
        let mut some = Vec::new();
        for item in items {
            if self.percent(share) {
                some.push(json::string(item));
            }
        }
        some
    }

    fn day(&mut self, from: i64, to: i64) -> i64 {
        from + i64::from(self.below(u32::try_from(to - from + 1).unwrap_or(1)))
    }

    fn moment(&mut self, from: i64, to: i64) -> Instant {
        let second = i64::from(self.below(86_400));
        self.day(from, to) * DAY + second * 1000
    }
}

fn date_time(at: Instant) -> String {
    json::string(&clock::date_time(at))
}

/// Returns the letters and digits of a name that an email address is certain to have; a word if there are none.
fn plain(name: &str) -> String {
    let mut plain = fold(name);
    plain.retain(|letter| letter.is_ascii_alphanumeric());
    if plain.is_empty() {
        plain.push_str("guest");
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{PEOPLE, customers};
    use crate::json;
    use collins_customers::rules;
    use std::collections::HashSet;

    #[test]
    fn a_customer_does_not_depend_on_how_many_follow() {
        assert!(customers(20).eq(customers(500).take(20)));
    }

    #[test]
    fn the_customers_are_the_same_in_every_version() {
        let first = customers(1).next();
        let expected = r#"{"id":"54ebfaaac83332acaeaac330","email":"guest.guest1@mail.example.net","first_name":"נועה","last_name":null,"phone":"+972 3 000 0757","company":null,"company_address":null,"dob":null,"custom_field_value":null,"associated_venues":["5b5b2f0a4c1e6d0001a1b001","5b5b2f0a4c1e6d0001a1b004","5b5b2f0a4c1e6d0001a1b005"],"marketing_preferences":[{"id":"5c0e4a5f7d2b3c0001f3e001","opt_in_date":"2024-01-23 20:54:18","opt_out_date":null,"opted_in":true},{"id":"5c0e4a5f7d2b3c0001f3e002","opt_in_date":"2024-08-10 18:08:10","opt_out_date":null,"opted_in":true}],"bookings":[{"id":"aeab8667ff6962ee8f9fcdd1","date":"2024-05-01 17:15:00","venue_id":"5b5b2f0a4c1e6d0001a1b005","num_people":9,"status":"no_show"},{"id":"0cc31c6426fe7fb0c435818a","date":"2024-05-29 15:45:00","venue_id":"5b5b2f0a4c1e6d0001a1b001","num_people":11,"status":"completed"},{"id":"3b3200cb7d2df41cd15e3fb5","date":"2025-01-23 12:30:00","venue_id":"5b5b2f0a4c1e6d0001a1b001","num_people":1,"status":"no_show"},{"id":"76f855471555e9fcaffba0af","date":"2025-02-15 15:30:00","venue_id":"5b5b2f0a4c1e6d0001a1b002","num_people":11,"status":"completed"}],"labels":["Press"],"notes":null,"created_date":"2023-07-15 03:24:17","last_updated":"2024-03-30 15:41:30"}"#;
        assert_eq!(first.as_deref(), Some(expected));
        // FNV-1a over all texts.
        let hash = customers(2000).fold(0xcbf2_9ce4_8422_2325_u64, |hash, customer| {
            customer.bytes().fold(hash, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
            })
        });
        assert_eq!(hash, 5_818_640_086_517_696_233);
    }

    #[test]
    fn the_shares_add_up_to_a_hundred() {
        assert_eq!(PEOPLE.iter().map(|people| people.share).sum::<u32>(), 100);
    }

    #[test]
    fn every_customer_passes_the_rules() {
        let read_only = ["bookings", "marketing_preferences"];
        for customer in customers(2000) {
            let mut fields = json::to_fields(&customer);
            fields.retain(|(name, _)| !read_only.contains(&name.as_str()));
            let text = json::object(&fields);
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
