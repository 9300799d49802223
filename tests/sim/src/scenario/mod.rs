//! A scenario as plain data: what there is, who does what, and what goes wrong. The same one always ends the same way.

mod data;
mod dice;
mod draw;
mod draw_operations;
mod setup;

use salesforce_bulk_org::Rule;
use serde::{Deserialize, Serialize};

use crate::faults::Faults;

pub use data::{Data, Delimiter, LoadOperation, MOST_DELETED, Written, key, seeded_accounts};
pub use dice::Dice;
pub use draw::draw;
pub use setup::{OrgSetup, PageSetup, Setup};

/// A scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scenario {
    /// What it was drawn from; also feeds the engine's own chance.
    pub seed: u64,
    /// The org.
    pub org: OrgSetup,
    /// The clients and their network.
    pub setup: Setup,
    /// What becomes of work in the org.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub work: Vec<Rule>,
    /// Who does what.
    pub operations: Vec<Operation>,
    /// What goes wrong on the way.
    pub faults: Faults,
}

impl Scenario {
    /// The rows that are loaded, each group once.
    pub fn data(&self) -> Vec<Data> {
        let mut all: Vec<Data> = Vec::new();
        for operation in &self.operations {
            let data = match &operation.does {
                Does::Load2(load) => load.data,
                Does::Load1(load) => load.data,
                _ => continue,
            };
            if all.iter().all(|known| known.group != data.group) {
                all.push(data);
            }
        }
        all
    }
}

impl Scenario {
    /// Whether nothing goes wrong in the org itself, and sessions last.
    pub fn is_calm(&self) -> bool {
        let config = self.org.config();
        let sessions = config.session_ms > 1_000_000;
        self.work.is_empty() && config.failing_chunk.is_none() && sessions
    }
}

impl Operation {
    /// Whether it may fail although nothing goes wrong.
    pub fn may_fail(&self, setup: &Setup) -> bool {
        let Conduct { timeout, abort, .. } = self.conduct;
        let hidden = setup.page.is_some_and(|page| !page.exposed);
        timeout.is_some()
            || abort.is_some()
            || match &self.does {
                // Nothing tells a page where the next one is.
                Does::Query2(query) => {
                    hidden && (query.max_records.is_some() || setup.api_version == "57.0")
                }
                Does::Load2(load) => load.abort_job || load.data.rows == 0,
                Does::Load1(load) => load.abort_job || load.data.rows == 0,
                _ => false,
            }
    }
}

/// What one caller does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Operation {
    /// Which client it belongs to.
    #[serde(default)]
    pub client: u32,
    /// When it begins, in ms.
    #[serde(default)]
    pub begins: u32,
    /// How the caller behaves.
    #[serde(default)]
    pub conduct: Conduct,
    /// What is done.
    pub does: Does,
}

/// How a caller behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Conduct {
    /// Makes a call again whose failure says that it may be.
    pub persistent: bool,
    /// Does what a failure of unknown outcome says is to be done.
    pub heeds_advice: bool,
    /// How long a call may take, in ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u32>,
    /// When the whole is given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abort: Option<Abort>,
}

/// When an operation is given up.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Abort {
    /// So many ms after its beginning.
    AfterMs(u32),
    /// After so many polls.
    AfterPolls(u32),
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Does {
    /// A query of Bulk API 2.0.
    Query2(Query2),
    /// A query of Bulk API 1.0.
    Query1(Query1),
    /// A load of Bulk API 2.0.
    Load2(Load2),
    /// A load of Bulk API 1.0.
    Load1(Load1),
    /// The list of query jobs, or else of ingest jobs.
    List {
        /// Whether those of queries.
        queries: bool,
    },
    /// Signing in.
    SignIn,
}

