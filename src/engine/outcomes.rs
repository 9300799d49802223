//! Outcomes of rows, from whatever a body holds to the text of a JSON array of one shape.

use super::records::Chunk;
use crate::csv::{Cells, Ragged};
use crate::error::{Error, Result};
use crate::json::{Slice, parse_elements, quote, write_list};
use crate::wire::document::Node;
use crate::wire::outcome::{Outcome, read_errors, write_text};

/// What a body tells of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// They are rows.
    Rows,
    /// They are rows that were sent, and come back.
    Echoed,
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
    /// Whether the caller gets the rows as they are.
    pub fn is_rows(self) -> bool {
        matches!(self, Role::Rows | Role::Echoed)
    }

    /// The results of a load repeat what was sent, rows that were too short and failed for it too.
    pub fn ragged(self) -> Ragged {
        match self {
            Role::Rows | Role::Batch => Ragged::Error,
            Role::Echoed | Role::Succeeded | Role::Failed | Role::Unprocessed => Ragged::Pad,
        }
    }

    /// The chunk as the caller gets it. `before` is how many rows of this body came before it.
    ///
    /// # Errors
    /// Where the columns are not those of such a body.
    pub fn shape(self, chunk: Chunk, header: Option<&[String]>, before: u64) -> Result<Chunk> {
        let header = header.unwrap_or_default();
        match (self, chunk) {
            (Role::Rows | Role::Echoed, chunk) => Ok(chunk),
            (Role::Batch, Chunk::Json(slice)) => {
                Ok(numbered(&read_json(&slice.text, before)?, before))
            }
            (Role::Batch, Chunk::Cells(_, cells)) => {
                let texts = cells.texts();
                let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
                let rows = texts.chunks(cells.columns.max(1));
                let outcomes: Result<Vec<Outcome>> =
                    rows.map(|row| batch_row(header, row)).collect();
                Ok(numbered(&outcomes?, before))
            }
            (_, Chunk::Cells(_, cells)) => Ok(loaded(self, header, &cells)),
            (_, Chunk::Json(_)) => {
                Err(Error::response("The results of a job are CSV, but JSON came."))
            }
        }
    }
}

/// The outcomes in a JSON array. Where one cannot be read, the error says which.
fn read_json(text: &str, before: u64) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    let read = parse_elements(text.as_bytes(), |row| {
        outcomes.push(Outcome::read(Node::Json(&row)));
        Ok(())
    });
    let row = before + outcomes.len() as u64 + 1;
    read.map(|()| outcomes).map_err(|mut error: Error| {
        error.row = Some(row);
        error
    })
}

/// The outcomes of a batch, each with its place in it.
fn numbered(outcomes: &[Outcome], before: u64) -> Chunk {
    let indexed: Vec<(u64, &Outcome)> = (before..).zip(outcomes).collect();
    list(&indexed, |(index, outcome), out| {
        out.push_str(&format!("{{\"index\":{index},"));
        outcome.write(out);
        out.push('}');
    })
}

fn list<T>(rows: &[T], write: impl Fn(&T, &mut String)) -> Chunk {
    let mut text = String::from("[");
    write_list(rows, &mut text, write);
    text.push(']');
    Chunk::Json(Slice { text, records: rows.len() })
}

fn batch_row(header: &[String], row: &[&str]) -> Result<Outcome> {
    let cell = |name: &str| {
        let at = header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let cell = at.and_then(|at| row.get(at).copied());
        cell.ok_or_else(|| {
            Error::response(format!("The outcomes of the batch have no column {name}."))
        })
    };
    Ok(Outcome {
        id: filled(cell("Id")?).map(str::to_owned),
        success: cell("Success")? == "true",
        created: cell("Created")? == "true",
        errors: read_errors(cell("Error")?),
    })
}

fn filled(cell: &str) -> Option<&str> {
    Some(cell).filter(|cell| !cell.is_empty())
}

/// The rows of a Bulk API 2.0 load. They have no index: the server's order is not the caller's.
fn loaded(role: Role, header: &[String], cells: &Cells) -> Chunk {
    let texts = cells.texts();
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    let rows: Vec<&[&str]> = texts.chunks(cells.columns.max(1)).collect();
    list(&rows, |row, out| write_loaded(role, header, row, out))
}

fn write_loaded(role: Role, header: &[String], row: &[&str], out: &mut String) {
    let pairs = || header.iter().map(String::as_str).zip(row.iter().copied());
    let cell =
        |name: &str| pairs().find(|(column, _)| *column == name).map_or("", |(_, cell)| cell);
    let outcome = Outcome {
        id: filled(cell("sf__Id")).map(str::to_owned),
        success: role == Role::Succeeded,
        created: role == Role::Succeeded && cell("sf__Created") == "true",
        errors: if role == Role::Failed { read_errors(cell("sf__Error")) } else { Vec::new() },
    };
    out.push('{');
    outcome.write(out);
    out.push_str(if role == Role::Unprocessed {
        ",\"processed\":false"
    } else {
        ",\"processed\":true"
    });
    out.push_str(",\"fields\":{");
    let echoed: Vec<(&str, &str)> = pairs().filter(|(column, _)| !is_own(role, column)).collect();
    write_list(&echoed, out, |(name, cell), out| {
        quote(name, out);
        out.push(':');
        write_text(filled(cell), out);
    });
    out.push_str("}}");
}

/// The columns that Salesforce puts before those that were sent.
fn is_own(role: Role, column: &str) -> bool {
    match role {
        Role::Succeeded => matches!(column, "sf__Id" | "sf__Created"),
        Role::Failed => matches!(column, "sf__Id" | "sf__Error"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::records::Records;
    use crate::error::Code;
    use crate::xml::RecordKind;

    fn shaped(role: Role, body: &str) -> String {
        let mut records =
            Records::new(Default::default(), RecordKind::Result, Role::Batch.ragged());
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
    fn outcomes_in_json_may_have_more_values_than_a_document() {
        let error = r#"{"statusCode":"X","message":"m","fields":["F"]}"#;
        let outcome = format!("{{\"id\":\"1\",\"errors\":[{}]}}", [error; 10].join(","));
        let body = format!("[{}]", vec![outcome; 9_000].join(","));
        assert!(crate::json::parse(body.as_bytes()).is_err());
        assert!(shaped(Role::Batch, &body).contains(r#"{"index":9004,"id":"1""#));
    }

    #[test]
    fn an_outcome_that_is_broken_is_told_by_its_number() {
        let slice = Slice { text: r#"[{"id":"1"},{"id":x}]"#.to_owned(), records: 2 };
        let error = Role::Batch.shape(Chunk::Json(slice), None, 500).expect_err("broken");
        assert_eq!((error.code, error.row), (Code::Response, Some(502)));
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
