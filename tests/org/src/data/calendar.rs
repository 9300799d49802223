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

/// Reads `yyyy-MM-dd`, and nothing else.
pub fn parse_date(text: &str) -> Option<i64> {
    let dashes = text.len() == 10 && text.is_char_boundary(4) && text.get(4..5) == Some("-");
    dashes.then(|| text.parse().ok().map(days_of)).flatten()
}

/// Reads `yyyy-MM-ddTHH:mm:ss`, a fraction if there is one, and then `Z`, `±HH:mm` or `±HHmm`.
pub fn parse_datetime(text: &str) -> Option<i64> {
    let timed = matches!(text.as_bytes().get(10), Some(b'T' | b't')) && text.is_ascii();
    let seconds = text.as_bytes().get(16) == Some(&b':');
    let moment: Timestamp = text.parse().ok().filter(|_| timed && seconds)?;
    Some(moment.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_moments_are_read() {
        let moments = [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2019-01-05T03:41:05.000Z", Some(1_546_659_665_000)),
            ("2019-01-05T04:41:05+01:00", Some(1_546_659_665_000)),
            ("2019-01-04T22:11:05.5-0530", Some(1_546_659_665_500)),
            ("2019-01-05T03:41:05", None),
            ("2019-01-05T03:41Z", None),
            ("2019-13-05T03:41:05Z", None),
            ("2019-01-05", None),
        ];
        for (text, millis) in moments {
            assert_eq!(parse_datetime(text), millis, "{text}");
        }
        let dates = [
            ("1970-01-02", Some(1)),
            ("1969-12-31", Some(-1)),
            ("2023-02-29", None),
            ("20230201", None),
        ];
        for (text, days) in dates {
            assert_eq!(parse_date(text), days, "{text}");
            assert!(days.is_none_or(|days| date_text(days) == text));
        }
    }
}
