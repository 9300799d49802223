//! Made-up texts, with everything in them that clients trip over.

use super::super::schema::{Field, FieldType};
use super::numbers::Dice;

const FIRST: &[&str] =
    &["Ada", "Björn", "Chloé", "Dmitri", "Esra", "Fatima", "Grace", "Hiroshi", "Ines", "José"];
const LAST: &[&str] = &[
    "Lovelace",
    "O'Brien",
    "Åkesson",
    "Nuñez",
    "Yılmaz",
    "Smith, Jr.",
    "van der Berg",
    "李",
    "Hopper",
    "\"Ace\" Jones",
];
const CITIES: &[&str] = &["Ankara", "Köln", "München", "New York", "São Paulo", "東京", "Wien"];
const COMPANY: &[&str] =
    &["Acme", "Globex", "Initech", "Umbrella", "Søylent", "Stark", "Wayne", "Hooli"];
const FORM: &[&str] =
    &["Inc.", "GmbH & Co. KG", "Ltd, London", "\"The\" Company", "A/S", "株式会社"];
const WORDS: &[&str] = &[
    "account",
    "quarter",
    "renewal",
    "called",
    "über",
    "naïve",
    "shipment",
    "delayed",
    "contract",
    "signed",
    "follow-up",
    "please",
    "100%",
    "a_b",
    "back\\slash",
    "it's",
];
/// What breaks readers that split lines, count bytes or trust text.
const ODD: &[&str] = &[
    "a \"quoted\" word",
    "one, two, three",
    "😀",
    "𝒳 astral 𐍈",
    "nul\0byte",
    "tab\there",
    "<b>&amp;</b>",
];
const BREAKS: &[&str] = &["\n", "\r\n", "\n\n"];

/// One line for a field, by what its name and type promise.
pub fn line(field: &Field, dice: &mut Dice) -> String {
    match (field.kind, field.name.as_str()) {
        (FieldType::Phone, _) => {
            format!("+1 (555) {:03}-{:04}", dice.below(1000), dice.below(10_000))
        }
        (FieldType::Url, _) => {
            format!("https://www.example.com/?q={}&lang=en", dice.below(100_000))
        }
        (_, "FirstName") => dice.pick(FIRST).to_string(),
        (_, "LastName") => dice.pick(LAST).to_string(),
        (_, "Company" | "Name") => company(dice),
        (_, "Alias") => format!("u{}", dice.below(1_000_000)),
        (_, name) if name.ends_with("City") => dice.pick(CITIES).to_string(),
        _ => fit(words(dice, 3), field.length),
    }
}

/// Some lines for a field of this length.
pub fn paragraph(dice: &mut Dice, length: usize) -> String {
    let lines = match dice.below(50) {
        0 if length > 255 => 200,
        _ => 1 + dice.below(3),
    };
    let mut text = words(dice, 5);
    for _ in 1..lines {
        text.push_str(dice.pick::<&str>(BREAKS));
        text.push_str(&words(dice, 5));
    }
    fit(text, length)
}

fn company(dice: &mut Dice) -> String {
    format!("{} {} {}", dice.pick(COMPANY), dice.below(10_000), dice.pick(FORM))
}

fn words(dice: &mut Dice, most: u64) -> String {
    let mut text = dice.pick(WORDS).to_string();
    for _ in 0..dice.below(most) {
        let more = if dice.below(6) == 0 { dice.pick(ODD) } else { dice.pick(WORDS) };
        text.push(' ');
        text.push_str(more);
    }
    text
}

/// The beginning of a text that is too long, and never a part of a character.
fn fit(text: String, length: usize) -> String {
    if text.len() <= length {
        return text;
    }
    let mut left = length;
    let fits = |c: &char| {
        let room = left.checked_sub(c.len_utf16());
        left = room.unwrap_or(0);
        room.is_some()
    };
    text.chars().take_while(fits).collect()
}
