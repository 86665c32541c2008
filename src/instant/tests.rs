use super::*;
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;

/// 1 January 2026, 00:00:00 UTC.
const NOW: Milliseconds = 1_767_225_600_000.0;

/// The three forms of an HTTP date, as jiff writes them.
const HTTP_FORMS: [&str; 3] = [
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A, %d-%b-%y %H:%M:%S GMT",
    "%a %b %e %H:%M:%S %Y",
];

fn judge(rfc_3339: &str) -> Milliseconds {
    milliseconds(rfc_3339.parse().unwrap())
}

#[allow(clippy::cast_precision_loss)]
fn milliseconds(timestamp: Timestamp) -> Milliseconds {
    timestamp.as_millisecond() as f64
}

#[test]
fn every_day_of_the_calendar_is_a_date_and_no_other_is() {
    for year in 1..=9999 {
        for month in 0..=13 {
            for day in [0, 1, 28, 29, 30, 31, 32] {
                let text = format!("{year:04}-{month:02}-{day:02}");
                let real = Date::new(year, month, day).is_ok();
                let expected = (
                    u32::try_from(year),
                    u32::try_from(month),
                    u32::try_from(day),
                );
                let (Ok(year), Ok(month), Ok(day)) = expected else {
                    unreachable!()
                };
                assert_eq!(date(&text), real.then_some((year, month, day)), "{text}");
            }
        }
    }
}

#[test]
fn a_date_is_written_in_one_form_only() {
    for (text, expected) in [
        ("2024-02-29", Some((2024, 2, 29))),
        ("2000-02-29", Some((2000, 2, 29))),
        ("1900-02-29", None),
        ("2023-02-29", None),
        ("2023-13-01", None),
        ("2023-00-10", None),
        ("2023-04-31", None),
        ("0000-01-01", None),
        ("0001-01-01", Some((1, 1, 1))),
        ("9999-12-31", Some((9999, 12, 31))),
        ("10000-01-01", None),
        ("2023-2-3", None),
        ("2023/02/03", None),
        ("20230203", None),
        ("2023-02-03 ", None),
        (" 2023-02-03", None),
        ("2023-02-03T00:00:00", None),
        ("2023-02-0", None),
        ("-023-02-03", None),
        ("+023-02-03", None),
        ("২০২৩-০২-০৩", None),
        ("2023\u{2010}02\u{2010}03", None),
        ("2023-02-0\u{0}", None),
        ("", None),
    ] {
        assert_eq!(date(text), expected, "{text}");
    }
}

#[test]
fn a_date_time_has_a_space_or_a_t_a_fraction_or_none_and_a_zone_or_none() {
    for (text, same) in [
        ("2019-03-06 17:00:00", "2019-03-06T17:00:00Z"),
        ("2019-03-06T17:00:00", "2019-03-06T17:00:00Z"),
        ("2019-03-06T17:00:00Z", "2019-03-06T17:00:00Z"),
        ("2019-03-06 17:00:00Z", "2019-03-06T17:00:00Z"),
        ("2019-03-06T17:00:00+01:00", "2019-03-06T17:00:00+01:00"),
        ("2019-03-06T17:00:00+0000", "2019-03-06T17:00:00Z"),
        ("2019-03-06T17:00:00-0530", "2019-03-06T17:00:00-05:30"),
        ("2019-03-06T17:00:00-00:00", "2019-03-06T17:00:00Z"),
        ("2019-03-06T17:00:00+23:59", "2019-03-06T17:00:00+23:59"),
        ("2019-03-06 17:00:00.5", "2019-03-06T17:00:00.5Z"),
        ("2019-03-06 17:00:00.123456Z", "2019-03-06T17:00:00.123Z"),
        (
            "2019-03-06 17:00:00.000000001-01:00",
            "2019-03-06T17:00:00-01:00",
        ),
        ("2024-02-29 23:59:59", "2024-02-29T23:59:59Z"),
        ("1969-12-31 23:59:59.999", "1969-12-31T23:59:59.999Z"),
        ("0001-01-01 00:00:00", "0001-01-01T00:00:00Z"),
    ] {
        assert_eq!(date_time(text), Some(judge(same)), "{text}");
    }
}

