//! The operations, their methods and their routes.

use crate::contract::CUSTOMERS;

/// The operations of the API. \[doc\]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// `GET /customers`
    List,
    /// `POST /customers`
    Create,
    /// `GET /customers/{customerId}`
    Get,
    /// `PUT /customers/{customerId}`
    Update,
    /// `DELETE /customers/{customerId}`
    Delete,
}

impl Operation {
    /// All of them, in the documentation's order.
    pub const ALL: [Operation; 5] = [
        Operation::List,
        Operation::Create,
        Operation::Get,
        Operation::Update,
        Operation::Delete,
    ];

    /// The HTTP method.
    #[must_use]
    pub const fn method(self) -> &'static str {
        match self {
            Operation::List | Operation::Get => "GET",
            Operation::Create => "POST",
            Operation::Update => "PUT",
            Operation::Delete => "DELETE",
        }
    }

    /// The path as the documentation writes it: logs and errors show it instead of a URL.
    #[must_use]
    pub const fn route(self) -> &'static str {
        match self {
            Operation::List | Operation::Create => CUSTOMERS,
            Operation::Get | Operation::Update | Operation::Delete => "/customers/{customerId}",
        }
    }

    /// The field of a success's body that contains what the operation returns; empty for a delete.
    #[must_use]
    pub const fn envelope(self) -> &'static str {
        match self {
            Operation::List => "customers",
            Operation::Create | Operation::Get | Operation::Update => "customer",
            Operation::Delete => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_those_of_the_documentation() {
        for (operation, method, route) in [
            (Operation::List, "GET", "/customers"),
            (Operation::Create, "POST", "/customers"),
            (Operation::Get, "GET", "/customers/{customerId}"),
            (Operation::Update, "PUT", "/customers/{customerId}"),
            (Operation::Delete, "DELETE", "/customers/{customerId}"),
        ] {
            assert_eq!((operation.method(), operation.route()), (method, route));
        }
    }
}
