//! Outcomes of rows, from whatever a body holds to the text of a JSON array of one shape.

use serde::Serialize;

use super::records::Chunk;
use crate::csv::Cells;
use crate::error::{Error, Result};
use crate::json::Slice;
use crate::wire::outcome::{Outcome, RowError, read_errors};

/// What a body tells of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// They are rows.
    Rows,
    /// The outcomes of a Bulk API 1.0 batch, in the batch's order.
    Batch,
    /// The rows of a Bulk API 2.0 job that are stored.
    Succeeded,
    /// Those that failed.
    Failed,
    /// Those that Salesforce did not come to.
    Unprocessed,
}

impl Role {
    /// The chunk as the caller gets it. `before` is how many rows of this body came before it.
    ///
    /// # Errors
    /// Where the columns are not those of such a body.
    pub fn shape(self, chunk: Chunk, header: Option<&[String]>, before: u64) -> Result<Chunk> {
        let shaped = match (self, chunk) {
            (Role::Rows, chunk) => return Ok(chunk),
            (Role::Batch, Chunk::Json(slice)) => renumbered(&slice, before)?,
            (Role::Batch, Chunk::Cells(_, cells)) => {
                from_cells(&cells, |row| batch_row(header, row), before)?
            }
            (_, Chunk::Cells(_, cells)) => loaded(self, header.unwrap_or_default(), &cells)?,
            (_, Chunk::Json(_)) => {
                return Err(Error::response("the results of a job are CSV, but JSON came"));
            }
        };
        Ok(Chunk::Json(shaped))
    }
}

fn renumbered(slice: &Slice, before: u64) -> Result<Slice> {
    let mut outcomes: Vec<Outcome> = serde_json::from_str(&slice.text)
        .map_err(|error| Error::response(format!("an outcome cannot be understood ({error})")))?;
    for (outcome, index) in outcomes.iter_mut().zip(before..) {
        outcome.index = index;
    }
    text(&outcomes)
}

fn from_cells(
    cells: &Cells,
    read: impl Fn(&[&str]) -> Result<Outcome>,
    before: u64,
) -> Result<Slice> {
    let texts = cell_texts(cells);
    let rows = texts.chunks(cells.columns.max(1)).zip(before..);
    let outcomes: Result<Vec<Outcome>> =
        rows.map(|(row, index)| Ok(Outcome { index, ..read(row)? })).collect();
    text(&outcomes?)
}

fn batch_row(header: Option<&[String]>, row: &[&str]) -> Result<Outcome> {
    let cell = |name: &str| {
        let at =
            header.unwrap_or_default().iter().position(|column| column.eq_ignore_ascii_case(name));
        let cell = at.and_then(|at| row.get(at).copied());
        cell.ok_or_else(|| {
            Error::response(format!("the outcomes of the batch have no column {name}"))
        })
    };
    Ok(Outcome {
        index: 0,
        id: Some(cell("Id")?.to_owned()).filter(|id| !id.is_empty()),
        success: cell("Success")? == "true",
        created: cell("Created")? == "true",
        errors: read_errors(cell("Error")?),
    })
}

/// A row of a Bulk API 2.0 load. It has no index: the server's order is not the caller's.
#[derive(Serialize)]
struct Loaded<'a> {
    id: Option<&'a str>,
    success: bool,
    created: bool,
    errors: Vec<RowError>,
    processed: bool,
    fields: Fields<'a>,
}

/// The row as Salesforce echoes it.
struct Fields<'a>(Vec<(&'a str, Option<&'a str>)>);

impl Serialize for Fields<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

fn loaded(role: Role, header: &[String], cells: &Cells) -> Result<Slice> {
    let texts = cell_texts(cells);
    let rows: Vec<Loaded<'_>> =
        texts.chunks(cells.columns.max(1)).map(|row| loaded_row(role, header, row)).collect();
    text(&rows)
}