#[test]
fn anything_but_a_real_date_time_in_that_form_is_refused() {
    for text in [
        "",
        "2019-03-06",
        "2019-03-06 ",
        "2019-03-06 17:00",
        "2019-03-06  17:00:00",
        "2019-03-06t17:00:00",
        "2019-03-06_17:00:00",
        "2019-03-06\u{a0}17:00:00",
        "2019-03-06T17:00:00z",
        "2019-03-06T17:00:00 Z",
        "2019-03-06T17:00:00ZZ",
        "2019-03-06T17:00:00UTC",
        "2019-03-06T17:00:00.",
        "2019-03-06T17:00:00.Z",
        "2019-03-06T17:00:00,5",
        "2019-03-06T17:00:00.5.5",
        "2019-03-06T17:00:00+",
        "2019-03-06T17:00:00+01",
        "2019-03-06T17:00:00+1:00",
        "2019-03-06T17:00:00+24:00",
        "2019-03-06T17:00:00+00:60",
        "2019-03-06T17:00:00+01:000",
        "2019-03-06T17:00:00+01:00Z",
        "2019-03-06T24:00:00",
        "2019-03-06T23:60:00",
        "2016-12-31T23:59:60Z",
        "2019-13-06T17:00:00",
        "2023-02-29T17:00:00",
        "0000-01-01T00:00:00",
        "২০১৯-০৩-০৬ ১৭:০০:০০",
    ] {
        assert_eq!(date_time(text), None, "{text}");
    }
}

#[test]
fn an_http_date_has_one_of_three_forms() {
    let expected = Some(judge("1994-11-06T08:49:37Z"));
    for text in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ] {
        assert_eq!(http_date(text, NOW), expected, "{text}");
    }
    assert_eq!(
        http_date("Wed Nov 16 08:49:37 1994", NOW),
        Some(judge("1994-11-16T08:49:37Z"))
    );
}

#[test]
fn nothing_laxer_is_an_http_date() {
    for text in [
        "",
        "GMT",
        " GMT",
        "Sun",
        "0",
        "-1",
        "1994-11-06T08:49:37Z",
        "06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 06 Nov 1994 08:49:37  GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 November 1994 08:49:37 GMT",
        "Sun, 06 ovD 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "sun, 06 Nov 1994 08:49:37 GMT",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Monday, 06-Nov-94 08:49:37 GMT",
        "Sundays, 06-Nov-94 08:49:37 GMT",
        "Sunday, 00-Jan-00 00:00:00 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sat, 31 Dec 2016 23:59:60 GMT",
        "Thu, 31 Nov 1994 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sunday Nov  6 08:49:37 1994",
        "Sun Nov    08:49:37 1994",
        "Sun, 0\u{666} Nov 1994 08:49:37 GMT",
    ] {
        assert_eq!(http_date(text, NOW), None, "{text}");
    }
}

#[test]
fn a_year_of_two_digits_is_at_most_fifty_years_ahead() {
    let year = |text| http_date(text, NOW);
    assert_eq!(
        year("Thursday, 01-Jan-26 00:00:00 GMT"),
        Some(judge("2026-01-01T00:00:00Z"))
    );
    assert_eq!(
        year("Tuesday, 31-Dec-75 00:00:00 GMT"),
        Some(judge("2075-12-31T00:00:00Z"))
    );
    // 1 January 2076 is 50 years ahead, 2 January more than that.
    assert_eq!(
        year("Wednesday, 01-Jan-76 00:00:00 GMT"),
        Some(judge("2076-01-01T00:00:00Z"))
    );
    assert_eq!(
        year("Friday, 02-Jan-76 00:00:00 GMT"),
        Some(judge("1976-01-02T00:00:00Z"))
    );
    assert_eq!(
        year("Friday, 31-Dec-99 00:00:00 GMT"),
        Some(judge("1999-12-31T00:00:00Z"))
    );
    // There is a leap day in 2000, but not in 1900.
    assert_eq!(
        year("Tuesday, 29-Feb-00 00:00:00 GMT"),
        Some(judge("2000-02-29T00:00:00Z"))
    );
}

