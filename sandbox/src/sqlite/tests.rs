//! The store finds customers by its indexes, as the query plans show.

use super::Sqlite;
use super::query::Query;
use crate::record::{Record, scalar_fields};
use crate::seed::{self, PREFERENCES, VENUES};
use crate::selection::Selection;
use collins_customers::contract::FILTERS;
use collins_customers::filter::query;
use rusqlite::params_from_iter;

fn store() -> Sqlite {
    let seeds = seed::customers(2000).map(Record::new);
    Sqlite::open(None, seeds).unwrap()
}

fn selection(query: &str) -> Selection {
    Selection::new(&query::to_json(query).unwrap()).unwrap()
}

/// Returns the plan for counting the customers of a list.
fn plan(store: &Sqlite, query: &str) -> String {
    let selection = selection(query);
    let query = Query::new(&selection);
    let sql = format!("EXPLAIN QUERY PLAN {}", query.total_sql());
    let mut statement = store.connection.prepare(&sql).unwrap();
    let values = params_from_iter(query.total_values());
    let steps = statement
        .query_map(values, |row| row.get::<_, String>(3))
        .unwrap();
    steps
        .collect::<rusqlite::Result<Vec<_>>>()
        .unwrap()
        .join("\n")
}

#[test]
fn every_filter_uses_an_index() {
    let store = store();
    let (opted_in, opted_out) = (PREFERENCES[0], PREFERENCES[1]);
    let tried = [
        (format!("associated_venues={}", VENUES[0]), "venues_venue"),
        ("booking_date=2024-03-06".into(), "bookings_date"),
        ("booking_date_from=2025-06-01".into(), "bookings_date"),
        ("booking_date_to=2016-06-01".into(), "bookings_date"),
        ("created_date=2024-03-06".into(), "customers_created_date"),
        (
            "created_date_from=2025-06-01".into(),
            "customers_created_date",
        ),
        (
            "created_date_to=2019-03-01".into(),
            "customers_created_date",
        ),
        ("dob_month=3".into(), "customers_dob_month"),
        (
            "email=ada@example.com,bob@example.com".into(),
            "customers_email",
        ),
        ("full_name=ada%20lovelace".into(), "customers_full_name"),
        ("labels=Press,VIP".into(), "labels_label"),
        ("last_updated=2024-03-06".into(), "customers_last_updated"),
        (
            "last_updated_from=2025-06-25".into(),
            "customers_last_updated",
        ),
        (
            "last_updated_to=2019-03-01".into(),
            "customers_last_updated",
        ),
        (format!("opted_in={opted_in}"), "preferences_"),
        (
            format!("opted_in={opted_in}&opted_in_date=2024-03-06"),
            "preferences_in",
        ),
        (
            format!("opted_in={opted_in}&opted_in_date_from=2025-06-25"),
            "preferences_in",
        ),
        (
            format!("opted_in={opted_in}&opted_in_date_to=2017-03-01"),
            "preferences_in",
        ),
        (format!("opted_out={opted_out}"), "preferences_"),
        (
            format!("opted_out={opted_out}&opted_out_date=2024-03-06"),
            "preferences_out",
        ),
        (
            format!("opted_out={opted_out}&opted_out_date_from=2025-06-25"),
            "preferences_out",
        ),
        (
            format!("opted_out={opted_out}&opted_out_date_to=2017-03-01"),
            "preferences_out",
        ),
    ];
    for (query, index) in &tried {
        let plan = plan(&store, query);
        assert!(plan.contains(&format!("INDEX {index}")), "{query}\n{plan}");
        for table in ["customers", "venues", "labels", "preferences", "bookings"] {
            assert!(!plan.contains(&format!("SCAN {table}")), "{query}\n{plan}");
        }
    }
    let parameters = tried.iter().flat_map(|(query, _)| query.split(['&', '=']));
    let tried: Vec<&str> = parameters.collect();
    let names = FILTERS.iter().map(|field| field.name);
    let untried: Vec<&str> = names.filter(|name| !tried.contains(name)).collect();
    // A substring search has to scan all texts; the others do not select customers.
    assert_eq!(untried, ["query", "limit", "sort", "page"]);
}

#[test]
fn every_order_by_one_field_uses_an_index() {
    let store = store();
    for direction in ["", "-"] {
        for field in scalar_fields() {
            let name = field.name;
            let selection = selection(&format!("sort={direction}{name}"));
            let query = Query::new(&selection);
            let sql = format!("EXPLAIN QUERY PLAN {}", query.page_sql());
            let mut statement = store.connection.prepare(&sql).unwrap();
            let values = params_from_iter(query.page_values());
            let plan: String = statement.query_row(values, |row| row.get(3)).unwrap();
            let index = if name == "id" {
                "sqlite_autoindex_customers_1"
            } else {
                name
            };
            assert!(
                plan.starts_with("SCAN customers USING") && plan.contains(index),
                "{plan}"
            );
        }
    }
}
