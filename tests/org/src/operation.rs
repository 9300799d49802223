//! What a job does, in the names of both Bulk APIs.

use crate::data::Operation;

/// The operation of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobOperation {
    /// It loads rows.
    Load(Operation),
    /// It reads rows; with `all`, the deleted ones too.
    Query {
        /// Whether it is `queryAll`.
        all: bool,
    },
}

const NAMES: [(&str, JobOperation); 7] = [
    ("insert", JobOperation::Load(Operation::Insert)),
    ("update", JobOperation::Load(Operation::Update)),
    ("upsert", JobOperation::Load(Operation::Upsert)),
    ("delete", JobOperation::Load(Operation::Delete)),
    ("hardDelete", JobOperation::Load(Operation::HardDelete)),
    ("query", JobOperation::Query { all: false }),
    ("queryAll", JobOperation::Query { all: true }),
];

impl JobOperation {
    /// Reads a name; its case matters.
    pub fn parse(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, operation)| *operation)
    }

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, operation)| *operation == self).map_or("", |(name, _)| name)
    }

    /// What it does to rows, unless it is a query.
    pub fn load(self) -> Option<Operation> {
        match self {
            Self::Load(operation) => Some(operation),
            Self::Query { .. } => None,
        }
    }

    /// Whether it reads.
    pub fn is_query(self) -> bool {
        self.load().is_none()
    }
}
