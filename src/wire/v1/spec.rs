//! What a job is to be.

use serde::{Deserialize, Serialize};

use crate::csv::LineEnding;
use crate::error::{Error, Result};

/// The format of a job's batches and results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
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

/// How a query is cut into batches by ranges of ids.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum PkChunking {
    /// On with the server's chunk size, or off.
    Switch(bool),
    /// Records a chunk.
    Size(f64),
    /// The header's own text.
    Header(String),
    /// The header's parts.
    #[serde(rename_all = "camelCase")]
    Parts {
        /// Records a chunk.
        chunk_size: Option<f64>,
        /// The parent object, for share and history objects.
        parent: Option<String>,
        /// The first id to look at.
        start_row: Option<String>,
    },
}

/// The largest chunk that Salesforce makes.
const MAX_CHUNK: f64 = 250_000.0;

impl PkChunking {
    /// The value of `Sforce-Enable-PKChunking`; off needs none.
    pub fn header(&self) -> Result<Option<String>> {
        Ok(match self {
            PkChunking::Switch(on) => on.then(|| "TRUE".to_owned()),
            PkChunking::Size(size) => Some(chunk_size(*size)?),
            PkChunking::Header(text) => Some(text.clone()),
            PkChunking::Parts { chunk_size: size, parent, start_row } => {
                let size = size.map(chunk_size).transpose()?;
                let parent = parent.as_ref().map(|name| format!("parent={name}"));
                let start = start_row.as_ref().map(|id| format!("startRow={id}"));
                let parts: Vec<String> = [size, start, parent].into_iter().flatten().collect();
                Some(if parts.is_empty() { "TRUE".to_owned() } else { parts.join("; ") })
            }
        })
    }
}

fn chunk_size(size: f64) -> Result<String> {
    if size.fract() == 0.0 && (1.0..=MAX_CHUNK).contains(&size) {
        return Ok(format!("chunkSize={size}"));
    }
    Err(Error::argument(format!("pkChunking: a chunk has 1 to {MAX_CHUNK} records, not {size}")))
}

/// A job to be made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobSpec {
    /// The object's API name.
    pub object: String,
    /// `query`, `insert`, …: in lower case, Salesforce takes no other.
    pub operation: String,
    /// For upsert.
    pub external_id_field_name: Option<String>,
    /// The format.
    #[serde(default)]
    pub content_type: ContentType,
    /// `Parallel` or `Serial`.
    pub concurrency_mode: Option<String>,
    /// For queries.
    pub pk_chunking: Option<PkChunking>,
    /// Case and Lead.
    pub assignment_rule_id: Option<String>,
    /// How line breaks inside text are stored.
    pub line_ending: Option<LineEnding>,
    /// Keeps Salesforce from trying unfinished batches again.
    #[serde(default)]
    pub disable_batch_retry: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pk_chunking_reads_every_form() {
        for (json, header) in [
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
            let chunking: PkChunking = serde_json::from_str(json).expect("a form");
            assert_eq!(chunking.header().expect("a header").as_deref(), header, "{json}");
        }
    }

    #[test]
    fn a_chunk_out_of_range_is_told() {
        for size in [0.0, 1.5, 250_001.0, -3.0, f64::NAN] {
            assert!(PkChunking::Size(size).header().is_err(), "{size}");
        }
    }
}
