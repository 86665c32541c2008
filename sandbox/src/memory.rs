//! The customers as a list in memory, without an index: scanning 10 000 of them takes a millisecond or two.

use std::cmp::Ordering;

use crate::record::{Record, SEARCH, Value, scalar_column};
use crate::search::{contains, ranks};
use crate::selection::{Condition, Selection, Term, Test};
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
        let column = scalar_column("id")?;
        let is_this = |record: &Record| record.value(column) == Some(id);
        self.0.iter().position(is_this)
    }
}

impl FromIterator<Record> for Memory {
    fn from_iter<T: IntoIterator<Item = Record>>(records: T) -> Self {
        Self(records.into_iter().collect())
    }
}

impl Store for Memory {
    fn list(&mut self, selection: &Selection) -> Result<Page, Failed> {
        let ranks = selection.relevance.as_deref().map(ranks);
        let first = selection.order.first();
        let mut found: Vec<Entry> = Vec::new();
        for record in &self.0 {
            let mut conditions = selection.conditions.iter();
            if conditions.all(|condition| holds(condition, record)) {
                found.push(Entry {
                    rank: ranks.as_ref().map_or(0, |ranks| rank(ranks, record)),
                    first: first.and_then(|term| record.value(term.column)),
                    record,
                });
            }
        }
        let count = found.len();
        let total = u32::try_from(count).unwrap_or(u32::MAX);
        let begin = usize::try_from(selection.offset()).map_or(count, |offset| offset.min(count));
        let end = count.min(begin + selection.limit as usize);
        // A heap sorts no more than needed: the customers up to the end of the page, or from its beginning.
        let backwards = begin > count - end;
        let order = Order {
            terms: &selection.order,
            backwards,
        };
        for at in (0..count / 2).rev() {
            order.sift(&mut found, at);
        }
        let mut customers = Vec::new();
        for position in 0..end.min(count - begin) {
            let last = found.len() - 1;
            found.swap(0, last);
            let Some(entry) = found.pop() else {
                break;
            };
            order.sift(&mut found, 0);
            if position >= begin.min(count - end) {
                customers.push(entry.record.text.clone());
            }
        }
        if backwards {
            customers.reverse();
        }
        Ok(Page { customers, total })
    }

    fn get(&mut self, id: &str) -> Result<Option<String>, Failed> {
        let record = self.find(id).and_then(|position| self.0.get(position));
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
        let found = self.find(id);
        let Some(record) = found.and_then(|position| self.0.get_mut(position)) else {
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

/// Returns true if the condition holds for the customer.
fn holds(condition: &Condition, record: &Record) -> bool {
    for Value { column, text, date } in &record.values {
        if *column != condition.column {
            continue;
        }
        let passes = match &condition.test {
            Test::OneOf(wanted, None) => wanted.contains(text),
            Test::OneOf(wanted, Some(range)) => {
                wanted.contains(text) && date.as_ref().is_some_and(|date| range.holds(date))
            }
            Test::Within(range) => range.holds(text),
            Test::Contains(part) => contains(text, part),
        };
        if passes {
            return true;
        }
    }
    false
}

/// Returns the rank of a customer in a search; 0 is the most relevant.
fn rank(ranks: &[String; 3], record: &Record) -> usize {
    let search = record.value(SEARCH).unwrap_or_default();
    let found = ranks.iter().position(|text| contains(search, text));
    found.unwrap_or(ranks.len())
}

/// A customer in a list.
struct Entry<'s> {
    rank: usize,
    /// The value to order by first.
    first: Option<&'s str>,
    record: &'s Record,
}

/// The order of a list.
struct Order<'s> {
    terms: &'s [Term],
    /// True if the list is read from its end.
    backwards: bool,
}

impl Order<'_> {
    /// Makes the part of a heap below a place a heap, if both halves of it are: the entry that is read first is at the
    /// top. `BinaryHeap` would do the same in three times the bytes.
    fn sift(&self, heap: &mut [Entry], mut at: usize) {
        while let (Some(entry), Some(mut next)) = (heap.get(at), heap.get(2 * at + 1)) {
            let mut below = 2 * at + 1;
            if let Some(other) = heap.get(below + 1)
                && self.is_before(other, next)
            {
                next = other;
                below += 1;
            }
            if !self.is_before(next, entry) {
                return;
            }
            heap.swap(at, below);
            at = below;
        }
    }

    fn is_before(&self, one: &Entry, other: &Entry) -> bool {
        let mut ordering = one.rank.cmp(&other.rank);
        for (position, Term { column, descending }) in self.terms.iter().enumerate() {
            if ordering != Ordering::Equal {
                break;
            }
            ordering = if position == 0 {
                one.first.cmp(&other.first)
            } else {
                one.record.value(*column).cmp(&other.record.value(*column))
            };
            if *descending {
                ordering = ordering.reverse();
            }
        }
        (ordering == Ordering::Less) != self.backwards
    }
}
