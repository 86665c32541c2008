use super::*;
use proptest::prelude::*;

#[test]
fn the_two_paths_of_the_contract_are_read() {
    for (path, written) in [
        ("/customers", "/customers"),
        ("/customers/5c7d9e", "/customers/5c7d9e"),
        ("/customers/a%20b", "/customers/a%20b"),
        ("/customers/a+b", "/customers/a%2Bb"),
        ("/customers/a%2bb", "/customers/a%2Bb"),
        ("/customers/a;b", "/customers/a%3Bb"),
        ("/customers/...", "/customers/..."),
        ("/customers/%c3%a9", "/customers/%C3%A9"),
        ("/customers/customers", "/customers/customers"),
    ] {
        let read = Path::read(path).map(|path| path.written());
        assert_eq!(read.as_deref(), Some(written), "{path}");
    }
}

#[test]
fn every_other_path_is_none() {
    for path in [
        "",
        "/",
        "customers",
        "/Customers",
        "/CUSTOMERS",
        "/customers/",
        "/customers//",
        "//customers",
        "/customers/a/",
        "/customers/a/b",
        "/customers/customers/a",
        "/customers/..",
        "/customers/.",
        "/customers/%2e%2e",
        "/customers/%2E.",
        "/customers/..%2f",
        "/customers/..%5c",
        "/customers/a%2fb",
        "/customers/a\\b",
        "/customers/%252f",
        "/customers/%25",
        "/customers/%",
        "/customers/%4",
        "/customers/%zz",
        "/customers/%00",
        "/customers/%0d%0aHost:x",
        "/customers/a%3fb",
        "/customers/a%23b",
        "/customers/%ff",
        "/customers/%c0%ae%c0%ae",
        "/customers/%ed%a0%80",
        "/customersX",
        "/customers;/a",
        "/customers%2fa",
        "/api/customers",
    ] {
        assert_eq!(Path::read(path), None, "{path}");
    }
}

#[test]
fn a_path_has_its_methods_and_no_other() {
    let operations = |path: &str| {
        [
            "GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "get",
        ]
        .map(|method| Path::read(path).and_then(|path| path.operation(method)))
    };
    let none = None;
    assert_eq!(
        operations("/customers"),
        [
            Some(Operation::List),
            Some(Operation::Create),
            none,
            none,
            none,
            none,
            none,
            none
        ]
    );
    assert_eq!(
        operations("/customers/a"),
        [
            Some(Operation::Get),
            none,
            Some(Operation::Update),
            Some(Operation::Delete),
            none,
            none,
            none,
            none
        ]
    );
}

proptest! {
    /// The written path has only unreserved characters and at most one segment, and is read as the same path.
    #[test]
    fn what_is_written_stays_below_the_resource(path in "(/customers)?[/a.%25fFeE0\\\\;?#é+]{0,12}") {
        if let Some(read) = Path::read(&path) {
            let written = read.written();
            let rest = written.strip_prefix("/customers").unwrap();
            let segment = rest.strip_prefix('/').unwrap_or(rest);
            prop_assert!(segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            prop_assert!(!matches!(segment, "." | ".."));
            prop_assert_eq!(Path::read(&written), Some(read));
        }
    }
}
