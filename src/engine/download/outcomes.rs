//! Outcomes of rows, from whatever a body holds to rows of one type.

use super::format::Chunk;
use super::outcome_row::{OutcomeRow, RowIdentity};
use super::plan::Role;
use crate::csv::Cells;
use crate::error::{Error, Kind, Place, Result};
use crate::json::parse_elements;
use crate::wire::document::Node;
use crate::wire::outcome::{Outcome, read_errors, read_flag};
use crate::wire::v2::IngestResult;

/// The outcomes in a chunk. `before` is how many rows of the body came before it.
///
/// # Errors
/// Where they are not outcomes.
pub(super) fn outcomes(
    role: Role,
    chunk: &Chunk,
    header: Option<&[String]>,
    before: u64,
) -> Result<Vec<OutcomeRow>> {
    let header = header.unwrap_or_default();
    match (role, chunk) {
        (Role::BatchOutcomes, Chunk::Json(slice)) => {
            let mut rows = Vec::new();
            parse_elements(slice.text.as_bytes(), |row| {
                rows.push(Outcome::read(Node::Json(&row)));
                Ok(())
            })
            .map_err(|error: Error| at_row(error, before + rows.len() as u64 + 1))?;
            in_order(rows.into_iter(), before)
        }
        (Role::BatchOutcomes, Chunk::Cells(_, cells)) => {
            let rows = rows_of(cells);
            in_order(rows.iter().map(|row| batch_row(header, row)), before)
        }
        (Role::LoadOutcomes(which), Chunk::Cells(_, cells)) => {
            rows_of(cells).iter().map(|row| load_row(which, header, row)).collect()
        }
        _ => Err(Error::response("The server sent something that is not a list of outcomes.")),
    }
}

/// The failure of a row that cannot be read.
fn at_row(mut error: Error, row: u64) -> Error {
    error.kind = Kind::Response(Place { row: Some(row), ..Place::default() });
    error
}

fn in_order(
    outcomes: impl Iterator<Item = Result<Outcome>>,
    before: u64,
) -> Result<Vec<OutcomeRow>> {
    let numbered = (before..).zip(outcomes);
    let row = |(index, outcome): (u64, Result<Outcome>)| {
        Ok(OutcomeRow { outcome: outcome?, row: RowIdentity::Index(index) })
    };
    numbered.map(row).collect()
}

fn rows_of(cells: &Cells) -> Vec<Vec<String>> {
    let texts: Vec<String> = cells.texts().into_iter().map(Into::into).collect();
    texts.chunks(cells.columns.max(1)).map(<[String]>::to_vec).collect()
}

fn batch_row(header: &[String], row: &[String]) -> Result<Outcome> {
    Ok(Outcome {
        id: filled(cell(header, row, "Id")),
        success: read_flag(cell(header, row, "Success"))?,
        created: cell(header, row, "Created") == Some("true"),
        errors: read_errors(cell(header, row, "Error").unwrap_or_default()),
    })
}

/// The cell of a column, whose name is written in any case.
fn cell<'a>(header: &[String], row: &'a [String], name: &str) -> Option<&'a str> {
    let at = header.iter().position(|column| column.eq_ignore_ascii_case(name))?;
    row.get(at).map(String::as_str)
}

fn filled(cell: Option<&str>) -> Option<String> {
    cell.filter(|cell| !cell.is_empty()).map(str::to_owned)
}

fn load_row(which: IngestResult, header: &[String], row: &[String]) -> Result<OutcomeRow> {
    let success = which == IngestResult::Successful;
    let created = match which {
        IngestResult::Successful => read_flag(cell(header, row, "sf__Created"))?,
        _ => false,
    };
    let errors = match which {
        IngestResult::Failed => read_errors(cell(header, row, "sf__Error").unwrap_or_default()),
        _ => Vec::new(),
    };
    let id = filled(cell(header, row, "sf__Id").filter(|_| which != IngestResult::Unprocessed));
    let pairs = header.iter().zip(row).filter(|(column, _)| !is_added(which, column));
    let fields = pairs.map(|(column, cell)| (column.clone(), filled(Some(cell)))).collect();
    let processed = which != IngestResult::Unprocessed;
    Ok(OutcomeRow {
        outcome: Outcome { id, success, created, errors },
        row: RowIdentity::Fields { processed, fields },
    })
}

/// The columns that Salesforce puts before those that were sent.
fn is_added(which: IngestResult, column: &str) -> bool {
    match which {
        IngestResult::Successful => matches!(column, "sf__Id" | "sf__Created"),
        IngestResult::Failed => matches!(column, "sf__Id" | "sf__Error"),
        IngestResult::Unprocessed => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::download::Records;
    use crate::engine::download::outcome_row::write_rows;

    fn shaped(role: Role, body: &str) -> Result<String> {
        let mut records = Records::Unknown;
        records.push(body.as_bytes(), role, &Default::default())?;
        records.finish()?;
        let chunk = records.take().expect("a chunk");
        Ok(write_rows(&outcomes(role, &chunk, records.header(), 5)?))
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
            assert_eq!(shaped(Role::BatchOutcomes, body).expect("outcomes"), expected);
        }
    }

    #[test]
    fn the_rows_of_a_load_carry_no_index() {
        let body =
            "\"sf__Id\",\"sf__Error\",FirstName,sf__Created\n\"\",\"X_Y_Z:m:F --\",\"J😀\",\"\"\n";
        assert_eq!(
            shaped(Role::LoadOutcomes(IngestResult::Failed), body).expect("outcomes"),
            r#"[{"id":null,"success":false,"created":false,"errors":[{"code":"X_Y_Z","message":"m","fields":["F"]}],"processed":true,"fields":{"FirstName":"J😀","sf__Created":null}}]"#
        );
        let body = "\"sf__Id\",\"sf__Created\",a\n\"001\",\"true\",\"1\"\n";
        assert_eq!(
            shaped(Role::LoadOutcomes(IngestResult::Successful), body).expect("outcomes"),
            r#"[{"id":"001","success":true,"created":true,"errors":[],"processed":true,"fields":{"a":"1"}}]"#
        );
        assert_eq!(
            shaped(Role::LoadOutcomes(IngestResult::Unprocessed), "a\n1\n").expect("outcomes"),
            r#"[{"id":null,"success":false,"created":false,"errors":[],"processed":false,"fields":{"a":"1"}}]"#
        );
    }

    #[test]
    fn what_is_no_outcome_is_an_error() {
        for body in [
            "[{}]",
            r#"[{"success":"perhaps"}]"#,
            "[7]",
            "Id,Success,Created,Error\n003,yes,true,\n",
            "<queryResult></queryResult>",
            "{\"exceptionCode\":\"x\"}",
        ] {
            assert!(shaped(Role::BatchOutcomes, body).is_err(), "{body}");
        }
        let unsaid = "sf__Id,sf__Created,a\n001,,1\n";
        assert!(shaped(Role::LoadOutcomes(IngestResult::Successful), unsaid).is_err());
    }
}
