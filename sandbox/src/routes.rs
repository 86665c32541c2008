//! Routes: finds the operation for a path.

use collins_customers::contract::CUSTOMERS;

/// The operations, in the order of the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `GET /customers`
    List,
    /// `POST /customers`
    Create,
    /// `GET /customers/{customer_id}`
    Get,
    /// `PUT /customers/{customer_id}`
    Update,
    /// `DELETE /customers/{customer_id}`
    Delete,
}

/// A parsed path.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Route<'p> {
    /// The scenario and the faults named in the path, percent-encoded.
    pub wish: Option<(&'p str, &'p str)>,
    /// The resource.
    pub resource: Resource<'p>,
}

/// The resource below the base URL.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Resource<'p> {
    /// All customers.
    Customers,
    /// One customer, by its id, percent-encoded.
    Customer(&'p str),
    /// Anything else.
    #[default]
    Unknown,
}

impl<'p> Route<'p> {
    /// Parses a path; `None` if it does not belong to the API.
    #[must_use]
    pub fn new(path: &'p str) -> Option<Self> {
        if let Some(below) = below(path, "/api") {
            let resource = Resource::new(below);
            return Some(Self {
                wish: None,
                resource,
            });
        }
        let (scenario, rest) = segment(path.strip_prefix("/scenario/")?)?;
        let (faults, _) = segment(rest.strip_prefix('/')?)?;
        let resource = Resource::new(below(rest.get(1 + faults.len()..)?, "/api")?);
        Some(Self {
            wish: Some((scenario, faults)),
            resource,
        })
    }

    /// Returns the route for the log and the scenarios, without any data of the request.
    #[must_use]
    pub fn template(&self) -> Option<&'static str> {
        Some(match (self.wish.is_some(), &self.resource) {
            (_, Resource::Unknown) => return None,
            (false, Resource::Customers) => "/api/customers",
            (false, Resource::Customer(_)) => "/api/customers/{customer_id}",
            (true, Resource::Customers) => "/scenario/{scenario}/{faults}/api/customers",
            (true, Resource::Customer(_)) => {
                "/scenario/{scenario}/{faults}/api/customers/{customer_id}"
            }
        })
    }
}

impl<'p> Resource<'p> {
    fn new(path: &'p str) -> Self {
        match below(path, CUSTOMERS) {
            Some("") => Self::Customers,
            Some(rest) => match rest.strip_prefix('/').and_then(segment) {
                Some((id, "")) => Self::Customer(id),
                _ => Self::Unknown,
            },
            None => Self::Unknown,
        }
    }

    /// Returns the methods that the resource supports.
    #[must_use]
    pub fn methods(&self) -> &'static str {
        match self {
            Self::Customers => "GET, HEAD, POST",
            Self::Customer(_) => "GET, HEAD, PUT, DELETE",
            Self::Unknown => "",
        }
    }

    /// Returns the operation for a method.
    #[must_use]
    pub fn operation(&self, method: &str) -> Option<Operation> {
        Some(match (self, method) {
            (Self::Customers, "GET" | "HEAD") => Operation::List,
            (Self::Customers, "POST") => Operation::Create,
            (Self::Customer(_), "GET" | "HEAD") => Operation::Get,
            (Self::Customer(_), "PUT") => Operation::Update,
            (Self::Customer(_), "DELETE") => Operation::Delete,
            _ => return None,
        })
    }
}

/// Returns the rest of the path after a prefix of whole segments.
fn below<'p>(path: &'p str, begin: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(begin)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// Splits off the first segment, which must not be empty.
fn segment(path: &str) -> Option<(&str, &str)> {
    let end = path.bytes().position(|byte| byte == b'/');
    let (segment, rest) = path.split_at_checked(end.unwrap_or(path.len()))?;
    (!segment.is_empty()).then_some((segment, rest))
}

#[cfg(test)]
mod tests {
    use super::{Resource, Route};

    #[test]
    fn paths_of_the_api_are_parsed() {
        let route = |path| Route::new(path).map(|route| (route.wish, route.resource));
        let wish = Some(("a%20b", "ok%2Cok"));
        for (path, expected) in [
            ("/api", Some((None, Resource::Unknown))),
            ("/api/", Some((None, Resource::Unknown))),
            ("/api/customers", Some((None, Resource::Customers))),
            ("/api/customers/", Some((None, Resource::Unknown))),
            ("/api/customersx", Some((None, Resource::Unknown))),
            ("/api/customers/1", Some((None, Resource::Customer("1")))),
            ("/api/customers/1/", Some((None, Resource::Unknown))),
            ("/api/customers/1/2", Some((None, Resource::Unknown))),
            ("/apis/customers", None),
            ("/", None),
            ("/scenario/a/ok/nothing", None),
            ("/scenario/a/ok", None),
            ("/scenario//ok/api", None),
            (
                "/scenario/a%20b/ok%2Cok/api/customers",
                Some((wish, Resource::Customers)),
            ),
            (
                "/scenario/a%20b/ok%2Cok/api/customers/1",
                Some((wish, Resource::Customer("1"))),
            ),
            (
                "/scenario/a%20b/ok%2Cok/api",
                Some((wish, Resource::Unknown)),
            ),
        ] {
            assert_eq!(route(path), expected, "{path}");
        }
    }
}
