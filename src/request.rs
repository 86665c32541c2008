//! What to send: from an operation to its method and its URL.

use crate::contract::CUSTOMERS;
#[cfg(any(target_arch = "wasm32", test))]
use {
    crate::query::push_encoded,
    crate::validate::{Report, check_customer_id},
    alloc::string::String,
};

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

    /// The path as the documentation writes it: what logs and errors show in the place of a URL.
    #[must_use]
    pub const fn route(self) -> &'static str {
        match self {
            Operation::List | Operation::Create => CUSTOMERS,
            Operation::Get | Operation::Update | Operation::Delete => "/customers/{customerId}",
        }
    }

    /// The field of a success's body that holds what the operation returns; empty for a delete.
    #[must_use]
    pub const fn envelope(self) -> &'static str {
        match self {
            Operation::List => "customers",
            Operation::Create | Operation::Get | Operation::Update => "customer",
            Operation::Delete => "",
        }
    }
}

/// The URL of one customer, from that of the collection; an issue where the id could lead the request
/// elsewhere.
#[cfg(any(target_arch = "wasm32", test))]
pub(crate) fn customer_url(collection: &str, id: &str, report: &mut impl Report) -> Option<String> {
    if !check_customer_id(id, report) {
        return None;
    }
    let mut url = String::from(collection);
    url.push('/');
    push_encoded(&mut url, id);
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

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

    #[test]
    fn ids_are_encoded_into_the_url() {
        for (id, url) in [
            ("5c7d9e", "https://a.example/customers/5c7d9e"),
            ("a b+\u{e9}", "https://a.example/customers/a%20b%2B%C3%A9"),
        ] {
            let found = customer_url("https://a.example/customers", id, &mut Vec::new());
            assert_eq!(found.as_deref(), Some(url));
        }
    }

    #[test]
    fn an_id_that_could_lead_elsewhere_makes_no_url() {
        for id in [
            "", ".", "..", "a/b", "/", "a\\b", "a?b", "a#b", "a%2fb", "a\nb", "a\u{0}", "a\u{7f}",
            "a\u{85}",
        ] {
            assert_eq!(customer_url(CUSTOMERS, id, &mut Vec::new()), None, "{id:?}");
        }
        for id in ["...", "a.b", "..a", "5c7d9e0123456789abcdef01"] {
            assert!(
                customer_url(CUSTOMERS, id, &mut Vec::new()).is_some(),
                "{id:?}"
            );
        }
    }
}
