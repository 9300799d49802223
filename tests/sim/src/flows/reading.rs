//! Reading what a download delivers, and comparing it with what the org has.

use std::cell::RefCell;
use std::rc::Rc;

use salesforce_bulk::engine::download::{Chunk, Download, Head, OutcomeRow, Source};
use salesforce_bulk::error::Result;
use salesforce_bulk_org::data::Value;
use serde_json::Value as Json;

use super::Actor;
use super::actor::Tried;
use crate::ledger::Rule;
use crate::rows::{parse_delimited, rows_of};
use crate::scenario::{Format, Reading, Soql};
use crate::world::World;

/// A header where there is one, and rows.
type Table = (Option<Vec<String>>, Vec<Vec<String>>);

/// What came of a download, also where it broke off.
#[derive(Debug, Default)]
pub struct Delivered {
    /// What the head of its first answer said.
    pub head: Option<Head>,
    /// The header of CSV.
    pub header: Vec<String>,
    /// The rows of CSV.
    pub rows: Vec<Vec<String>>,
    /// The records of JSON and XML.
    pub records: Vec<Json>,
    /// Outcomes.
    pub outcomes: Vec<OutcomeRow>,
    /// Bytes.
    pub bytes: Vec<u8>,
    /// Whether it came to its end.
    pub whole: bool,
}

/// How a download is read.
#[derive(Clone, Copy)]
pub struct How {
    /// As records or as bytes.
    pub reading: Reading,
    /// Whether its head is asked for first.
    pub opens: bool,
}

impl How {
    /// As records.
    pub const RECORDS: How = How { reading: Reading::Records, opens: false };
}

/// Makes what a download reads: anew for each try.
pub type MakeSource<'a> = &'a dyn Fn() -> Source<Rc<[u8]>>;

impl<'a> Actor<'a> {
    /// Reads a download to its end, from its start again where that is allowed. `check` looks at what came, each time.
    pub async fn reads(
        &self,
        what: &str,
        source: MakeSource<'_>,
        how: How,
        check: impl Fn(&Delivered),
    ) -> Tried<Delivered> {
        let delivered = Rc::new(RefCell::new(Delivered::default()));
        let result = self
            .tries(what, |session| {
                check(&delivered.borrow());
                delivered.replace(Delivered::default());
                let download = Download::new(session, source());
                Box::pin(read(download, how, delivered.clone()))
            })
            .await;
        let delivered = delivered.take();
        check(&delivered);
        result.map(|()| delivered)
    }
}

async fn read(
    mut download: Download<World>,
    how: How,
    delivered: Rc<RefCell<Delivered>>,
) -> Result<()> {
    if how.opens {
        let head = download.open().await?;
        delivered.borrow_mut().head = Some(head);
    }
    match how.reading {
        Reading::Records => {
            while let Some(chunk) = download.next().await? {
                delivered.borrow_mut().add(chunk);
            }
        }
        Reading::Bytes => {
            while let Some(piece) = download.next_bytes().await? {
                delivered.borrow_mut().bytes.extend(piece);
            }
        }
    }
    delivered.borrow_mut().whole = true;
    Ok(())
}

impl Delivered {
    fn add(&mut self, chunk: Chunk) {
        match chunk {
            Chunk::Cells(header, cells) => {
                self.header.extend(header.into_iter().flatten());
                self.rows.extend(rows_of(&cells));
            }
            Chunk::Json(slice) => {
                self.records.extend(serde_json::from_str::<Vec<Json>>(&slice.text).expect("JSON"));
            }
            Chunk::Outcomes(rows) => self.outcomes.extend(rows),
        }
    }
}

/// The rows that a query must give.
#[derive(Clone, Debug)]
pub struct Truth {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    format: Format,
    delimiter: char,
    crlf: bool,
}

impl Truth {
    /// Those that the org has.
    pub fn of(world: &World, soql: &Soql, format: Format) -> Self {
        let columns = soql.columns();
        let limit = soql.limit.map_or(usize::MAX, |limit| limit as usize);
        let text = |cell: &Value| match format {
            // XML cannot write it, and Salesforce leaves it out.
            Format::Xml => cell.csv_text().replace('\0', ""),
            _ => cell.csv_text(),
        };
        let rows = world.org(|org| {
            let rows = org.database().rows(&soql.object, &columns).expect("an object");
            rows.take(limit).map(|row| row.iter().map(text).collect()).collect()
        });
        let columns = columns.into_iter().map(str::to_owned).collect();
        Truth { columns, rows, format, delimiter: ',', crlf: false }
    }

