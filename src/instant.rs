//! Reads text that names a day or an instant. It is strict: anything but the exact formats is `None`.
//!
//! jiff would do the same, but this is linked into the WebAssembly module, and a general date library would be larger
//! than the rest of the module. The tests compare it with jiff.
//!
//! ```
//! use collins_customers::instant::{date, date_time};
//!
//! assert_eq!(date("2024-02-29"), Some((2024, 2, 29)));
//! assert_eq!(date("2023-02-29"), None);
//! assert_eq!(date_time("1970-01-01 00:00:01"), Some(1000.0));
//! ```
//!
//! A leap second (`:60`) is refused everywhere: no clock that counts milliseconds since the epoch can show
//! one. The same holds for `24:00:00`.

/// Milliseconds as JavaScript counts them: a duration, or an instant since the Unix epoch.
pub type Milliseconds = f64;

const SECOND: Milliseconds = 1000.0;
const DAY: Milliseconds = 86_400_000.0;

/// The average length of a year.
const YEAR: Milliseconds = 365.2425 * DAY;

/// The value of [`Fields::days`] on 1 January 1970.
const EPOCH: u32 = 719_469;

const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";

const WEEKDAYS: [&[u8]; 7] = [
    b"Sunday",
    b"Monday",
    b"Tuesday",
    b"Wednesday",
    b"Thursday",
    b"Friday",
    b"Saturday",
];

/// The year, month and day of `YYYY-MM-DD`, if that is a real date of the years 1 to 9999.
#[must_use]
pub fn date(text: &str) -> Option<(u32, u32, u32)> {
    let mut fields = Fields::default();
    let rest = fields.read(text.as_bytes(), b"YYYY-MM-DD")?;
    (rest.is_empty() && fields.is_real()).then_some((fields.year, fields.month, fields.day))
}

/// The instant of `YYYY-MM-DD HH:MM:SS`, if that is a real one.
///
/// The form of ISO 8601 that the service and its framework write: a space or a `T` between date and time,
/// a fraction of a second or none, and `Z`, `±HH:MM` or `±HHMM` or no zone. Without one it is UTC.
/// \[assumed\]
#[must_use]
pub fn date_time(text: &str) -> Option<Milliseconds> {
    let mut fields = Fields::default();
    let rest = fields.read(text.as_bytes(), b"YYYY-MM-DD")?;
    let ([b' ' | b'T'], rest) = rest.split_at_checked(1)? else {
        return None;
    };
    let mut rest = fields.read(rest, b"hh:mm:ss")?;
    let mut instant = fields.instant()?;
    if let [b'.', fraction @ ..] = rest {
        rest = fraction;
        let mut worth = 100.0;
        while let [digit @ b'0'..=b'9', after @ ..] = rest {
            // Digits finer than a millisecond are ignored.
            if worth >= 1.0 {
                instant += f64::from(digit - b'0') * worth;
            }
            worth /= 10.0;
            rest = after;
        }
        if rest.len() == fraction.len() {
            return None;
        }
    }
    match rest {
        [] | [b'Z'] => Some(instant),
        [sign @ (b'+' | b'-'), zone @ ..] => {
            let mut offset = Fields::default();
            let form: &[u8] = if zone.len() == 4 { b"hhmm" } else { b"hh:mm" };
            let rest = offset.read(zone, form)?;
            if !rest.is_empty() || !offset.is_time() {
                return None;
            }
            let offset = offset.time();
            Some(if *sign == b'+' {
                instant - offset
            } else {
                instant + offset
            })
        }
        _ => None,
    }
}

/// The instant of an HTTP date in one of the three forms of RFC 9110, section 5.6.7, its day of the week
/// included: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
///
/// A year of two digits is of this century, or of the last one if it would otherwise be more than 50 years after `now`.
#[must_use]
pub fn http_date(text: &str, now: Milliseconds) -> Option<Milliseconds> {
    let text = text.as_bytes();
    let name = text
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let (weekday, rest) = text.split_at_checked(name)?;
    let mut fields = Fields::default();
    let mut short = true;
    let rest = match rest.strip_suffix(b" GMT") {
        None => fields.read(rest, b" N dD hh:mm:ss YYYY")?,
        Some(rest) if name == 3 => fields.read(rest, b", DD N YYYY hh:mm:ss")?,
        Some(rest) => {
            short = false;
            let rest = fields.read(rest, b", DD-N-YY hh:mm:ss")?;
            fields.year += 2000;
            // 29 February may exist in only one of the two centuries: `instant` checks that.
            if fields.since_epoch() > now + 50.0 * YEAR {
                fields.year -= 100;
            }
            rest
        }
    };
    let instant = fields.instant()?;
    let actual = *WEEKDAYS.get(fields.weekday())?;
    let actual = if short { actual.get(..3)? } else { actual };
    (rest.is_empty() && weekday == actual).then_some(instant)
}

