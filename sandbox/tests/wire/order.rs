//! The order of a list, its pages, and the relevance of `query`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::server::{Server, text};

fn ids(customers: &[Value]) -> Vec<&str> {
    customers
        .iter()
        .map(|customer| text(customer, "id"))
        .collect()
}

#[test]
fn every_scalar_field_sorts_both_ways_and_the_id_decides_between_equals() {
    let server = Server::with_customers(120);
    let fields = [
        "id",
        "email",
        "first_name",
        "last_name",
        "company",
        "phone",
        "dob",
        "custom_field_value",
        "notes",
        "created_date",
        "last_updated",
    ];
    for field in fields {
        let up = server.all(&format!("sort={field}&limit=7"));
        let down = server.all(&format!("sort=-{field}&limit=7"));
        for listed in [&up, &down] {
            assert_eq!(
                ids(listed).into_iter().collect::<BTreeSet<_>>().len(),
                120,
                "{field}"
            );
        }
        // The next test is about the order of names in all scripts.
        if !["first_name", "last_name", "company", "notes"].contains(&field) {
            let mut expected = up.clone();
            expected.sort_by_key(|customer| {
                (
                    text(customer, field).to_lowercase(),
                    text(customer, "id").to_owned(),
                )
            });
            assert_eq!(ids(&up), ids(&expected), "{field}");
        }
        // The order treats Zoé and Zoë as equal, but this comparison does not.
        if !["first_name", "last_name"].contains(&field) {
            let turned: Vec<&[Value]> = up.chunk_by(|a, b| a[field] == b[field]).rev().collect();
            assert_eq!(ids(&down), ids(&turned.concat()), "{field}");
        }
    }
}

#[test]
fn texts_sort_as_people_read_them() {
    let server = Server::with_customers(0);
    for name in ["Zoe", "Émile", "eve", "Ángel", "Eric", "ørsted", "Oswald"] {
        server.created(&json!({ "first_name": name }));
    }
    let names = |sort: &str| -> Vec<String> {
        let sorted = server.list(sort).customers();
        let names = sorted.iter().map(|customer| text(customer, "first_name"));
        names.map(str::to_owned).collect()
    };
    let mut expected = ["Ángel", "Émile", "Eric", "eve", "ørsted", "Oswald", "Zoe"];
    assert_eq!(names("sort=first_name"), expected);
    expected.reverse();
    assert_eq!(names("sort=-first_name"), expected);
}

#[test]
fn several_fields_decide_one_after_the_other() {
    let server = Server::with_customers(200);
    let sorted = server.all("sort=-created_date,email,created_date");
    let mut expected = sorted.clone();
    expected.sort_by_key(|customer| {
        (
            text(customer, "email").to_lowercase(),
            text(customer, "id").to_owned(),
        )
    });
    expected.sort_by(|a, b| text(b, "created_date").cmp(text(a, "created_date")));
    assert_eq!(ids(&sorted), ids(&expected));
}

#[test]
fn without_an_order_the_oldest_come_first() {
    let server = Server::with_customers(200);
    let listed = server.all("");
    let mut expected = listed.clone();
    expected.sort_by_key(|customer| {
        (
            text(customer, "created_date").to_owned(),
            text(customer, "id").to_owned(),
        )
    });
    assert_eq!(ids(&listed), ids(&expected));
    assert!(listed[0]["created_date"].is_null());
    assert!(listed[199]["created_date"].is_string());
}

#[test]
fn an_unknown_field_is_refused_at_its_position() {
    let server = Server::with_customers(0);
    for (sort, key) in [
        ("sort=email,nonsense", "sort.1"),
        ("sort=-labels", "sort.0"),
        ("sort=--email", "sort.0"),
    ] {
        let answer = server.list(sort);
        assert_eq!(answer.status, 422, "{sort}");
        assert!(
            answer.json()["errors"][key][0].is_string(),
            "{}",
            answer.body
        );
    }
}

#[test]
fn an_empty_order_has_its_own_message() {
    let server = Server::with_customers(0);
    let sentence = |query: &str, key: &str| {
        let answer = server.list(query);
        assert_eq!(answer.status, 422, "{query}");
        answer.json()["errors"][key][0].as_str().unwrap().to_owned()
    };
    let of_order = sentence("sort=", "sort");
    assert!(
        of_order.contains("sort") && !of_order.contains("every"),
        "{of_order}"
    );
    assert!(sentence("labels=", "labels").contains("every customer"));
}

#[test]
fn pages_report_their_position() {
    let server = Server::with_customers(61);
    let headers = |query: &str| {
        let answer = server.list(query);
        let names = ["page", "per-page", "total-pages", "total-results"];
        let headers = names.map(|name| answer.header(&format!("x-pagination-{name}")).to_owned());
        (headers.join(" "), answer.customers().len())
    };
    assert_eq!(headers(""), ("1 30 3 61".into(), 30));
    assert_eq!(headers("page=3"), ("3 30 3 61".into(), 1));
    assert_eq!(headers("page=4"), ("4 30 3 61".into(), 0));
    assert_eq!(headers("page=4294967295"), ("4294967295 30 3 61".into(), 0));
    assert_eq!(headers("limit=1&page=61"), ("61 1 61 61".into(), 1));
    assert_eq!(headers("query=nobody-is-called-so"), ("1 30 1 0".into(), 0));
    assert_eq!(server.list("limit=31").status, 422);
    assert_eq!(server.list("limit=0").status, 422);
    assert_eq!(server.list("page=0").status, 422);
}

#[test]
fn a_query_finds_the_most_relevant_first() {
    let server = Server::with_customers(0);
    // Created in another order than the expected one.
    let inside = server.created(&json!({ "company": "Canada Ltd" }));
    let word = server.created(&json!({ "first_name": "Bo", "last_name": "Adamson" }));
    let prefix = server.created(&json!({ "email": "adam@example.com" }));
    let exact = server.created(&json!({ "first_name": "Ada" }));
    server.created(&json!({ "first_name": "Bob", "notes": "ada", "labels": ["ada"] }));
    assert_eq!(
        server.list("query=ADA").ids(),
        [exact, prefix, word, inside].map(String::from)
    );
    // A requested order takes precedence over relevance.
    let names: Vec<String> = server.list("query=ada&sort=-company").ids();
    assert_eq!(names.len(), 4);
    assert_eq!(names[0], server.list("query=canada").ids()[0]);
}

#[test]
fn a_query_ignores_case_accents_and_the_spacing_of_numbers() {
    let server = Server::with_customers(0);
    let jose = server.created(
        &json!({ "first_name": "José", "last_name": "Núñez", "phone": "+34 91 099-0123" }),
    );
    let olena = server.created(&json!({ "first_name": "Олена", "company": "Straße & Søn" }));
    for query in [
        "jose%20nunez",
        "JOSÉ",
        "n%C3%BA%C3%B1",
        "349109901",
        "(0)%20123",
        "+34%2091",
    ] {
        assert_eq!(
            server.list(&format!("query={query}")).ids(),
            [jose.as_str()],
            "{query}"
        );
    }
    for query in ["%D0%9E%D0%9B%D0%95%D0%9D%D0%90", "strasse", "son"] {
        assert_eq!(
            server.list(&format!("query={query}")).ids(),
            [olena.as_str()],
            "{query}"
        );
    }
    assert!(server.list("query=%25").ids().is_empty());
    assert!(server.list("query=%0A").status == 200);
}

#[test]
fn the_same_number_of_customers_is_the_same_customers() {
    let (one, other) = (Server::with_customers(90), Server::with_customers(90));
    assert_eq!(one.all("sort=id"), other.all("sort=id"));
}
