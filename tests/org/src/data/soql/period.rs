//! Date literals: `TODAY`, `LAST_N_DAYS:7` and their like, as spans of days.
//!
//! Days begin at midnight UTC, weeks on Sunday, and the fiscal year is the calendar's.

use std::ops::Range;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::data::calendar::{date_of, days_of};

/// A stretch of the calendar.
#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// Whether this is a date literal that is known, with the number that it needs.
pub fn is_known(name: &str, count: Option<u32>) -> bool {
    days(name, count, 0).is_some()
}

/// The days (since 1970-01-01) that a date literal means on a day.
pub fn days(name: &str, count: Option<u32>, today: i64) -> Option<Range<i64>> {
    let name = name.replace("FISCAL_", "");
    match (name.as_str(), count) {
        ("YESTERDAY", None) => Some(today - 1..today),
        ("TODAY", None) => Some(today..today + 1),
        ("TOMORROW", None) => Some(today + 1..today + 2),
        ("LAST_90_DAYS", None) => Some(today - 90..today + 1),
        ("NEXT_90_DAYS", None) => Some(today + 1..today + 91),
        (name, None) => near(name, today),
        (name, Some(count)) => counted(name, i64::from(count), today),
    }
}

/// `LAST_WEEK`, `THIS_MONTH`, `NEXT_YEAR`
fn near(name: &str, today: i64) -> Option<Range<i64>> {
    let (which, unit) = name.split_once('_')?;
    let unit = singular(unit)?;
    let first = match which {
        "LAST" => -1,
        "THIS" => 0,
        "NEXT" => 1,
        _ => return None,
    };
    Some(start(unit, today, first)?..start(unit, today, first + 1)?)
}

/// `LAST_N_MONTHS:3`, `NEXT_N_WEEKS:2`, `N_DAYS_AGO:10`
fn counted(name: &str, count: i64, today: i64) -> Option<Range<i64>> {
    if let Some(unit) = name.strip_prefix("N_").and_then(|rest| rest.strip_suffix("S_AGO")) {
        let unit = singular(unit)?;
        return Some(start(unit, today, -count)?..start(unit, today, 1 - count)?);
    }
    let (which, unit) = name.split_once("_N_")?;
    let unit = singular(unit.strip_suffix('S')?)?;
    match (which, unit) {
        ("LAST", Unit::Day) => Some(today - count..today + 1),
        ("LAST", _) => Some(start(unit, today, -count)?..start(unit, today, 0)?),
        ("NEXT", _) => Some(start(unit, today, 1)?..start(unit, today, 1 + count)?),
        _ => None,
    }
}

fn singular(name: &str) -> Option<Unit> {
    Some(match name {
        "DAY" => Unit::Day,
        "WEEK" => Unit::Week,
        "MONTH" => Unit::Month,
        "QUARTER" => Unit::Quarter,
        "YEAR" => Unit::Year,
        _ => return None,
    })
}

/// The first day of the stretch that many after the one that holds today.
fn start(unit: Unit, today: i64, after: i64) -> Option<i64> {
    let today = date_of(today);
    let (first, step): (Date, Span) = match unit {
        Unit::Day => (today, Span::new().try_days(after).ok()?),
        Unit::Week => {
            let past = i64::from(today.weekday().to_sunday_zero_offset());
            (today.checked_sub(past.days()).ok()?, Span::new().try_weeks(after).ok()?)
        }
        Unit::Month => (today.first_of_month(), Span::new().try_months(after).ok()?),
        Unit::Quarter => {
            let past = i64::from((today.month() - 1) % 3);
            let first = today.first_of_month().checked_sub(past.months()).ok()?;
            (first, Span::new().try_months(after.checked_mul(3)?).ok()?)
        }
        Unit::Year => (today.first_of_year(), Span::new().try_years(after).ok()?),
    };
    first.checked_add(step).ok().map(days_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::calendar::{date_text, parse_date};

    #[test]
    fn literals_mean_spans_of_days() {
        // A Wednesday in the second quarter.
        let today = parse_date("2026-05-20").expect("a date");
        let cases = [
            ("TODAY", None, "2026-05-20", "2026-05-21"),
            ("YESTERDAY", None, "2026-05-19", "2026-05-20"),
            ("THIS_WEEK", None, "2026-05-17", "2026-05-24"),
            ("LAST_WEEK", None, "2026-05-10", "2026-05-17"),
            ("THIS_MONTH", None, "2026-05-01", "2026-06-01"),
            ("NEXT_MONTH", None, "2026-06-01", "2026-07-01"),
            ("THIS_QUARTER", None, "2026-04-01", "2026-07-01"),
            ("LAST_FISCAL_QUARTER", None, "2026-01-01", "2026-04-01"),
            ("LAST_YEAR", None, "2025-01-01", "2026-01-01"),
            ("LAST_90_DAYS", None, "2026-02-19", "2026-05-21"),
            ("LAST_N_DAYS", Some(7), "2026-05-13", "2026-05-21"),
            ("NEXT_N_DAYS", Some(7), "2026-05-21", "2026-05-28"),
            ("N_DAYS_AGO", Some(2), "2026-05-18", "2026-05-19"),
            ("LAST_N_MONTHS", Some(2), "2026-03-01", "2026-05-01"),
            ("LAST_N_YEARS", Some(1), "2025-01-01", "2026-01-01"),
            ("N_MONTHS_AGO", Some(1), "2026-04-01", "2026-05-01"),
        ];
        for (name, count, from, to) in cases {
            let span = days(name, count, today).expect(name);
            assert_eq!(
                (date_text(span.start).as_str(), date_text(span.end).as_str()),
                (from, to),
                "{name}"
            );
        }
    }

    #[test]
    fn other_words_are_no_literals() {
        for (name, count) in
            [("SOON", None), ("LAST_N_DAYS", None), ("TODAY", Some(3)), ("LAST_N_EONS", Some(1))]
        {
            assert!(!is_known(name, count), "{name}");
        }
    }
}
