//! Rows that carry their group and index, and how they are written.

use std::fmt::Write;

use salesforce_bulk_org::data::Value;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Format;
use crate::world::World;

/// What is done to rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LoadOperation {
    /// They are new.
    #[default]
    Insert,
    /// They are new, or replace what has the same external id.
    Upsert,
    /// They are deleted.
    Delete,
}

impl LoadOperation {
    /// As Salesforce names it.
    pub fn name(self) -> &'static str {
        match self {
            LoadOperation::Insert => "insert",
            LoadOperation::Upsert => "upsert",
            LoadOperation::Delete => "delete",
        }
    }

    /// The column that tells rows apart.
    pub fn key_column(self) -> &'static str {
        match self {
            LoadOperation::Insert => "AccountNumber",
            LoadOperation::Upsert => "Ext__c",
            LoadOperation::Delete => "Id",
        }
    }
}

/// Accounts to be loaded. Operations with the same group have the same rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Data {
    /// What is done to them.
    pub operation: LoadOperation,
    /// Their group.
    pub group: u32,
    /// How many.
    pub rows: u32,
    /// Every so manieth cannot be stored; none where it is 0.
    pub bad_every: u32,
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
    /// `;`
    Semicolon,
}

impl Delimiter {
    /// All of them.
    pub const ALL: [Delimiter; 4] =
        [Delimiter::Comma, Delimiter::Tab, Delimiter::Pipe, Delimiter::Semicolon];

    /// The character.
    pub fn letter(self) -> char {
        match self {
            Delimiter::Comma => ',',
            Delimiter::Tab => '\t',
            Delimiter::Pipe => '|',
            Delimiter::Semicolon => ';',
        }
    }

    /// As the engine knows it.
    pub fn of_engine(self) -> salesforce_bulk::csv::Delimiter {
        match self {
            Delimiter::Comma => salesforce_bulk::csv::Delimiter::Comma,
            Delimiter::Tab => salesforce_bulk::csv::Delimiter::Tab,
            Delimiter::Pipe => salesforce_bulk::csv::Delimiter::Pipe,
            Delimiter::Semicolon => salesforce_bulk::csv::Delimiter::Semicolon,
        }
    }
}

/// What tells a row from all others.
pub fn key(seed: u64, group: u32, row: usize) -> String {
    format!("{seed}-{group}-{row}")
}

/// The ids of the accounts that are there from the beginning.
pub fn seeded_accounts(world: &World) -> Vec<String> {
    world.org(|org| {
        let rows = org.database().rows("Account", &["Id"]).expect("accounts");
        rows.filter_map(|row| row.first().map(Value::csv_text)).collect()
    })
}

/// So many rows a group deletes at the most, so that no two have the same.
pub const MOST_DELETED: usize = 30;

/// Rows, ready to be written.
#[derive(Clone, Debug)]
pub struct Written {
    /// What is done to them.
    pub operation: LoadOperation,
    /// Their columns.
    pub columns: Vec<&'static str>,
    /// Their cells; what is empty is left out.
    pub rows: Vec<Vec<String>>,
    /// What tells each from all others.
    pub keys: Vec<String>,
}

/// Texts that trip over readers of CSV, JSON and XML.
const TEXTS: [&str; 6] =
    ["", "plain", "with, comma; and\ttab", "\"quoted\"", "two\nlines", "ü 😀 <b>&amp;</b>"];

impl Data {
    /// Its rows.
    pub fn write(self, seed: u64, accounts: &[String]) -> Written {
        let keys: Vec<String> = match self.operation {
            LoadOperation::Delete => {
                let from = self.group as usize * MOST_DELETED;
                accounts.iter().skip(from).take(self.rows as usize).cloned().collect()
            }
            _ => (0..self.rows as usize).map(|row| key(seed, self.group, row)).collect(),
        };
        let columns = match self.operation {
            LoadOperation::Insert => vec!["Name", "AccountNumber", "Description"],
            LoadOperation::Upsert => vec!["Name", "Ext__c", "Description"],
            LoadOperation::Delete => vec!["Id"],
        };
        let rows = keys.iter().enumerate().map(|(at, key)| self.row(at, key)).collect();
        Written { operation: self.operation, columns, rows, keys }
    }

    fn row(self, at: usize, key: &str) -> Vec<String> {
        if self.operation == LoadOperation::Delete {
            return vec![key.to_owned()];
        }
        let name = if self.is_bad(at) { String::new() } else { format!("row {at}") };
        vec![name, key.to_owned(), TEXTS[at % TEXTS.len()].to_owned()]
    }

    /// Whether a row cannot be stored: it has no name.
    pub fn is_bad(self, row: usize) -> bool {
        let every = self.bad_every as usize;
        self.operation != LoadOperation::Delete && every > 0 && row % every == every - 1
    }
}

impl Written {
    /// Some of the rows.
    pub fn part(&self, range: std::ops::Range<usize>) -> Written {
        let (rows, keys) = (self.rows[range.clone()].to_vec(), self.keys[range].to_vec());
        Written { rows, keys, ..self.clone() }
    }

    /// As CSV.
    pub fn csv(&self, delimiter: char, crlf: bool) -> String {
        let end = if crlf { "\r\n" } else { "\n" };
        let header = self.columns.iter().map(|name| (*name).to_owned()).collect();
        let lines = std::iter::once(&header).chain(&self.rows).map(|row: &Vec<String>| {
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell, delimiter)).collect();
            cells.join(&delimiter.to_string()) + end
        });
        lines.collect()
    }

    /// In a format of Bulk API 1.0.
    pub fn in_format(&self, format: Format) -> String {
        match format {
            Format::Csv => self.csv(',', false),
            Format::Json => {
                let record = |row: &Vec<String>| serde_json::Value::Object(self.members(row));
                json!(self.rows.iter().map(record).collect::<Vec<_>>()).to_string()
            }
            Format::Xml => self.xml(),
        }
    }

    fn members(&self, row: &[String]) -> serde_json::Map<String, serde_json::Value> {
        let filled = self.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        filled.map(|(name, cell)| ((*name).to_owned(), json!(cell))).collect()
    }

    fn xml(&self) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
             <sObjects xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">",
        );
        for row in &self.rows {
            out.push_str("<sObject>");
            for (name, cell) in self.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                write!(out, "<{name}>{}</{name}>", escaped(cell)).expect("a string");
            }
            out.push_str("</sObject>");
        }
        out.push_str("</sObjects>");
        out
    }
}

fn quoted(cell: &str, delimiter: char) -> String {
    if cell.contains([delimiter, '"', '\n', '\r']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}

fn escaped(cell: &str) -> String {
    cell.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
