//! What a job is to be.

use crate::csv::LineEnding;
use crate::error::{Error, Result};
use crate::json::Value;
use crate::wire::arguments::Arguments;

/// The format of a job's batches and results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContentType {
    /// Comma-separated, with a header.
    #[default]
    Csv,
    /// An array of objects.
    Json,
    /// `<sObjects>`.
    Xml,
}

impl ContentType {
    /// The format of that name.
    pub fn from_name(name: &str) -> Result<ContentType> {
        let all = [ContentType::Csv, ContentType::Json, ContentType::Xml];
        all.into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| Error::argument(format!("contentType is CSV, JSON or XML, not {name}.")))
    }

    /// As jobs name it.
    pub const fn name(self) -> &'static str {
        match self {
            ContentType::Csv => "CSV",
            ContentType::Json => "JSON",
            ContentType::Xml => "XML",
        }
    }

    /// As HTTP names it: a batch must carry its job's.
    pub const fn mime(self) -> &'static str {
        match self {
            ContentType::Csv => "text/csv",
            ContentType::Json => "application/json",
            ContentType::Xml => "application/xml",
        }
    }
}

/// A job to be made.
#[derive(Clone, Debug, Default)]
pub struct JobSpec {
    /// The object's API name.
    pub object: String,
    /// `query`, `insert`, …: in lower case, Salesforce takes no other.
    pub operation: String,
    /// For upsert.
    pub external_id_field_name: Option<String>,
    /// The format.
    pub content_type: ContentType,
    /// `Parallel` or `Serial`.
    pub concurrency_mode: Option<String>,
    /// The value of `Sforce-Enable-PKChunking`, for queries.
    pub pk_chunking: Option<String>,
    /// Case and Lead.
    pub assignment_rule_id: Option<String>,
    /// How line breaks inside text are stored.
    pub line_ending: Option<LineEnding>,
    /// Keeps Salesforce from trying unfinished batches again.
    pub disable_batch_retry: bool,
}

impl JobSpec {
    /// Reads what the caller has given.
    ///
    /// # Errors
    /// [`Kind::Argument`](crate::error::Kind::Argument) that names the option.
    pub fn read(given: &Value) -> Result<JobSpec> {
        let given = Arguments(given);
        let content_type = given.optional_text("contentType")?;
        let content_type = content_type.map(|name| ContentType::from_name(&name)).transpose()?;
        Ok(JobSpec {
            object: given.text("object")?,
            operation: given.text("operation")?,
            external_id_field_name: given.optional_text("externalIdFieldName")?,
            content_type: content_type.unwrap_or_default(),
            concurrency_mode: given.optional_text("concurrencyMode")?,
            pk_chunking: pk_chunking(given.get("pkChunking").unwrap_or(&Value::Null))?,
            assignment_rule_id: given.optional_text("assignmentRuleId")?,
            line_ending: given.optional_choice("lineEnding", LineEnding::from_name)?,
            disable_batch_retry: given.optional_flag("disableBatchRetry")?.unwrap_or_default(),
        })
    }
}

/// The largest chunk that Salesforce makes.
const MAX_CHUNK: u64 = 250_000;

/// The value of `Sforce-Enable-PKChunking`: from a switch, a size, the header's own text, or its parts.
fn pk_chunking(given: &Value) -> Result<Option<String>> {
    Ok(match given {
        Value::Bool(true) => Some("TRUE".to_owned()),
        Value::Number(_) => Some(chunk_size(given)?),
        Value::Text(text) => Some(text.clone()),
        Value::Object(_) => {
            let parts = Arguments(given);
            let mut value = given.get("chunkSize").map(chunk_size).transpose()?.unwrap_or_default();
            for name in ["startRow", "parent"] {
                if let Some(part) = parts.optional_text(name)? {
                    let mark = if value.is_empty() { "" } else { "; " };
                    value.push_str(&format!("{mark}{name}={part}"));
                }
            }
            Some(if value.is_empty() { "TRUE".to_owned() } else { value })
        }
        Value::Null | Value::Bool(false) => None,
        Value::List(_) => {
            return Err(Error::argument(
                "pkChunking is true, a size, a text, or an object of parts.",
            ));
        }
    })
}

fn chunk_size(size: &Value) -> Result<String> {
    match size.as_u64() {
        Some(count @ 1..=MAX_CHUNK) => Ok(format!("chunkSize={count}")),
        _ => Err(Error::argument(format!(
            "pkChunking: a chunk has 1 to {MAX_CHUNK} records, not {size}."
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn header(json: &str) -> Result<Option<String>> {
        pk_chunking(&parse(json.as_bytes()).expect("JSON"))
    }

    #[test]
    fn pk_chunking_reads_every_form() {
        for (json, expected) in [
            ("null", None),
            ("true", Some("TRUE")),
            ("false", None),
            ("50000", Some("chunkSize=50000")),
            (r#""chunkSize=5; parent=Case""#, Some("chunkSize=5; parent=Case")),
            ("{}", Some("TRUE")),
            (
                r#"{"chunkSize":100000,"parent":"Account","startRow":"00130000000xEftMGH"}"#,
                Some("chunkSize=100000; startRow=00130000000xEftMGH; parent=Account"),
            ),
        ] {
            assert_eq!(header(json).expect("a header").as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn a_chunk_out_of_range_is_told() {
        for json in ["0", "1.5", "250001", "-3", r#"{"chunkSize":"x"}"#] {
            assert!(header(json).is_err(), "{json}");
        }
    }

    #[test]
    fn an_unknown_content_type_is_told() {
        let given = br#"{"object": "Lead", "operation": "insert", "contentType": "YAML"}"#;
        let given = parse(given).expect("JSON");
        let error = JobSpec::read(&given).expect_err("an error");
        assert_eq!(error.message, "contentType is CSV, JSON or XML, not YAML.");
    }
}
