use super::*;
use crate::filter::{CustomerFilter, Value};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

fn codes(result: Result<CustomerFilter, Vec<Issue>>) -> Vec<&'static str> {
    result
        .err()
        .unwrap_or_default()
        .iter()
        .map(|issue| issue.code.as_str())
        .collect()
}

#[test]
fn parameters_are_in_the_documentations_order() {
    let all = json!({
        "page": 2, "sort": ["-last_updated", "email"], "limit": 10, "query": "Smith, John & co",
        "opted_out_date_to": "2019-01-06", "opted_out_date_from": "2019-01-05", "opted_out_date": "2019-01-05",
        "opted_out": ["d"], "opted_in_date_to": "2019-01-04", "opted_in_date_from": "2019-01-03",
        "opted_in_date": "2019-01-03", "opted_in": ["c"], "last_updated_to": "2019-01-02",
        "last_updated_from": "2019-01-01", "last_updated": "2019-01-01", "labels": ["VIP", "a b"],
        "full_name": "Jos\u{e9} O'Brien", "email": ["a+b@example.com"], "dob_month": [1, 12],
        "created_date_to": "2018-01-03", "created_date_from": "2018-01-02", "created_date": "2018-01-02",
        "booking_date_to": "2017-01-03", "booking_date_from": "2017-01-02", "booking_date": "2017-01-02",
        "associated_venues": ["a", "b"],
    });
    assert_eq!(
        encode(&all.to_string()).as_deref(),
        Ok(
            "associated_venues=a,b&booking_date=2017-01-02&booking_date_from=2017-01-02&booking_date_to=2017-01-03\
            &created_date=2018-01-02&created_date_from=2018-01-02&created_date_to=2018-01-03&dob_month=1,12\
            &email=a%2Bb%40example.com&full_name=Jos%C3%A9%20O%27Brien&labels=VIP,a%20b&last_updated=2019-01-01\
            &last_updated_from=2019-01-01&last_updated_to=2019-01-02&opted_in=c&opted_in_date=2019-01-03\
            &opted_in_date_from=2019-01-03&opted_in_date_to=2019-01-04&opted_out=d&opted_out_date=2019-01-05\
            &opted_out_date_from=2019-01-05&opted_out_date_to=2019-01-06&query=Smith%2C%20John%20%26%20co\
            &limit=10&sort=-last_updated,email&page=2"
        )
    );
}

#[test]
fn the_canonical_form_is_that_of_reading_and_writing() {
    for query in [
        "",
        "?page=02&limit=10",
        "labels=b%2Ca&associated_venues=v",
        "labels=",
        "labels=a&labels=b",
        "limit=31&x=%ff",
        "dob_month=1,x,01",
        "query=a+b%22%5C%00",
        "opted_in_date=2020-01-01&unknown=1",
        "sort=,",
    ] {
        let written = CustomerFilter::parse(query).and_then(|filter| filter.to_query_string());
        assert_eq!(canonical(query), written, "{query}");
    }
}

#[test]
fn the_builder_writes_what_the_table_says() {
    let filter = CustomerFilter::new()
        .associated_venues(["a"])
        .booking_date("2017-01-02")
        .booking_date_from("2017-01-02")
        .booking_date_to("2017-01-02")
        .created_date("2017-01-02")
        .created_date_from("2017-01-02")
        .created_date_to("2017-01-02")
        .dob_month([5])
        .email(["a@example.com"])
        .full_name("a")
        .labels(["a"])
        .last_updated("2017-01-02")
        .last_updated_from("2017-01-02")
        .last_updated_to("2017-01-02")
        .opted_in(["a"])
        .opted_in_date("2017-01-02")
        .opted_in_date_from("2017-01-02")
        .opted_in_date_to("2017-01-02")
        .opted_out(["a"])
        .opted_out_date("2017-01-02")
        .opted_out_date_from("2017-01-02")
        .opted_out_date_to("2017-01-02")
        .query("a")
        .limit(5)
        .sort(["a"])
        .page(5);
    let query = filter.to_query_string().unwrap_or_default();
    let names: Vec<_> = query
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .collect();
    assert_eq!(names, FILTERS.map(|field| field.name));
}

