//! What a download delivers, read whole.

use std::rc::Rc;

use salesforce_bulk::csv::Cells;
use salesforce_bulk::engine::Session;
use salesforce_bulk::engine::download::{Chunk, Download, Source, write_rows};
use salesforce_bulk::error::{Count, Error, Kind, Result};
use serde_json::Value;

use crate::world::World;

/// How many rows there should have been, and how many came.
pub fn count_of(error: &Error) -> Count {
    match error.kind {
        Kind::Incomplete(count) => count,
        _ => panic!("{error:?}"),
    }
}

/// What a download delivered.
#[derive(Debug, Default, PartialEq)]
pub struct Delivered {
    /// The header, told once.
    pub header: Vec<String>,
    /// The rows of CSV.
    pub rows: Vec<Vec<String>>,
    /// The records of JSON and XML, and outcomes.
    pub json: Vec<Value>,
}

/// Reads a source's records to the end.
pub async fn records(session: &Rc<Session<World>>, source: Source<Rc<[u8]>>) -> Result<Delivered> {
    let mut download = Download::new(session.clone(), source);
    let mut delivered = Delivered::default();
    while let Some(chunk) = download.next().await? {
        delivered.add(chunk);
    }
    Ok(delivered)
}

/// Reads a source's bytes to the end.
pub async fn bytes(session: &Rc<Session<World>>, source: Source<Rc<[u8]>>) -> Result<String> {
    let mut download = Download::new(session.clone(), source);
    let mut whole = Vec::new();
    while let Some(piece) = download.next_bytes().await? {
        whole.extend(piece);
    }
    Ok(String::from_utf8(whole).expect("UTF-8"))
}

impl Delivered {
    fn add(&mut self, chunk: Chunk) {
        match chunk {
            Chunk::Cells(header, cells) => {
                if let Some(header) = header {
                    assert!(self.header.is_empty(), "the header is told twice");
                    self.header = header;
                }
                self.rows.extend(rows_of(&cells));
            }
            Chunk::Json(slice) => {
                let list: Vec<Value> = serde_json::from_str(&slice.text).expect("a JSON array");
                assert_eq!(list.len(), slice.records);
                self.json.extend(list);
            }
            Chunk::Outcomes(rows) => {
                let list: Vec<Value> =
                    serde_json::from_str(&write_rows(&rows)).expect("a JSON array");
                assert_eq!(list.len(), rows.len());
                self.json.extend(list);
            }
        }
    }
}

/// The rows of cells.
pub fn rows_of(cells: &Cells) -> Vec<Vec<String>> {
    let texts: Vec<String> = cells.texts().into_iter().map(Into::into).collect();
    texts.chunks(cells.columns.max(1)).map(<[String]>::to_vec).collect()
}

/// CSV read as plainly as possible: the header and the rows.
pub fn parse_csv(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut rows = parse_delimited(text, ',', false);
    assert_eq!(rows.pop(), Some(vec![String::new()]), "the last line ends");
    let rest = rows.split_off(1);
    (rows.remove(0), rest)
}

/// The same with any delimiter and line ending; the last is what comes behind the last line end.
pub fn parse_delimited(text: &str, delimiter: char, crlf: bool) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("a row");
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => {
                row.last_mut().expect("a cell").push('"');
            }
            '"' => quoted = !quoted,
            '\r' if crlf && !quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            letter if letter == delimiter && !quoted => row.push(String::new()),
            other => row.last_mut().expect("a cell").push(other),
        }
    }
    rows
}
