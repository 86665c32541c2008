//! Every filter, compared with reading and examining all customers.

use std::collections::BTreeSet;

use collins_customers::contract::FILTERS;
use serde_json::Value;

use crate::server::{Server, text};

const IN: &str = "5c0e4a5f7d2b3c0001f3e001";
const OUT: &str = "5c0e4a5f7d2b3c0001f3e002";

type Fits = Box<dyn Fn(&Value) -> bool>;

/// A filter and its meaning.
struct Case {
    query: String,
    fits: Fits,
}

fn case(query: impl Into<String>, fits: impl Fn(&Value) -> bool + 'static) -> Case {
    Case {
        query: query.into(),
        fits: Box::new(fits),
    }
}

fn items<'v>(customer: &'v Value, field: &str) -> &'v [Value] {
    customer[field].as_array().unwrap()
}

fn has(customer: &Value, field: &str, wanted: &[&str]) -> bool {
    items(customer, field)
        .iter()
        .any(|item| wanted.contains(&item.as_str().unwrap()))
}

/// The day of an instant.
fn day(instant: &str) -> &str {
    instant.get(..10).unwrap_or_default()
}

/// The middle day, which divides the customers.
fn middle<'v>(instants: impl Iterator<Item = &'v str>) -> String {
    let mut days: Vec<&str> = instants.map(day).filter(|day| !day.is_empty()).collect();
    days.sort_unstable();
    days[days.len() / 2].to_owned()
}

/// The three filters of a date, alone, and as a range: `given` is a date of some customers.
fn dates(
    cases: &mut Vec<Case>,
    parameter: &str,
    beside: &str,
    given: &str,
    days: impl Fn(&Value) -> Vec<String> + Clone + 'static,
) {
    let mut add = |query: String, fits: fn(&str, &str) -> bool| {
        let (days, given) = (days.clone(), given.to_owned());
        let any = move |customer: &Value| days(customer).iter().any(|day| fits(day, &given));
        cases.push(case(beside.to_owned() + &query, any));
    };
    add(format!("{parameter}={given}"), |day, given| day == given);
    add(format!("{parameter}_from={given}"), |day, given| {
        day >= given
    });
    add(format!("{parameter}_to={given}"), |day, given| day <= given);
    add(
        format!("{parameter}_from={given}&{parameter}_to={given}"),
        |day, given| day == given,
    );
}

fn of_field(field: &'static str) -> impl Fn(&Value) -> Vec<String> + Clone {
    move |customer| {
        let instant = text(customer, field);
        if instant.is_empty() {
            Vec::new()
        } else {
            vec![day(instant).to_owned()]
        }
    }
}

fn bookings(customer: &Value) -> Vec<String> {
    items(customer, "bookings")
        .iter()
        .map(|booking| day(text(booking, "date")).to_owned())
        .collect()
}

/// The days of a customer's current choices.
fn choices(preference: &'static str, opted_in: bool) -> impl Fn(&Value) -> Vec<String> + Clone {
    let date = if opted_in {
        "opt_in_date"
    } else {
        "opt_out_date"
    };
    move |customer| {
        let choices = items(customer, "marketing_preferences").iter();
        let choices =
            choices.filter(|choice| choice["id"] == preference && choice["opted_in"] == opted_in);
        choices
            .map(|choice| day(text(choice, date)).to_owned())
            .collect()
    }
}

fn full_name(customer: &Value) -> String {
    format!(
        "{} {}",
        text(customer, "first_name"),
        text(customer, "last_name")
    )
}

