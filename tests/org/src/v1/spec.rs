//! Transformation specs: uploads under foreign headers, in foreign notations.

use regex_lite::Regex;

use super::error::AsyncError;
use crate::data::{FieldType, Object};
use crate::wire::csv::{self, LineEnding, Row, Sheet};

/// A spec must be shorter than this.
const MAX_CHARS: usize = 8_192;
const HEADER: [&str; 4] = ["Salesforce Field", "Csv Header", "Value", "Hint"];

/// How the columns of an upload become fields.
#[derive(Debug)]
pub struct Spec {
    mappings: Vec<Mapping>,
    /// Whether `Name` is two fields of this object.
    splits_name: bool,
}

#[derive(Debug)]
struct Mapping {
    field: String,
    header: String,
    default: String,
    hint: Hint,
}

#[derive(Debug)]
enum Hint {
    None,
    /// A pattern of Java's SimpleDateFormat.
    Date(String),
    /// What means true.
    True(Regex),
}

impl Spec {
    /// Reads a spec for an object.
    pub fn parse(text: &str, object: &Object) -> Result<Self, AsyncError> {
        let invalid = |message: String| AsyncError::new("ClientInputError", message);
        if text.chars().count() >= MAX_CHARS {
            return Err(invalid(format!("The spec must have fewer than {MAX_CHARS} characters")));
        }
        let sheet = csv::parse(text, ',', LineEnding::Any).map_err(invalid)?;
        if sheet.header != HEADER {
            return Err(invalid(format!("The header of a spec is {}", HEADER.join(","))));
        }
        let mappings = sheet.rows.iter().map(|row| Mapping::of(row, object));
        Ok(Self {
            mappings: mappings.collect::<Result<_, _>>().map_err(invalid)?,
            splits_name: object.field("LastName").is_some(),
        })
    }

    /// The upload as if it had been written for the object; columns without a mapping are dropped.
    pub fn apply(&self, sheet: Sheet) -> Sheet {
        let header = self.mappings.iter().flat_map(|mapping| self.heads(mapping)).collect();
        let rows = sheet.rows.iter().map(|row| self.row(&sheet.header, row)).collect();
        Sheet { header_line: sheet.header_line, header, rows }
    }

    fn heads(&self, mapping: &Mapping) -> Vec<String> {
        if self.splits(mapping) {
            return vec!["LastName".to_owned(), "FirstName".to_owned()];
        }
        vec![mapping.field.clone()]
    }

    fn splits(&self, mapping: &Mapping) -> bool {
        self.splits_name && mapping.field == "Name"
    }

    fn row(&self, header: &[String], row: &Row) -> Row {
        let cells = self.mappings.iter().flat_map(|mapping| {
            let at = header.iter().position(|head| *head == mapping.header);
            let cell = at.and_then(|at| row.cells.get(at)).filter(|cell| !cell.is_empty());
            let value = mapping.value(cell.unwrap_or(&mapping.default));
            if self.splits(mapping) { split_name(&value) } else { vec![value] }
        });
        Row { cells: cells.collect(), misquoted: row.misquoted }
    }
}

/// `Cat, Tom` and `Tom Cat` are both Tom, of the family Cat.
fn split_name(name: &str) -> Vec<String> {
    let (last, first) = match name.split_once(',') {
        Some((last, first)) => (last, first),
        None => name.rsplit_once(' ').map_or((name, ""), |(first, last)| (last, first)),
    };
    [last, first].map(|part| part.trim().to_owned()).to_vec()
}

impl Mapping {
    fn of(row: &Row, object: &Object) -> Result<Self, String> {
        let [field, header, default, hint] = row.cells.as_slice() else {
            return Err("A row of a spec has four cells".to_owned());
        };
        let kind = object.field(field).map(|field| field.kind);
        let hint = match kind {
            _ if hint.is_empty() => Hint::None,
            Some(FieldType::Date | FieldType::DateTime) => Hint::Date(hint.clone()),
            Some(FieldType::Boolean) => {
                Hint::True(Regex::new(&format!("^(?:{hint})$")).map_err(|e| e.to_string())?)
            }
            _ => Hint::None,
        };
        Ok(Self { field: field.clone(), header: header.clone(), default: default.clone(), hint })
    }

    fn value(&self, cell: &str) -> String {
        match &self.hint {
            Hint::Date(pattern) => date(cell, pattern).unwrap_or_else(|| cell.to_owned()),
            Hint::True(regex) => regex.is_match(cell).to_string(),
            Hint::None => cell.to_owned(),
        }
    }
}

/// A date in a pattern of Java's SimpleDateFormat, as Salesforce writes it.
fn date(text: &str, pattern: &str) -> Option<String> {
    let mut parts = [1970, 1, 1, 0, 0, 0];
    let (mut rest, mut pattern, mut has_time) = (text, pattern, false);
    while let Some(letter) = pattern.chars().next() {
        let length = pattern.chars().take_while(|next| *next == letter).count();
        let (run, after) = pattern.split_at(length * letter.len_utf8());
        pattern = after;
        let Some(part) = "yMdHms".find(letter) else {
            rest = rest.strip_prefix(run)?;
            continue;
        };
        has_time |= part > 2;
        let most = if length > 2 { 4 } else { 2 };
        let digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        parts[part] = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
    }
    let [year, month, day, hour, minute, second] = parts;
    let year = century(year);
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if has_time { format!("{date}T{hour:02}:{minute:02}:{second:02}.000Z") } else { date })
}

/// Years of two digits are of the last eighty years or the next twenty.
fn century(year: i32) -> i32 {
    match year {
        0..=46 => year + 2000,
        47..=99 => year + 1900,
        _ => year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_their_pattern() {
        let cases = [
            ("31 12 99", "dd MM yy", Some("1999-12-31")),
            ("1/2/2020", "M/d/yyyy", Some("2020-01-02")),
            ("2020-01-02 03:04:05", "yyyy-MM-dd HH:mm:ss", Some("2020-01-02T03:04:05.000Z")),
            ("x", "dd MM yy", None),
        ];
        for (text, pattern, expected) in cases {
            assert_eq!(date(text, pattern).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn names_are_split() {
        for name in ["Cat, Tom", "Tom Cat"] {
            assert_eq!(split_name(name), ["Cat", "Tom"], "{name}");
        }
    }
}