#[test]
fn a_reset_is_a_date_time_or_digits_whose_number_determines_the_unit() {
    for (text, expected) in [
        ("2026-01-01T00:01:00Z", Some(NOW + 60_000.0)),
        ("2026-01-01T01:01:00+01:00", Some(NOW + 60_000.0)),
        ("2026-01-01T01:01:00+0100", Some(NOW + 60_000.0)),
        ("2026-01-01 00:01:00", Some(NOW + 60_000.0)),
        ("2025-12-31 23:00:00", Some(NOW - 3_600_000.0)),
        ("1767225660000", Some(NOW + 60_000.0)),
        ("1767225660", Some(NOW + 60_000.0)),
        ("60", Some(NOW + 60_000.0)),
        ("0", Some(NOW)),
        ("000000060", Some(NOW + 60_000.0)),
        ("999999999", Some(NOW + 999_999_999_000.0)),
        ("0000000000", Some(0.0)),
        ("9999999999999", Some(9_999_999_999_999.0)),
        ("17672256600", None),
        ("176722566000", None),
        ("17672256600000", None),
        ("99999999999999999999999999999999", None),
        ("", None),
        (" 60", None),
        ("60 ", None),
        ("+60", None),
        ("-60", None),
        ("60.5", None),
        ("1e3", None),
        ("0x10", None),
        ("Infinity", None),
        ("NaN", None),
        ("٦٠", None),
        ("soon", None),
        ("60, 60", None),
        ("Thu, 01 Jan 2026 00:01:00 GMT", None),
        ("2026-01-01", None),
    ] {
        assert_eq!(reset(text, NOW), expected, "{text}");
    }
}

#[test]
fn a_number_beyond_all_instants_is_the_last_instant() {
    assert_eq!(whole("8639999999999999"), Some(LAST - 1.0));
    assert_eq!(whole("8640000000000000"), Some(LAST));
    assert_eq!(whole("8640000000000001"), Some(LAST));
    assert_eq!(whole(&"9".repeat(1000)), Some(LAST));
}

proptest! {
    #[test]
    fn what_jiff_writes_as_an_http_date_is_read_back(
        second in -62_135_596_800_i64..=253_402_300_799,
        form in 0..HTTP_FORMS.len(),
    ) {
        let timestamp = Timestamp::from_second(second).unwrap();
        let text = timestamp.strftime(HTTP_FORMS[form]).to_string();
        if form == 1 {
            let read = http_date(&text, NOW);
            // A year of two digits is of the century near `now`, and the weekday must match.
            let near = (NOW - 50.0 * YEAR..=NOW + 50.0 * YEAR).contains(&milliseconds(timestamp));
            prop_assert!(!near || read == Some(milliseconds(timestamp)), "{}", text);
        } else {
            prop_assert_eq!(http_date(&text, NOW), Some(milliseconds(timestamp)));
        }
    }

    #[test]
    fn two_digits_of_a_year_near_now_are_read_back(second in 189_345_600_i64..=3_345_062_400) {
        let timestamp = Timestamp::from_second(second).unwrap();
        let text = timestamp.strftime(HTTP_FORMS[1]).to_string();
        prop_assert_eq!(http_date(&text, NOW), Some(milliseconds(timestamp)), "{}", text);
    }

    #[test]
    fn what_jiff_writes_as_a_date_time_is_read_back(
        millisecond in -62_135_596_800_000_i64..=253_402_300_799_999,
        form in prop::sample::select(vec!["%FT%T%.fZ", "%F %T%.f", "%FT%T%.f%z", "%FT%T%.f%:z"]),
        offset in -86_000..=86_000_i32,
    ) {
        let timestamp = Timestamp::from_millisecond(millisecond).unwrap();
        let offset = if form.ends_with('z') { offset / 60 * 60 } else { 0 };
        let zone = jiff::tz::Offset::from_seconds(offset).unwrap().to_time_zone();
        let zoned = timestamp.to_zoned_datetime(zone);
        prop_assume!((1..=9999).contains(&zoned.year()));
        let text = zoned.strftime(form).to_string();
        prop_assert_eq!(date_time(&text), Some(milliseconds(timestamp)), "{}", text);
        prop_assert_eq!(reset(&text, NOW), Some(milliseconds(timestamp)), "{}", text);
    }

    #[test]
    fn no_text_panics(text in any::<String>(), now in any::<f64>()) {
        let _ = (date(&text), date_time(&text), http_date(&text, now), reset(&text, now));
    }

    #[test]
    fn no_text_that_is_nearly_a_date_panics(
        text in "[A-Z][a-z]{2,8},? ?[0-9A-Za-z -]{2,12} [0-9: ]{0,12}( GMT)?|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{8,12}[Z0-9:+-]{0,6}|[0-9]{0,20}",
        now in any::<f64>(),
    ) {
        let _ = (date(&text), date_time(&text), http_date(&text, now), reset(&text, now));
    }
}
