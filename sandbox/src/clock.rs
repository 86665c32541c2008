//! Instants: milliseconds since 1970 in UTC, and the forms in which the service writes them.

use collins_customers::text::push_number;

/// Milliseconds since the beginning of 1970, UTC.
pub type Instant = i64;

/// The milliseconds in a day.
pub const DAY: i64 = 86_400_000;

/// A calendar date and a time of day.
struct Civil {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    /// From 0, which is Sunday.
    weekday: u32,
}

/// The days from 1 January 1970 to a date of the proleptic Gregorian calendar (Howard Hinnant,
/// "chrono-compatible low-level date algorithms").
#[must_use]
pub const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "days since the year 0, and seconds of a day"
)]
fn civil(at: Instant) -> Civil {
    let shifted = (at.div_euclid(DAY) + 719_468) as u32;
    let time = (at.rem_euclid(DAY) / 1000) as u32;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = (shifted_month + 2) % 12 + 1;
    Civil {
        year: year_of_era + era * 400 + u32::from(month <= 2),
        month,
        day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
        hour: time / 3600,
        minute: time / 60 % 60,
        second: time % 60,
        // The first day of the year 0 that is counted here, 1 March, was a Wednesday.
        weekday: (shifted + 3) % 7,
    }
}

/// The first instant with a four-digit year, and the first one after the last such year.
const YEARS: [Instant; 2] = [days(1, 1, 1) * DAY, days(10_000, 1, 1) * DAY];

/// Returns true if the service can write the instant: one in the years 1 to 9999.
#[must_use]
pub fn is_written(at: Instant) -> bool {
    let [first, end] = YEARS;
    (first..end).contains(&at)
}

/// The calendar date, `YYYY-MM-DD`.
#[must_use]
pub fn date(at: Instant) -> String {
    let mut text = String::new();
    push_date(&mut text, &civil(at));
    text
}

/// An instant as the service writes it, `YYYY-MM-DD HH:MM:SS`: without a zone, and always in UTC.
#[must_use]
pub fn date_time(at: Instant) -> String {
    let civil = civil(at);
    let mut text = String::new();
    push_date(&mut text, &civil);
    text.push(' ');
    push_time(&mut text, &civil);
    text
}

/// An instant in ISO 8601.
#[must_use]
pub fn iso(at: Instant) -> String {
    let civil = civil(at);
    let mut text = String::new();
    push_date(&mut text, &civil);
    text.push('T');
    push_time(&mut text, &civil);
    text.push('Z');
    text
}

/// An instant in the format of HTTP headers, `Sun, 06 Nov 1994 08:49:37 GMT`.
#[must_use]
pub fn http(at: Instant) -> String {
    let civil = civil(at);
    let mut text = String::new();
    text.push_str(name("SunMonTueWedThuFriSat", civil.weekday));
    text.push_str(", ");
    push_two(&mut text, civil.day);
    text.push(' ');
    text.push_str(name(
        "JanFebMarAprMayJunJulAugSepOctNovDec",
        civil.month - 1,
    ));
    text.push(' ');
    push_year(&mut text, civil.year);
    text.push(' ');
    push_time(&mut text, &civil);
    text.push_str(" GMT");
    text
}

/// Returns one of the three-letter names that are joined in `names`.
fn name(names: &str, number: u32) -> &str {
    let begin = number as usize * 3;
    names.get(begin..begin + 3).unwrap_or_default()
}

fn push_date(text: &mut String, civil: &Civil) {
    push_year(text, civil.year);
    text.push('-');
    push_two(text, civil.month);
    text.push('-');
    push_two(text, civil.day);
}

fn push_time(text: &mut String, civil: &Civil) {
    push_two(text, civil.hour);
    text.push(':');
    push_two(text, civil.minute);
    text.push(':');
    push_two(text, civil.second);
}

fn push_year(text: &mut String, year: u32) {
    push_two(text, year / 100);
    push_two(text, year % 100);
}

fn push_two(text: &mut String, number: u32) {
    push_number(text, number / 10);
    push_number(text, number % 10);
}

#[cfg(test)]
mod tests {
    use super::{DAY, Instant, YEARS, date, date_time, days, http, is_written, iso};
    use jiff::{SignedDuration, civil};

    #[test]
    fn days_of_all_years_are_written_as_jiff_writes_them() {
        let [first, end] = YEARS;
        let mut at: Instant = first;
        while at < end {
            let civil = civil::date(1970, 1, 1).at(0, 0, 0, 0) + SignedDuration::from_millis(at);
            assert_eq!(iso(at), civil.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
            at += 11 * DAY + 1_234_000;
        }
    }

    #[test]
    fn the_forms_name_the_same_instant() {
        let at = days(1994, 11, 6) * DAY + ((8 * 60 + 49) * 60 + 37) * 1000 + 999;
        assert_eq!(http(at), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(iso(at), "1994-11-06T08:49:37Z");
        assert_eq!(date_time(at), "1994-11-06 08:49:37");
        assert_eq!(date(at), "1994-11-06");
        assert_eq!(date_time(-1), "1969-12-31 23:59:59");
    }

    #[test]
    fn the_years_that_are_written_end() {
        let [first, end] = YEARS;
        assert_eq!(date_time(first), "0001-01-01 00:00:00");
        assert_eq!(date_time(end - 1), "9999-12-31 23:59:59");
        assert!(is_written(first) && is_written(end - 1));
        assert!(!is_written(first - 1) && !is_written(end));
    }
}
