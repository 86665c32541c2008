//! The customers as a list in memory, without an index: scanning 10 000 of them takes a millisecond or two.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::record::{Record, position};
use crate::search::{contains, ranks};
use crate::selection::{Bound, Condition, Selection, Term};
use crate::store::{Failed, Page, Store};

/// The customers, in no particular order.
#[derive(Default)]
pub struct Memory(Vec<Record>);

impl Memory {
    /// Iterates over the JSON texts of all customers.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|record| record.text.as_str())
    }

    /// Adds a customer with a new id.
    pub fn add(&mut self, record: Record) {
        self.0.push(record);
    }

    fn find(&self, id: &str) -> Option<usize> {
        self.0.iter().position(|record| record.id == id)
    }
}

impl FromIterator<Record> for Memory {
    fn from_iter<T: IntoIterator<Item = Record>>(records: T) -> Self {
        Self(records.into_iter().collect())
    }
}

impl Store for Memory {
    fn list(&mut self, selection: &Selection) -> Result<Page, Failed> {
        let dob = position("dob").unwrap_or_default();
        let email = position("email").unwrap_or_default();
        let fits = |record: &&Record| {
            let mut conditions = selection.conditions.iter();
            conditions.all(|condition| holds(condition, record, dob, email))
        };
        let ranks = selection.relevance.as_deref().map(ranks);
        let mut found: Vec<Entry> = Vec::new();
        for record in self.0.iter().filter(fits) {
            found.push(Entry {
                rank: ranks.as_ref().map_or(0, |ranks| rank(ranks, record)),
                order: &selection.order,
                record,
                backwards: false,
            });
        }
        let count = found.len();
        let total = u32::try_from(count).unwrap_or(u32::MAX);
        let begin = usize::try_from(selection.offset()).map_or(count, |offset| offset.min(count));
        let end = count.min(begin + selection.limit as usize);
        // A heap sorts no more than needed: the customers up to the end of the page, or from its beginning.
        let backwards = begin > count - end;
        for entry in &mut found {
            entry.backwards = backwards;
        }
        let mut heap = BinaryHeap::from(found);
        for _ in 0..begin.min(count - end) {
            heap.pop();
        }
        let mut customers = Vec::new();
        while customers.len() < end - begin
            && let Some(entry) = heap.pop()
        {
            customers.push(entry.record.text.clone());
        }
        if backwards {
            customers.reverse();
        }
        Ok(Page { customers, total })
    }

    fn get(&mut self, id: &str) -> Result<Option<String>, Failed> {
        let record = self.0.iter().find(|record| record.id == id);
        Ok(record.map(|record| record.text.clone()))
    }

    fn insert(&mut self, record: Record) -> Result<(), Failed> {
        self.add(record);
        Ok(())
    }

    fn update<E>(
        &mut self,
        id: &str,
        change: impl FnOnce(&str) -> Result<Record, E>,
    ) -> Result<Option<Result<String, E>>, Failed> {
        let Some(record) = self.0.iter_mut().find(|record| record.id == id) else {
            return Ok(None);
        };
        Ok(Some(change(&record.text).map(|changed| {
            *record = changed;
            record.text.clone()
        })))
    }

    fn delete(&mut self, id: &str) -> Result<bool, Failed> {
        let found = self.find(id);
        if let Some(position) = found {
            self.0.swap_remove(position);
        }
        Ok(found.is_some())
    }
}

/// Returns true if the condition holds for the customer. `dob` and `email` are the positions of these fields.
fn holds(condition: &Condition, record: &Record, dob: usize, email: usize) -> bool {
    let key = |field: usize| record.keys.get(field).and_then(Option::as_deref);
    let one_of =
        |wanted: &[String], found: &[String]| found.iter().any(|item| wanted.contains(item));
    match condition {
        Condition::Venues(venues) => one_of(venues, &record.venues),
        Condition::Labels(labels) => one_of(labels, &record.labels),
        Condition::Booking(bounds) => record.bookings.iter().any(|date| within(date, bounds)),
        Condition::Choice {
            opted_in,
            preferences,
            bounds,
        } => record.choices.iter().any(|choice| {
            let date = if *opted_in {
                &choice.opt_in_date
            } else {
                &choice.opt_out_date
            };
            choice.opted_in == *opted_in
                && preferences.contains(&choice.preference)
                && (bounds.is_empty() || date.as_ref().is_some_and(|date| within(date, bounds)))
        }),
        Condition::Scalar(field, bounds) => key(*field).is_some_and(|date| within(date, bounds)),
        Condition::Months(months) => {
            let month = key(dob).and_then(|date| collins_customers::text::whole(date.get(5..7)?));
            month.is_some_and(|month| months.contains(&month))
        }
        Condition::Emails(emails) => {
            key(email).is_some_and(|email| emails.iter().any(|wanted| wanted == email))
        }
        Condition::FullName(name) => record.full_name == *name,
        Condition::Query(needle) => contains(&record.search, needle),
    }
}

fn within(date_time: &str, bounds: &[Bound]) -> bool {
    bounds.iter().all(|bound| bound.holds(date_time))
}

/// Returns the rank of a customer in a search; 0 is the most relevant.
fn rank(ranks: &[String; 3], record: &Record) -> usize {
    let found = ranks.iter().position(|text| contains(&record.search, text));
    found.unwrap_or(ranks.len())
}

/// A customer in a list. The first one of the list is the greatest, because a heap returns the greatest first.
struct Entry<'s> {
    rank: usize,
    order: &'s [Term],
    record: &'s Record,
    /// True if the list is read from its end.
    backwards: bool,
}

impl Ord for Entry<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let mut ordering = self.rank.cmp(&other.rank);
        for Term { field, descending } in self.order {
            if ordering != Ordering::Equal {
                break;
            }
            ordering = self
                .record
                .keys
                .get(*field)
                .cmp(&other.record.keys.get(*field));
            if *descending {
                ordering = ordering.reverse();
            }
        }
        if self.backwards {
            ordering
        } else {
            ordering.reverse()
        }
    }
}

impl PartialOrd for Entry<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry<'_> {}