fn loaded_row<'a>(role: Role, header: &'a [String], row: &[&'a str]) -> Loaded<'a> {
    let pairs = || header.iter().map(String::as_str).zip(row.iter().copied());
    let cell =
        |name: &str| pairs().find(|(column, _)| *column == name).map_or("", |(_, cell)| cell);
    let filled = |cell: &'a str| Some(cell).filter(|cell| !cell.is_empty());
    let fields = pairs()
        .filter(|(column, _)| !is_own(role, column))
        .map(|(name, cell)| (name, filled(cell)));
    Loaded {
        id: pairs().find(|(column, _)| *column == "sf__Id").and_then(|(_, id)| filled(id)),
        success: role == Role::Succeeded,
        created: cell("sf__Created") == "true",
        errors: if role == Role::Failed { read_errors(cell("sf__Error")) } else { Vec::new() },
        processed: role != Role::Unprocessed,
        fields: Fields(fields.collect()),
    }
}

/// The columns that Salesforce puts before those that were sent.
fn is_own(role: Role, column: &str) -> bool {
    match role {
        Role::Succeeded => matches!(column, "sf__Id" | "sf__Created"),
        Role::Failed => matches!(column, "sf__Id" | "sf__Error"),
        _ => false,
    }
}

fn text<T: Serialize>(rows: &[T]) -> Result<Slice> {
    let text = serde_json::to_string(rows).map_err(|error| Error::response(error.to_string()))?;
    Ok(Slice { text, records: rows.len() })
}

/// The cells' texts. Their bounds are UTF-16 units and rise, so one walk over the text finds them all.
fn cell_texts(cells: &Cells) -> Vec<&str> {
    let mut walk = Walk { text: &cells.text, byte: 0, unit: 0 };
    let mut texts = Vec::with_capacity(cells.bounds.len() / 2);
    for pair in cells.bounds.chunks_exact(2) {
        if let [start, end] = *pair {
            let start = walk.to(start);
            let end = walk.to(end);
            texts.push(cells.text.get(start..end).unwrap_or_default());
        }
    }
    texts
}

struct Walk<'a> {
    text: &'a str,
    byte: usize,
    unit: u32,
}

impl Walk<'_> {
    fn to(&mut self, unit: u32) -> usize {
        let rest = self.text.get(self.byte..).unwrap_or_default();
        let mut letters = rest.chars();
        while self.unit < unit {
            let Some(letter) = letters.next() else { break };
            self.unit += letter.len_utf16() as u32;
            self.byte += letter.len_utf8();
        }
        self.byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::records::Records;
    use crate::xml::RecordKind;

    fn shaped(role: Role, body: &str) -> String {
        let mut records = Records::new(Default::default(), RecordKind::Result);
        records.push(body.as_bytes()).expect("records");
        records.finish().expect("an end");
        let chunk = records.take().expect("a chunk");
        match role.shape(chunk, records.header(), 5).expect("a shape") {
            Chunk::Json(slice) => slice.text,
            Chunk::Cells(..) => panic!("cells"),
        }
    }

    #[test]
    fn the_outcomes_of_a_batch_are_the_same_from_every_format() {
        let csv = "\"Id\",\"Success\",\"Created\",\"Error\"\n\"003D\",\"true\",\"true\",\"\"\n\
                   \"\",\"false\",\"false\",\"REQUIRED_FIELD_MISSING:Missing: [LastName]:LastName --\"\n";
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?><results xmlns="http://www.force.com/2009/06/asyncapi/dataload">
 <result><id>003D</id><success>true</success><created>true</created></result>
 <result><errors><fields>LastName</fields><message>Missing: [LastName]</message><statusCode>REQUIRED_FIELD_MISSING</statusCode></errors><success>false</success><created>false</created></result></results>"#;
        let json = r#"[{"success":true,"created":true,"id":"003D","errors":[]},{"success":false,"created":false,"id":null,"errors":[{"statusCode":"REQUIRED_FIELD_MISSING","message":"Missing: [LastName]","fields":["LastName"]}]}]"#;
        let expected = r#"[{"index":5,"id":"003D","success":true,"created":true,"errors":[]},{"index":6,"id":null,"success":false,"created":false,"errors":[{"code":"REQUIRED_FIELD_MISSING","message":"Missing: [LastName]","fields":["LastName"]}]}]"#;
        for body in [csv, xml, json] {
            assert_eq!(shaped(Role::Batch, body), expected);
        }
    }

    #[test]
    fn the_rows_of_a_load_carry_no_index() {
        let body =
            "\"sf__Id\",\"sf__Error\",FirstName,sf__Created\n\"\",\"X_Y_Z:m:F --\",\"J😀\",\"\"\n";
        assert_eq!(
            shaped(Role::Failed, body),
            r#"[{"id":null,"success":false,"created":false,"errors":[{"code":"X_Y_Z","message":"m","fields":["F"]}],"processed":true,"fields":{"FirstName":"J😀","sf__Created":null}}]"#
        );
        let body = "\"sf__Id\",\"sf__Created\",a\n\"001\",\"true\",\"1\"\n";
        assert_eq!(
            shaped(Role::Succeeded, body),
            r#"[{"id":"001","success":true,"created":true,"errors":[],"processed":true,"fields":{"a":"1"}}]"#
        );
        assert_eq!(
            shaped(Role::Unprocessed, "a\n1\n"),
            r#"[{"id":null,"success":false,"created":false,"errors":[],"processed":false,"fields":{"a":"1"}}]"#
        );
    }
}
