//! Storage of the customers.

use crate::record::Record;
use crate::selection::Selection;

/// A page of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// The customers, as JSON texts.
    pub customers: Vec<String>,
    /// The number of customers on all pages.
    pub total: u32,
}

/// The store cannot be read or written. It has already reported why on the standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

/// A store of customers. All stores give the same answers: [`Record`] defines what is compared and sorted, and
/// [`Selection`] the meaning of each condition.
pub trait Store {
    /// Returns the customers that a list selects.
    ///
    /// # Errors
    /// The store failed.
    fn list(&mut self, selection: &Selection) -> Result<Page, Failed>;

    /// Returns the JSON text of a customer; `None` if there is no such customer.
    ///
    /// # Errors
    /// The store failed.
    fn get(&mut self, id: &str) -> Result<Option<String>, Failed>;

    /// Stores a new customer with a new id.
    ///
    /// # Errors
    /// The store failed.
    fn insert(&mut self, record: Record) -> Result<(), Failed>;

    /// Changes a customer: passes its JSON text to a function and returns the new text; `None` if there is no such
    /// customer. No other write can come in between.
    ///
    /// # Errors
    /// The store failed.
    fn update<E>(
        &mut self,
        id: &str,
        change: impl FnOnce(&str) -> Result<Record, E>,
    ) -> Result<Option<Result<String, E>>, Failed>;

    /// Removes a customer and returns true if there was one.
    ///
    /// # Errors
    /// The store failed.
    fn delete(&mut self, id: &str) -> Result<bool, Failed>;
}
