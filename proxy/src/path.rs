//! Paths below the mount point: the operation of a request, and its customer.

use collins_customers::call::operation::Operation;
use collins_customers::contract::CUSTOMERS;
use collins_customers::rules;
use collins_customers::text::{decode_segment, push_encoded};

/// A documented path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Path {
    /// `/customers`
    Customers,
    /// `/customers/{customerId}`, with the id decoded.
    Customer(String),
}

impl Path {
    /// Reads a path; `None` if it is not exactly one of the two. An id is decoded once, and must then pass the rule for
    /// ids, which refuses anything that another reader could take for more than one segment.
    #[must_use]
    pub fn read(path: &str) -> Option<Path> {
        let rest = path.strip_prefix(CUSTOMERS)?;
        if rest.is_empty() {
            return Some(Path::Customers);
        }
        let id = decode_segment(rest.strip_prefix('/')?)?;
        // The rule refuses slashes and backslashes, whether they were encoded or not.
        rules::customer_id(&id)
            .is_empty()
            .then_some(Path::Customer(id))
    }

    /// The operation of a method, in upper case; `None` if this path does not have it.
    #[must_use]
    pub fn operation(&self, method: &str) -> Option<Operation> {
        let operations: &[Operation] = match self {
            Path::Customers => &[Operation::List, Operation::Create],
            Path::Customer(_) => &[Operation::Get, Operation::Update, Operation::Delete],
        };
        operations
            .iter()
            .copied()
            .find(|operation| operation.method() == method)
    }

    /// The path as it is sent, relative to the service's base URL.
    #[must_use]
    pub fn written(&self) -> String {
        let mut path = String::from(CUSTOMERS);
        if let Path::Customer(id) = self {
            path.push('/');
            push_encoded(&mut path, id);
        }
        path
    }
}

#[cfg(test)]
mod tests;
