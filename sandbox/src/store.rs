//! What keeps the customers.

use crate::record::Record;
use crate::selection::Selection;

/// What a list answers with.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// The customers, as JSON texts.
    pub customers: Vec<String>,
    /// How many there are on all pages together.
    pub total: u32,
}

/// The store cannot be read or written. It has said why, where whoever runs it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

/// A place for customers. All of them answer alike: what is compared and ordered is [`Record`]'s, and the meaning of
/// each condition [`Selection`]'s.
pub trait Store {
    /// The customers that a list selects.
    ///
    /// # Errors
    /// The store failed.
    fn list(&mut self, selection: &Selection) -> Result<Page, Failed>;

    /// The JSON text of a customer; `None` if there is no such customer.
    ///
    /// # Errors
    /// The store failed.
    fn get(&mut self, id: &str) -> Result<Option<String>, Failed>;

    /// Keeps a new customer, whose id is nobody else's.
    ///
    /// # Errors
    /// The store failed.
    fn insert(&mut self, record: Record) -> Result<(), Failed>;

    /// Lets a customer be changed, given its JSON text, and returns the new text; `None` if there is no such
    /// customer. Nobody else writes meanwhile.
    ///
    /// # Errors
    /// The store failed.
    fn update<E>(
        &mut self,
        id: &str,
        change: impl FnOnce(&str) -> Result<Record, E>,
    ) -> Result<Option<Result<String, E>>, Failed>;

    /// Removes a customer and reports whether there was one.
    ///
    /// # Errors
    /// The store failed.
    fn delete(&mut self, id: &str) -> Result<bool, Failed>;
}
