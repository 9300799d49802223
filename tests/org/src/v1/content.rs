//! The formats of jobs.

/// The format of a job's batches and results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentType {
    /// `XML`, the default.
    Xml,
    /// `CSV`.
    Csv,
    /// `JSON`.
    Json,
}

impl ContentType {
    /// Reads the name in a job description.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Xml, Self::Csv, Self::Json].into_iter().find(|format| format.name() == name)
    }

    /// The name in job descriptions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xml => "XML",
            Self::Csv => "CSV",
            Self::Json => "JSON",
        }
    }

    /// The media type of batches and results.
    pub fn media(self) -> &'static str {
        match self {
            Self::Xml => super::render::XML,
            Self::Csv => "text/csv",
            Self::Json => super::render::JSON,
        }
    }

    /// Whether descriptions of the job, its batches and its errors are JSON.
    pub fn speaks_json(self) -> bool {
        self == Self::Json
    }
}