    /// The same in another dialect of CSV.
    pub fn in_dialect(self, delimiter: char, crlf: bool) -> Self {
        Truth { delimiter, crlf, ..self }
    }

    /// Some of the rows.
    pub fn part(&self, from: usize, rows: usize) -> Self {
        let rows = self.rows.iter().skip(from).take(rows).cloned().collect();
        Truth { rows, ..self.clone() }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Compares: all rows where it came to its end, and else the first of them; in order, and each once.
    pub fn check(&self, actor: &Actor<'_>, what: &str, delivered: &Delivered) {
        let broken = |how: String| {
            actor.world.violation(Rule::WrongRows, format!("{what}: {how}"));
        };
        let Some((header, rows)) = self.read(delivered) else {
            return broken("it cannot be read".to_owned());
        };
        if header.is_some_and(|header| header != self.columns) {
            return broken("it has other columns".to_owned());
        }
        if delivered.whole && rows.len() != self.rows.len() {
            return broken(format!("{} rows in place of {}", rows.len(), self.rows.len()));
        }
        if !self.rows.starts_with(&rows) {
            let at = rows.iter().zip(&self.rows).position(|(got, row)| got != row);
            broken(format!("{} rows, the wrong one at {at:?}", rows.len()));
        }
    }

    /// The same of what nothing counts: where it was made shorter or longer on its way, nobody can know.
    pub fn check_uncounted(&self, actor: &Actor<'_>, what: &str, delivered: &Delivered) {
        if !actor.may_be_miscounted() {
            self.check(actor, what, delivered);
        }
    }

    /// The same of what is counted once all has come, but not before.
    pub fn check_counted_at_end(&self, actor: &Actor<'_>, what: &str, delivered: &Delivered) {
        match delivered.whole && !actor.counts_may_cancel_out() {
            true => self.check(actor, what, delivered),
            false => self.check_uncounted(actor, what, delivered),
        }
    }

    /// The same of pages that tell their counts, unless the network leaves them out.
    pub fn check_counted_by_page(&self, actor: &Actor<'_>, what: &str, delivered: &Delivered) {
        match actor.counts_are_hidden() {
            true => self.check_counted_at_end(actor, what, delivered),
            false => self.check(actor, what, delivered),
        }
    }

    fn read(&self, delivered: &Delivered) -> Option<Table> {
        if delivered.bytes.is_empty() {
            let header = Some(delivered.header.clone()).filter(|header| !header.is_empty());
            let records = delivered.records.iter().map(|record| self.cells(record));
            return Some((header, delivered.rows.iter().cloned().chain(records).collect()));
        }
        let text = String::from_utf8_lossy(&delivered.bytes);
        match self.format {
            Format::Csv => self.read_csv(&text, delivered.whole),
            Format::Json if delivered.whole => {
                let records: Vec<Json> = serde_json::from_str(&text).ok()?;
                Some((None, records.iter().map(|record| self.cells(record)).collect()))
            }
            // As bytes, these formats have no rows before their end; of XML they are only counted.
            Format::Xml if delivered.whole => {
                let count = text.matches("<records").count();
                let row = |at| self.rows.get(at).cloned().unwrap_or_default();
                Some((None, (0..count).map(row).collect()))
            }
            Format::Json | Format::Xml => Some((None, Vec::new())),
        }
    }

    fn read_csv(&self, text: &str, whole: bool) -> Option<Table> {
        let mut lines = parse_delimited(text, self.delimiter, self.crlf);
        // What is behind the last line end is nothing, or a row that broke off.
        if lines.pop()? != [String::new()] && whole {
            return None;
        }
        let rows = lines.split_off(1.min(lines.len()));
        Some((lines.pop(), rows))
    }

    fn cells(&self, record: &Json) -> Vec<String> {
        let text = |name: &String| match &record[name] {
            Json::String(text) => text.clone(),
            Json::Null => String::new(),
            other => other.to_string(),
        };
        self.columns.iter().map(text).collect()
    }
}
