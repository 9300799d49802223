//! Days and milliseconds to and from Salesforce's texts for them.

use jiff::civil::Date;
use jiff::{Span, Timestamp};

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The date that many days after 1970-01-01, or the nearest one that the calendar has.
pub fn date_of(days: i64) -> Date {
    let span = Span::new().try_days(days);
    span.and_then(|span| EPOCH.checked_add(span)).unwrap_or(Date::MAX)
}

/// Days since 1970-01-01.
pub fn days_of(date: Date) -> i64 {
    date.since(EPOCH).map_or(0, |span| i64::from(span.get_days()))
}

/// `yyyy-MM-dd`.
pub fn date_text(days: i64) -> String {
    date_of(days).to_string()
}

/// `yyyy-MM-ddTHH:mm:ss.SSSZ`.
pub fn datetime_text(millis: i64) -> String {
    let moment = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{moment:.3}")
}