/// The instant in an `X-RateLimit-Reset`: a [`date_time`]; 13 digits are milliseconds, 10 digits
/// seconds since the epoch, and fewer digits seconds from `now`. \[assumed\] beyond ISO 8601
#[must_use]
pub fn reset(text: &str, now: Milliseconds) -> Option<Milliseconds> {
    match (whole(text), text.len()) {
        (None, _) => date_time(text),
        (milliseconds, 13) => milliseconds,
        (Some(seconds), 10) => Some(seconds * SECOND),
        (Some(seconds), ..10) => Some(now + seconds * SECOND),
        _ => None,
    }
}

/// The number that a text of digits represents, and `None` for any other text.
///
/// A number beyond all instants of JavaScript's `Date` becomes the last of them: a wait that long is refused anyway.
// Called in half a dozen places of a module that must be small.
#[inline(never)]
pub(crate) fn whole(text: &str) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    let number = text.bytes().try_fold(0.0, |number, byte| {
        Some(number * 10.0 + f64::from(digit(byte)?))
    });
    number.map(|number| shorter(number, LAST))
}

/// The shorter of two times. `f64::min`, which orders NaN as well, is a function of a library in WebAssembly.
pub(crate) fn shorter(one: Milliseconds, other: Milliseconds) -> Milliseconds {
    if one < other { one } else { other }
}

/// The last instant that a `Date` of JavaScript can name.
pub(crate) const LAST: Milliseconds = 8.64e15;

fn digit(byte: u8) -> Option<u32> {
    byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
}

/// The parts of a date and a time as they are written.
#[derive(Default)]
struct Fields {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
}

impl Fields {
    /// Reads the beginning of `text` in a form and returns what follows.
    ///
    /// In a form `Y M D h m s` are one digit each of the year, month, day, hour, minute and second, `d` is a
    /// digit of the day or a space, `N` is the short name of a month, and every other character is itself.
    fn read<'t>(&mut self, mut text: &'t [u8], form: &[u8]) -> Option<&'t [u8]> {
        for part in form {
            if *part == b'N' {
                let (name, rest) = text.split_at_checked(3)?;
                self.month = (1..)
                    .zip(MONTHS.chunks_exact(3))
                    .find(|(_, month)| *month == name)?
                    .0;
                text = rest;
                continue;
            }
            let (byte, rest) = text.split_first()?;
            text = rest;
            let field = match part {
                b'd' if *byte == b' ' => continue,
                b'Y' => &mut self.year,
                b'M' => &mut self.month,
                b'D' | b'd' => &mut self.day,
                b'h' => &mut self.hour,
                b'm' => &mut self.minute,
                b's' => &mut self.second,
                literal if literal == byte => continue,
                _ => return None,
            };
            *field = *field * 10 + digit(*byte)?;
        }
        Some(text)
    }

    /// Returns whether the calendar has this date.
    fn is_real(&self) -> bool {
        let leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        self.year > 0 && self.day > 0 && self.day <= days
    }

    fn is_time(&self) -> bool {
        self.hour < 24 && self.minute < 60 && self.second < 60
    }

    /// The number of the day, 1 for 1 March of the year 0: a leap day is then the last of its year, and the
    /// lengths of the months repeat every five of them (Howard Hinnant, "chrono-compatible low-level date
    /// algorithms").
    fn days(&self) -> u32 {
        let (year, month) = if self.month > 2 {
            (self.year, self.month - 3)
        } else {
            (self.year.saturating_sub(1), self.month + 9)
        };
        year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + self.day
    }

    /// The day of the week, from 0 for Sunday. 1 March of the year 0 would have been a Wednesday.
    fn weekday(&self) -> usize {
        (self.days() as usize + 2) % 7
    }

    /// The time since midnight.
    fn time(&self) -> Milliseconds {
        f64::from(self.hour * 3600 + self.minute * 60 + self.second) * SECOND
    }

    /// The instant, if the date and the time are real.
    fn since_epoch(&self) -> Milliseconds {
        (f64::from(self.days()) - f64::from(EPOCH)) * DAY + self.time()
    }

    fn instant(&self) -> Option<Milliseconds> {
        (self.is_real() && self.is_time()).then(|| self.since_epoch())
    }
}

#[cfg(test)]
mod tests;