impl Does {
    /// In a word, for tables.
    pub fn name(&self) -> &'static str {
        match self {
            Does::Query2(query) => match query.way {
                Way2::Whole => "2.0 query",
                Way2::Job => "2.0 query job",
                Way2::PagesByLocator => "2.0 pages by locator",
                Way2::PagesByList => "2.0 pages by list",
            },
            Does::Query1(query) if query.chunk.is_some() => "1.0 chunked query",
            Does::Query1(_) => "1.0 query",
            Does::Load2(load) => match load.way {
                LoadWay::Load => "2.0 load",
                LoadWay::Steps => "2.0 load in steps",
                LoadWay::OneRequest => "2.0 load in one request",
            },
            Does::Load1(_) => "1.0 batches",
            Does::List { .. } => "list",
            Does::SignIn => "sign-in",
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Soql {
    /// The object, `Contact` or `Lead`.
    pub object: String,
    /// The fields, after `Id`.
    pub fields: Vec<String>,
    /// How many rows at the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

impl Soql {
    /// As Salesforce reads it.
    pub fn text(&self) -> String {
        let limit = self.limit.map(|limit| format!(" LIMIT {limit}")).unwrap_or_default();
        format!("SELECT {} FROM {}{limit}", self.columns().join(", "), self.object)
    }

    /// All fields.
    pub fn columns(&self) -> Vec<&str> {
        std::iter::once("Id").chain(self.fields.iter().map(String::as_str)).collect()
    }
}

/// Whether results are read as records or as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reading {
    /// As records.
    Records,
    /// As bytes.
    Bytes,
}

/// A query of Bulk API 2.0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Query2 {
    /// What is asked for.
    pub soql: Soql,
    /// How it is done.
    pub way: Way2,
    /// How it is read.
    pub reading: Reading,
    /// How many rows a page is to have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_records: Option<u64>,
    /// What stands between two cells.
    #[serde(default)]
    pub delimiter: Delimiter,
    /// Whether lines end with CRLF.
    #[serde(default)]
    pub crlf: bool,
    /// Whether the job is deleted in the end.
    #[serde(default)]
    pub delete: bool,
}

/// How a query of Bulk API 2.0 is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Way2 {
    /// From its SOQL to its rows in one.
    Whole,
    /// A job, a wait, and all its rows.
    Job,
    /// A job, a wait, and page after page by the locator of each.
    PagesByLocator,
    /// A job, a wait, the list of its pages, and each of them.
    PagesByList,
}

/// The format of a job of Bulk API 1.0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Format {
    /// Comma-separated.
    #[default]
    Csv,
    /// An array of objects.
    Json,
    /// Elements.
    Xml,
}

/// A query of Bulk API 1.0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Query1 {
    /// What is asked for.
    pub soql: Soql,
    /// The format.
    pub format: Format,
    /// Whether job and batch are made in one call.
    pub started: bool,
    /// How many ids a chunk has, with PK chunking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chunk: Option<u32>,
    /// Another query of the same object in the same job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Soql>,
    /// How it is read.
    pub reading: Reading,
    /// Whether each result is read on its own.
    #[serde(default)]
    pub each_result: bool,
}

/// A load of Bulk API 2.0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Load2 {
    /// The rows.
    pub data: Data,
    /// How it is done.
    pub way: LoadWay,
    /// What stands between two cells.
    #[serde(default)]
    pub delimiter: Delimiter,
    /// Whether lines end with CRLF.
    #[serde(default)]
    pub crlf: bool,
    /// Whether the three results are read one by one, as rows.
    #[serde(default)]
    pub as_rows: bool,
    /// Whether the job is aborted after its start.
    #[serde(default)]
    pub abort_job: bool,
    /// Whether the job is deleted in the end.
    #[serde(default)]
    pub delete: bool,
}

/// How a load of Bulk API 2.0 is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LoadWay {
    /// From the data to the summary in one call.
    Load,
    /// Created, uploaded, started, waited for.
    Steps,
    /// Created with its data in one request.
    OneRequest,
}

/// A load of Bulk API 1.0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Load1 {
    /// The rows.
    pub data: Data,
    /// The format.
    pub format: Format,
    /// Into how many batches the rows are cut.
    pub batches: u32,
    /// Whether each batch has all of the rows instead.
    #[serde(default)]
    pub equal: bool,
    /// Whether they are added at once.
    #[serde(default)]
    pub at_once: bool,
    /// Whether they are processed one after another.
    #[serde(default)]
    pub serial: bool,
    /// Whether the job is aborted in the end, not closed.
    #[serde(default)]
    pub abort_job: bool,
}
