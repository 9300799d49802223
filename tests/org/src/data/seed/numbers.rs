//! Numbers that look random and are not, and texts with a number in them.

use super::super::schema::{Field, FieldType, Object};

/// A source of numbers for one field of one row.
#[derive(Clone, Copy)]
pub struct Dice(u64);

impl Dice {
    /// The same source for the same field and row, whenever and wherever.
    pub fn new(prefix: &str, field: &str, ordinal: u64) -> Dice {
        let name = prefix.bytes().chain(field.bytes());
        let hash = name.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Dice(hash ^ ordinal.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The number that the source stands at (SplitMix64).
    pub fn roll(&self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// The next number, below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.roll() % bound.max(1)
    }

    /// The next number below a bound, as a signed one.
    pub fn signed(&mut self, bound: u64) -> i64 {
        self.below(bound).try_into().unwrap_or_default()
    }

    /// True but for one time in so many.
    pub fn none_of(&self, many: u64) -> bool {
        !(self.roll() >> 8).is_multiple_of(many)
    }

    /// One of some things, of which there must be one.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[usize::try_from(self.below(things.len() as u64)).unwrap_or_default()]
    }
}

/// A field that rows are looked up by: its text carries the row's number, so that the row is found
/// without a search.
pub enum Numbered {
    /// `EXT-0000001` in the first row.
    External,
    /// `KEY-0000001` in the first two rows.
    Key,
    /// `person.1@example.com` in the first row.
    Address,
    /// `00000001` in the first row.
    Plain,
}

impl Numbered {
    /// How the field carries the number, if it does.
    pub fn of(field: &Field) -> Option<Numbered> {
        match field.name.as_str() {
            "Username" => Some(Numbered::Address),
            "CaseNumber" => Some(Numbered::Plain),
            _ if field.kind == FieldType::Email => Some(Numbered::Address),
            _ if field.external_id && field.unique => Some(Numbered::External),
            _ if field.external_id => Some(Numbered::Key),
            _ => None,
        }
    }

    /// The text in the row of this ordinal.
    pub fn text(&self, object: &Object, ordinal: u64) -> String {
        let number = ordinal + 1;
        match self {
            Numbered::External => format!("EXT-{number:07}"),
            Numbered::Key => format!("KEY-{:07}", ordinal / 2 + 1),
            Numbered::Address => format!("{}.{number}@example.com", object.name.to_lowercase()),
            Numbered::Plain => format!("{number:08}"),
        }
    }
}

/// The ordinals whose rows may carry this text.
pub fn holders(text: &str) -> Vec<u64> {
    let digits = |part: &str| {
        let at = part.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
        part.get(at..).and_then(|digits| digits.parse::<u64>().ok())
    };
    let name = text.split('@').next().unwrap_or_default();
    let Some(number) = digits(name).and_then(|number| number.checked_sub(1)) else {
        return Vec::new();
    };
    vec![number, number.saturating_mul(2), number.saturating_mul(2).saturating_add(1)]
}