#[test]
fn setters_leave_the_filter_they_came_from() {
    let vips = CustomerFilter::new().labels(["VIP"]);
    let recent = vips.clone().last_updated_from("2020-01-01");
    assert_eq!(vips.to_query_string().as_deref(), Ok("labels=VIP"));
    assert_eq!(
        recent.to_query_string().as_deref(),
        Ok("labels=VIP&last_updated_from=2020-01-01")
    );
}

#[test]
fn without_checks_only_what_cannot_be_expressed_is_refused() {
    let unchecked = |json: &str| {
        let mut issues = Vec::new();
        let source = Scanner::new(json);
        let mut check = Check::new(source.clone(), Subject::ListFilter, &mut issues);
        check.lenient = true;
        check.run().then(|| write(source))
    };
    for (json, query) in [
        (r#"{"limit":31,"page":0}"#, "limit=31&page=0"),
        (r#"{"limit":-1}"#, "limit=-1"),
        (r#"{"email":["a b"]}"#, "email=a%20b"),
        (r#"{"booking_date":"May"}"#, "booking_date=May"),
        (
            r#"{"opted_in_date":"2019-01-01"}"#,
            "opted_in_date=2019-01-01",
        ),
    ] {
        assert_eq!(unchecked(json).as_deref(), Some(query));
    }
    for json in [
        r#"{"labels":[]}"#,
        r#"{"labels":["a,b"]}"#,
        r#"{"labels":[""]}"#,
        r#"{"query":null}"#,
        r#"{"x":1}"#,
    ] {
        assert_eq!(unchecked(json), None, "{json}");
    }
}

#[test]
fn numbers_have_one_form() {
    assert_eq!(
        encode(r#"{"page":"007","dob_month":3}"#).as_deref(),
        Ok("dob_month=3&page=7")
    );
    assert_eq!(
        CustomerFilter::parse("dob_month=3")
            .unwrap_or_default()
            .get("dob_month"),
        Some(&Value::Integers([3].into()))
    );
    assert_eq!(
        CustomerFilter::parse("page=2")
            .unwrap_or_default()
            .get("page"),
        Some(&Value::Integer(2))
    );
}

#[test]
fn parsing_reads_what_other_clients_write() -> Result<(), Vec<Issue>> {
    let filter = CustomerFilter::parse("?query=a+b%20c&labels=x,y&&full_name=%E2%82%AC")?;
    assert_eq!(filter.get("query"), Some(&Value::Text("a b c".into())));
    assert_eq!(
        filter.get("labels"),
        Some(&Value::List(["x".into(), "y".into()].into()))
    );
    assert_eq!(
        filter.get("full_name"),
        Some(&Value::Text("\u{20ac}".into()))
    );
    // The vendor's own client, and every page that puts a query through `URLSearchParams`, encodes the commas
    // between the items too.
    let filter = CustomerFilter::parse("labels=x%2Cy,z&dob_month=1%2c12")?;
    assert_eq!(
        filter.get("labels"),
        Some(&Value::List(["x".into(), "y".into(), "z".into()].into()))
    );
    assert_eq!(
        filter.get("dob_month"),
        Some(&Value::Integers([1, 12].into()))
    );
    assert_eq!(CustomerFilter::parse("")?, CustomerFilter::new());
    assert_eq!(CustomerFilter::parse("?")?, CustomerFilter::new());
    Ok(())
}

#[test]
fn a_comma_separates_items_however_it_is_written() {
    for (query, other) in [
        ("labels=a%2Cb", "labels=a,b"),
        ("labels=a%2cb,c", "labels=a,b,c"),
        (
            "email=a@example.com%2Cb@example.com",
            "email=a@example.com,b@example.com",
        ),
        ("dob_month=1%2C12", "dob_month=1,12"),
        ("sort=-last_updated%2Cemail", "sort=-last_updated,email"),
    ] {
        assert_eq!(
            CustomerFilter::parse(query),
            CustomerFilter::parse(other),
            "{query}"
        );
        assert_eq!(codes(CustomerFilter::parse(query)), [""; 0], "{query}");
    }
    // It is decoded once, and only a list is split.
    let filter = CustomerFilter::parse("labels=a%252Cb&query=a%2Cb").unwrap_or_default();
    assert_eq!(
        filter.get("labels"),
        Some(&Value::List(["a%2Cb".into()].into()))
    );
    assert_eq!(filter.get("query"), Some(&Value::Text("a,b".into())));
    for filter in [
        r#"{"labels":["a,b"]}"#,
        r#"{"associated_venues":["a",","]}"#,
        r#"{"sort":["a,"]}"#,
    ] {
        assert_eq!(
            encode(filter).unwrap_err()[0].code.as_str(),
            "contains_comma",
            "{filter}"
        );
    }
}

#[test]
fn a_page_is_a_number_with_or_without_zeros_before_it() {
    for query in ["page=2", "page=02", "page=0000000000002"] {
        let filter = CustomerFilter::parse(query).unwrap_or_default();
        assert_eq!(filter.get("page"), Some(&Value::Integer(2)), "{query}");
        assert_eq!(filter.to_query_string().as_deref(), Ok("page=2"), "{query}");
    }
}

#[test]
fn numbers_of_a_builder_are_checked_and_written() {
    let filter = CustomerFilter::new()
        .limit(30)
        .page(u32::MAX)
        .dob_month([1, 12]);
    assert_eq!(
        filter.to_query_string().as_deref(),
        Ok("dob_month=1,12&limit=30&page=4294967295")
    );
    for filter in [
        CustomerFilter::new().limit(0),
        CustomerFilter::new().limit(31),
        CustomerFilter::new().dob_month([13]),
        CustomerFilter::new().page(0),
    ] {
        assert_eq!(
            filter.to_query_string().unwrap_err()[0].code.as_str(),
            "out_of_range"
        );
    }
    let written = r#"{"limit":1e1,"page":2.0,"dob_month":[1,120e-1]}"#;
    assert_eq!(
        encode(written).as_deref(),
        Ok("dob_month=1,12&limit=10&page=2")
    );
}

#[test]
fn parsing_refuses_unknown_and_invalid_parameters() {
    for (query, code) in [
        ("label=a", "unknown_field"),
        ("labels[]=a", "unknown_field"),
        ("Labels=a", "unknown_field"),
        ("=a", "unknown_field"),
        ("labels=", "empty_list"),
        ("labels", "empty_list"),
        ("labels=a,", "empty"),
        ("labels=a%2C", "empty"),
        ("email=a@example.com%2Cb", "invalid_email"),
        ("page=0", "out_of_range"),
        ("page=00", "out_of_range"),
        ("page=-1", "out_of_range"),
        ("page=1e1", "invalid_type"),
        ("page=2.0", "invalid_type"),
        ("limit=31", "out_of_range"),
        ("limit=010", "invalid_type"),
        ("limit=ten", "invalid_type"),
        ("dob_month=1,x", "invalid_type"),
        ("query=", "empty"),
        ("query=%", "invalid_type"),
        ("query=%zz", "invalid_type"),
        ("query=%2", "invalid_type"),
        ("query=%+1", "invalid_type"),
        ("query=%ff", "invalid_type"),
        ("%ff=a", "invalid_type"),
        ("page=1&page=2", "invalid_type"),
        ("opted_in_date=2019-01-01", "requires"),
        ("booking_date=2019-1-1", "invalid_date"),
    ] {
        assert_eq!(codes(CustomerFilter::parse(query)), [code], "{query}");
    }
}

/// A filter as the object that it was made from.
fn as_json(filter: &CustomerFilter) -> Json {
    let value = |field: &crate::contract::Field| {
        let value = match filter.get(field.name)? {
            Value::Text(text) => json!(text),
            Value::Integer(number) => json!(number),
            Value::List(items) => json!(items),
            Value::Integers(items) => json!(items),
        };
        Some((field.name.to_string(), value))
    };
    FILTERS.iter().filter_map(value).collect()
}

/// A valid value for any parameter.
fn value(kind: Kind) -> BoxedStrategy<Json> {
    let item = "[^,]{1,8}";
    match kind {
        Kind::Date => (1u32..=9999, 1u32..=12, 1u32..=28)
            .prop_map(|(year, month, day)| json!(format!("{year:04}-{month:02}-{day:02}")))
            .boxed(),
        Kind::Ids | Kind::Texts => prop::collection::vec(item, 1..4)
            .prop_map(Json::from)
            .boxed(),
        Kind::Emails => prop::collection::vec("[a-z'+]{1,9}@[a-z]{1,9}\\.[a-z]{2,9}", 1..4)
            .prop_map(Json::from)
            .boxed(),
        Kind::Search => ".{1,12}".prop_map(Json::from).boxed(),
        Kind::Integer { min, max } => (min..=max).prop_map(Json::from).boxed(),
        Kind::Integers { min, max } => prop::collection::vec(min..=max, 1..4)
            .prop_map(Json::from)
            .boxed(),
        Kind::Page => (1..=u32::MAX).prop_map(Json::from).boxed(),
        other => panic!("no filter is of the kind {other:?}"),
    }
}

/// Any valid object of filters.
fn filters() -> impl Strategy<Value = Json> {
    FILTERS
        .iter()
        .map(|field| prop::option::of(value(field.kind)))
        .collect::<Vec<_>>()
        .prop_map(|values| {
            let mut filters = Map::new();
            for (field, value) in FILTERS.iter().zip(values) {
                if let Some(value) = value {
                    filters.insert(field.name.into(), value);
                }
            }
            for field in FILTERS {
                if !field.requires.is_empty() && !filters.contains_key(field.requires) {
                    filters.remove(field.name);
                }
                if let (Some(begin), Some(end)) =
                    (filters.get(field.name), filters.get(field.until))
                    && begin.as_str() > end.as_str()
                {
                    let (begin, end) = (begin.clone(), end.clone());
                    filters.insert(field.name.into(), end);
                    filters.insert(field.until.into(), begin);
                }
            }
            Json::Object(filters)
        })
}

proptest! {
    #[test]
    fn any_valid_filter_is_read_back_from_its_text(filters in filters()) {
        let query = encode(&filters.to_string()).map_err(|issues| TestCaseError::fail(format!("{issues:?}")))?;
        let read = CustomerFilter::parse(&query).unwrap_or_default();
        prop_assert_eq!(as_json(&read), filters);
        let again = read.to_query_string();
        prop_assert_eq!(again, Ok(query));
    }

    #[test]
    fn a_query_holds_nothing_that_a_url_parser_changes(filters in filters()) {
        let query = encode(&filters.to_string()).unwrap_or_default();
        prop_assert!(query.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%,&=".contains(&byte)));
    }

    #[test]
    fn utf_8_is_that_of_the_standard_library(bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0x80..0xc0_u8, prop::sample::select(b"\xc0\xc1\xe0\xed\xef\xf0\xf4\xf5\x9f\xa0\x90\x8f".to_vec())], 0..6)) {
        let text = bytes.iter().fold(String::new(), |text, byte| text + &format!("%{byte:02x}"));
        prop_assert_eq!(decode(&text), String::from_utf8(bytes).ok());
    }

    #[test]
    fn no_text_panics_the_parser(text in any::<String>()) {
        let _ = CustomerFilter::parse(&text);
    }

    #[test]
    fn no_text_of_its_own_characters_panics_the_parser(text in "[a-z_=&,%+0-9?]{0,60}|((labels|page|limit|dob_month|query)=[a-f0-9%,+]{0,9}&){0,4}") {
        let _ = CustomerFilter::parse(&text);
    }
}