fn cases(everyone: &[Value]) -> Vec<Case> {
    let venue = "5b5b2f0a4c1e6d0001a1b002";
    let venues = format!("{venue},5b5b2f0a4c1e6d0001a1b004");
    let named = everyone
        .iter()
        .find(|customer| customer["email"].is_string())
        .unwrap();
    let (email, name) = (text(named, "email").to_owned(), full_name(named));
    let other = everyone
        .iter()
        .rfind(|customer| customer["email"].is_string())
        .unwrap();
    let emails = [email.clone(), text(other, "email").to_owned()];

    let mut cases = vec![
        case(format!("associated_venues={venue}"), move |c| {
            has(c, "associated_venues", &[venue])
        }),
        case(format!("associated_venues={venues}"), move |c| {
            has(c, "associated_venues", &[venue, "5b5b2f0a4c1e6d0001a1b004"])
        }),
        case("dob_month=3", |c| text(c, "dob").get(5..7) == Some("03")),
        case("dob_month=1,12", |c| {
            matches!(text(c, "dob").get(5..7), Some("01" | "12"))
        }),
        case(
            format!("email={}", email.replace('+', "%2B").to_uppercase()),
            move |c| c["email"] == email,
        ),
        case(
            format!("email={}", emails.join(",").replace('+', "%2B")),
            move |c| emails.iter().any(|email| c["email"] == email.as_str()),
        ),
        case(
            format!("full_name={}", name.replace(' ', "%20")),
            move |c| full_name(c) == name,
        ),
        case("labels=VIP", |c| has(c, "labels", &["VIP"])),
        case("labels=Press,Wine%20list,Gro%C3%9Fkunde", |c| {
            has(c, "labels", &["Press", "Wine list", "Großkunde"])
        }),
        case(format!("opted_in={IN}"), |c| {
            !choices(IN, true)(c).is_empty()
        }),
        case(format!("opted_in={IN},{OUT}"), |c| {
            !choices(IN, true)(c).is_empty() || !choices(OUT, true)(c).is_empty()
        }),
        case(format!("opted_out={OUT}"), |c| {
            !choices(OUT, false)(c).is_empty()
        }),
        case("query=bluebird", |c| {
            text(c, "company").contains("Bluebird")
        }),
        case("labels=VIP&dob_month=1,2,3,4,5,6", |c| {
            has(c, "labels", &["VIP"])
                && matches!(
                    text(c, "dob").get(5..7),
                    Some("01" | "02" | "03" | "04" | "05" | "06")
                )
        }),
    ];
    let every = |days: &dyn Fn(&Value) -> Vec<String>| {
        let days: Vec<String> = everyone.iter().flat_map(days).collect();
        middle(days.iter().map(String::as_str))
    };
    let (opted_in, opted_out) = (format!("opted_in={IN}&"), format!("opted_out={OUT}&"));
    dates(&mut cases, "booking_date", "", &every(&bookings), bookings);
    for field in ["created_date", "last_updated"] {
        dates(
            &mut cases,
            field,
            "",
            &every(&of_field(field)),
            of_field(field),
        );
    }
    let of_in = choices(IN, true);
    dates(
        &mut cases,
        "opted_in_date",
        &opted_in,
        &every(&of_in),
        of_in,
    );
    let of_out = choices(OUT, false);
    dates(
        &mut cases,
        "opted_out_date",
        &opted_out,
        &every(&of_out),
        of_out,
    );
    cases
}

fn ids<'v>(customers: impl IntoIterator<Item = &'v Value>) -> BTreeSet<&'v str> {
    customers
        .into_iter()
        .map(|customer| text(customer, "id"))
        .collect()
}

#[test]
fn every_filter_selects_the_right_customers() {
    let server = Server::with_customers(400);
    let everyone = server.all("");
    assert_eq!(ids(&everyone).len(), 400);
    let cases = cases(&everyone);
    for Case { query, fits } in &cases {
        let selected = server.all(query);
        let expected = everyone.iter().filter(|customer| fits(customer));
        assert_eq!(ids(&selected), ids(expected), "{query}");
        // A case that selects nobody or everyone would show nothing.
        assert!(
            !selected.is_empty() && selected.len() < everyone.len(),
            "{query}: {}",
            selected.len()
        );
    }
    let mut untried: Vec<&str> = FILTERS.iter().map(|field| field.name).collect();
    let tried = |name: &str| {
        cases
            .iter()
            .any(|case| case.query.split(['&', '=']).any(|part| part == name))
    };
    untried.retain(|name| !tried(name));
    // These do not select customers; order.rs tests them.
    assert_eq!(untried, ["limit", "sort", "page"]);
}

#[test]
fn the_first_and_the_last_day_are_dates() {
    let server = Server::with_customers(60);
    let dated = server
        .all("")
        .iter()
        .filter(|customer| customer["created_date"].is_string())
        .count();
    assert_eq!(server.all("created_date_from=0001-01-01").len(), dated);
    assert_eq!(server.all("created_date_to=9999-12-31").len(), dated);
}

#[test]
fn a_list_may_be_as_long_as_a_url() {
    let server = Server::with_customers(60);
    let labels: Vec<String> = (0..2000).map(|number| format!("label-{number}")).collect();
    assert_eq!(
        server.all(&format!("labels={},VIP", labels.join(","))),
        server.all("labels=VIP")
    );
}

#[test]
fn every_odd_value_of_a_filter_gets_an_answer() {
    let server = Server::with_customers(20);
    let long = "a,".repeat(20_000) + "a";
    let values = [
        "",
        "%00",
        "a%00b",
        "'",
        "%22",
        "%25",
        "_",
        "*",
        "\\",
        "%F0%9F%8E%89",
        "%CC%81",
        "%FF",
        "%",
        "%2C",
        "%0A",
        "+",
        "-",
        "9999-12-31",
        "0001-01-01",
        "4294967295",
        "4294967296",
        "-1",
        "1e3",
        "NaN",
        "null",
        &long,
    ];
    for field in FILTERS {
        for value in values {
            let mut query = format!("{}={value}", field.name);
            if !field.requires.is_empty() {
                query = format!("{query}&{}=a", field.requires);
            }
            let answer = server.list(&query);
            assert!(
                matches!(answer.status, 200 | 422),
                "{} {:.20}: {}",
                field.name,
                value,
                answer.body
            );
        }
    }
}
