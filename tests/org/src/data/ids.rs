//! Record ids: three characters of prefix, twelve of base-62 number, and a checksum of three.

use std::fmt;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKSUM: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// How many of the last characters count rows. The three before them name the instance.
const COUNTED: usize = 9;
const INSTANCE: &[u8; 3] = b"Kf0";

/// The id of one record.
///
/// Ids compare as Salesforce orders them: in the digits `0-9A-Za-z`, which is also their order as
/// bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId([u8; 15]);

impl RecordId {
    /// The id of the row of this ordinal in the object of this three-character prefix.
    pub fn new(prefix: &str, ordinal: u64) -> RecordId {
        let mut id = [b'0'; 15];
        for (place, byte) in id.iter_mut().zip(prefix.bytes().take(3).chain(*INSTANCE)) {
            *place = byte;
        }
        RecordId(id).at(ordinal)
    }

    /// Reads an id of 15 characters, or of 18 with the right checksum (in any case of letters).
    pub fn parse(text: &str) -> Option<RecordId> {
        let bytes = text.as_bytes();
        let id = RecordId(bytes.get(..15)?.try_into().ok()?);
        if !id.0.iter().all(u8::is_ascii_alphanumeric) {
            return None;
        }
        let given = bytes.get(15..)?;
        (given.is_empty() || given.eq_ignore_ascii_case(&id.checksum())).then_some(id)
    }

    /// The three characters that tell the object.
    pub fn prefix(&self) -> &str {
        text(self.0.get(..3).unwrap_or_default())
    }

    /// The id without its checksum.
    pub fn short(&self) -> &str {
        text(&self.0)
    }

    /// The number in the last nine characters.
    pub fn ordinal(&self) -> u64 {
        self.0.iter().skip(15 - COUNTED).fold(0, |number, byte| number * 62 + digit(*byte))
    }

    /// Whether this org could have made the id: it carries the org's own instance.
    pub fn is_local(&self) -> bool {
        self.0.get(3..6) == Some(INSTANCE.as_slice())
    }

    /// The id with the same prefix and instance and another number.
    pub fn at(mut self, ordinal: u64) -> RecordId {
        let mut rest = ordinal;
        for place in self.0.iter_mut().rev().take(COUNTED) {
            *place =
                usize::try_from(rest % 62).ok().and_then(|at| DIGITS.get(at)).map_or(b'0', |d| *d);
            rest /= 62;
        }
        self
    }

    /// The id that many numbers further on.
    pub fn advance(self, by: u64) -> RecordId {
        self.at(self.ordinal() + by)
    }

    /// One character for each five: which of them are capital letters, as five bits.
    fn checksum(&self) -> [u8; 3] {
        let mut sums = [b'A'; 3];
        for (sum, group) in sums.iter_mut().zip(self.0.chunks(5)) {
            let bits = group
                .iter()
                .enumerate()
                .fold(0, |bits, (at, byte)| bits | usize::from(byte.is_ascii_uppercase()) << at);
            *sum = CHECKSUM.get(bits).map_or(b'A', |sum| *sum);
        }
        sums
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.short(), text(&self.checksum()))
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn digit(byte: u8) -> u64 {
    DIGITS.iter().position(|d| *d == byte).map_or(0, |at| at as u64)
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ids that real orgs made.
    const RECORDED: [&str; 8] = [
        "001D000000ISUr3IAH",
        "003D000000Q89kQIAR",
        "005R0000000GiwjIAC",
        "750Kf00000R1wzRIAR",
        "751Kf000018uaV7IAI",
        "751D00000004YGZIA2",
        "01gRM000000NS1vYAG",
        "a028c00000gAyI4AAK",
    ];

    #[test]
    fn checksums_are_those_of_recorded_ids() {
        for id in RECORDED {
            let short = &id[..15];
            let parsed = RecordId::parse(short).expect(id);
            assert_eq!(parsed.to_string(), id);
            assert_eq!(parsed.short(), short);
            assert_eq!(RecordId::parse(id), Some(parsed));
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        let wrong = [
            "",
            "001",
            "001D000000ISUr3IAI",
            "001D000000ISUr3I",
            "001D000000ISUr!",
            "é01D000000ISUr3",
        ];
        for text in wrong {
            assert_eq!(RecordId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_count_in_base_62() {
        let cases = [
            (0, "001Kf0000000000"),
            (9, "001Kf0000000009"),
            (10, "001Kf000000000A"),
            (36, "001Kf000000000a"),
            (61, "001Kf000000000z"),
            (62, "001Kf0000000010"),
        ];
        for (ordinal, text) in cases {
            let id = RecordId::new("001", ordinal);
            assert_eq!((id.short(), id.ordinal()), (text, ordinal));
            assert!(id.is_local() && id.prefix() == "001");
        }
    }

    #[test]
    fn chunk_boundaries_are_those_of_the_developer_guide() {
        let first = RecordId::parse("001300000000000").expect("an id");
        let cases = [
            (250_000, "00130000000132G"),
            (500_000, "00130000000264W"),
            (750_000, "00130000000396m"),
            (10_000_000, "00130000000fxSK"),
        ];
        for (by, text) in cases {
            assert_eq!(first.advance(by).short(), text);
            assert!(first < first.advance(by));
        }
    }
}
