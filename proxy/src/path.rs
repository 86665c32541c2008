//! Paths below the mount point: which operation a request asks for, and on whom.

use collins_customers::call::operation::Operation;
use collins_customers::contract::CUSTOMERS;
use collins_customers::rules;
use collins_customers::text::{decode_segment, push_encoded};

/// A path that the contract knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Path {
    /// `/customers`
    Customers,
    /// `/customers/{customerId}`, with the id as it is meant.
    Customer(String),
}

impl Path {
    /// Reads a path; `None` if it is not exactly one of the two. An id is decoded once, and has to pass the
    /// rule for ids then: what another reader could take for more than one segment does not.
    #[must_use]
    pub fn read(path: &str) -> Option<Path> {
        let rest = path.strip_prefix(CUSTOMERS)?;
        if rest.is_empty() {
            return Some(Path::Customers);
        }
        let id = decode_segment(rest.strip_prefix('/')?)?;
        // Slashes and backslashes as they are, and as they were encoded: the rule knows both.
        rules::customer_id(&id)
            .is_empty()
            .then_some(Path::Customer(id))
    }

    /// The operation of a method, in upper case; `None` if it has none here.
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
