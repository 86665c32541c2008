//! Compares the rule for email addresses, on the addresses of public test suites, with the verdicts of Laravel's
//! `email` rule (egulias/EmailValidator 3.2.5), which the service probably uses.

use collins_customers::rules::email::is_email;
use serde_json::Value;

const TABLE: &str = include_str!("email-addresses.json");

/// The addresses under a name of the table, for all reasons.
fn addresses(table: &Value, name: &str) -> Vec<String> {
    let text = |address: &Value| address.as_str().expect("an address is text").to_owned();
    match &table[name] {
        Value::Array(list) => list.iter().map(text).collect(),
        Value::Object(reasons) => reasons
            .values()
            .flat_map(|list| list.as_array().expect("a reason has a list"))
            .map(text)
            .collect(),
        _ => panic!("the table has nothing called {name}"),
    }
}

#[test]
fn every_verdict_is_the_one_in_the_table() {
    let table: Value = serde_json::from_str(TABLE).expect("the table is JSON");
    let mut count = 0;
    for (name, accepted) in [
        ("both accept", true),
        ("only the client accepts", true),
        ("both refuse", false),
        ("only Laravel accepts", false),
    ] {
        for address in addresses(&table, name) {
            assert_eq!(is_email(&address), accepted, "{name}: {address:?}");
            count += 1;
        }
    }
    assert_eq!(count, 1047);
}
