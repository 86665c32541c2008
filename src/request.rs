//! What to send: from an operation to its method, its URL and its headers.

use alloc::string::String;
use alloc::vec::Vec;

use crate::contract::{CUSTOMERS, PLAYPEN, PRODUCTION};
use crate::json::{is_one_of, whole};
use crate::query::push_encoded;
use crate::validate::{Issue, customer_id};

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

/// The URL of the list with a query string, or of the collection where that is empty.
#[must_use]
pub fn collection_url(base_url: &str, query: &str) -> String {
    let mut url = String::from(base_url);
    url.push_str(CUSTOMERS);
    if !query.is_empty() {
        url.push('?');
        url.push_str(query);
    }
    url
}

/// The URL of one customer.
///
/// # Errors
/// An issue where the id could lead the request elsewhere.
pub fn customer_url(base_url: &str, id: &str) -> Result<String, Vec<Issue>> {
    let issues = customer_id(id);
    if !issues.is_empty() {
        return Err(issues);
    }
    let mut url = collection_url(base_url, "");
    url.push('/');
    push_encoded(&mut url, id);
    Ok(url)
}

/// The base URL in the form that paths are joined to: without a slash at its end.
///
/// # Errors
/// A sentence for the developer, where the text is no absolute `https:` URL (or `http:` to a loopback
/// host), or holds what a base cannot: a query, a fragment, credentials, a blank.
pub fn base_url(text: &str) -> Result<String, &'static str> {
    let (scheme, rest) = text
        .split_once([':'])
        .and_then(|(scheme, rest)| Some((scheme, rest.strip_prefix("//")?)))
        .ok_or("baseUrl must be absolute, such as https://proxy.example/api")?;
    let host_end = rest.find(['/']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(host_end).unwrap_or((rest, ""));
    let host = match authority.rfind([':']) {
        // The colons of an IPv6 address stand in brackets.
        Some(colon) if !authority.ends_with(']') => authority.get(..colon).unwrap_or(authority),
        _ => authority,
    };
    let plain =
        |character: char| character.is_ascii_alphanumeric() || is_one_of(character, b".-:[]_");
    if host.is_empty() || !authority.chars().all(plain) {
        return Err("baseUrl must name a host, without a user name or password");
    }
    let in_path =
        |character: char| character.is_ascii_graphic() && !is_one_of(character, b"?#\\\"<>^`{|}");
    if !path.chars().all(in_path) {
        return Err("baseUrl must hold neither a query nor a fragment nor blanks");
    }
    let secure = scheme.eq_ignore_ascii_case("https");
    let local = scheme.eq_ignore_ascii_case("http") && is_loopback(host);
    if !secure && !local {
        return Err("baseUrl must begin with https://; http:// is for loopback hosts only");
    }
    Ok(text.trim_end_matches('/').into())
}

fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let is_loopback_address = || {
        let mut octets = host.split(['.']);
        octets.next() == Some("127")
            && host.split(['.']).count() == 4
            && octets.all(|octet| whole(octet).is_some_and(|number| number < 256))
    };
    host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || is_loopback_address()
}

/// Whether a base URL is one of the service's own: where a token must not be sent from a browser page.
#[must_use]
pub fn is_service(base_url: &str) -> bool {
    [PRODUCTION, PLAYPEN].iter().any(|service| {
        let origin = service.strip_suffix("/api").unwrap_or(service);
        base_url
            .get(..origin.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(origin))
    })
}

/// Whether a header can carry a token: visible ASCII, and some of it.
#[must_use]
pub fn is_token(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
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

    #[test]
    fn urls_join_the_base_and_the_resource() {
        assert_eq!(
            collection_url(PRODUCTION, ""),
            "https://api.collinsbookings.com/api/customers"
        );
        assert_eq!(
            collection_url("https://a.example", "limit=1"),
            "https://a.example/customers?limit=1"
        );
        assert_eq!(
            customer_url(PLAYPEN, "5c7d9e").as_deref(),
            Ok("https://api-playpen.collinsbookings.com/api/customers/5c7d9e")
        );
        assert_eq!(
            customer_url("https://a.example", "a b+\u{e9}").as_deref(),
            Ok("https://a.example/customers/a%20b%2B%C3%A9")
        );
    }

    #[test]
    fn an_id_that_could_lead_elsewhere_makes_no_url() {
        for id in [
            "", ".", "..", "a/b", "/", "a\\b", "a?b", "a#b", "a%2fb", "a\nb", "a\u{0}", "a\u{7f}",
            "a\u{85}",
        ] {
            assert!(customer_url(PRODUCTION, id).is_err(), "{id:?}");
        }
        for id in ["...", "a.b", "..a", "5c7d9e0123456789abcdef01"] {
            assert!(customer_url(PRODUCTION, id).is_ok(), "{id:?}");
        }
    }

    #[test]
    fn base_urls_are_absolute_and_secure() {
        for (text, base) in [
            ("https://proxy.example/api", "https://proxy.example/api"),
            ("https://proxy.example/api/", "https://proxy.example/api"),
            ("HTTPS://proxy.example:8443", "HTTPS://proxy.example:8443"),
            ("http://localhost:8787/api", "http://localhost:8787/api"),
            ("http://shop.localhost/api", "http://shop.localhost/api"),
            ("http://127.0.0.1:8787", "http://127.0.0.1:8787"),
            ("http://127.1.2.3", "http://127.1.2.3"),
            ("http://[::1]:8787/api", "http://[::1]:8787/api"),
        ] {
            assert_eq!(base_url(text).as_deref(), Ok(base));
        }
        for text in [
            "",
            "/api",
            "api",
            "proxy.example/api",
            "//proxy.example",
            "ftp://proxy.example",
            "https://",
            "https:///api",
            "http://proxy.example",
            "http://127.0.0.1.example",
            "http://127.0.0.256",
            "http://localhost.example",
            "http://128.0.0.1",
            "http://[::2]",
            "https://user:pass@proxy.example",
            "http://localhost@proxy.example",
            "https://proxy.example/api?x=1",
            "https://proxy.example/#a",
            "https://proxy.example/a b",
            " https://proxy.example",
            "https://proxy.example\n",
            "javascript://x",
            "http://localhost\\.proxy.example",
            "https://:8443/api",
        ] {
            assert!(base_url(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_services_own_hosts_are_known() {
        assert!(is_service(PRODUCTION) && is_service(PLAYPEN));
        assert!(is_service("HTTPS://API.collinsbookings.com/other"));
        assert!(!is_service("https://proxy.example/api") && !is_service("http://localhost:1"));
    }

    #[test]
    fn tokens_hold_what_a_header_can_carry() {
        assert!(is_token("sandbox") && is_token("eyJ.a-b_c~+/="));
        for token in [
            "",
            "a\nb",
            "a\r",
            "a b",
            " a",
            "a\u{0}",
            "t\u{f6}ken",
            "\u{1f511}",
        ] {
            assert!(!is_token(token), "{token:?}");
        }
    }
}
