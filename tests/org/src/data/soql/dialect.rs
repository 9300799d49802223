//! What each of the Bulk APIs refuses.

use super::ast::{Item, Statement};
use super::error::SoqlError;
use super::resolve::Names;

/// Which of the Bulk APIs asks, and for which format: each refuses other things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Bulk API 1.0, CSV.
    V1Csv,
    /// Bulk API 1.0, JSON.
    V1Json,
    /// Bulk API 1.0, XML.
    V1Xml,
    /// Bulk API 2.0, which knows CSV only.
    V2,
}

impl Dialect {
    /// The refusal of something that SOQL has and this API has not.
    pub(super) fn refuses(self, message: impl Into<String>) -> SoqlError {
        let code = if self == Dialect::V2 { "API_ERROR" } else { "FUNCTIONALITY_NOT_ENABLED" };
        SoqlError::new(code, message)
    }

    fn refuses_children(self) -> SoqlError {
        let (code, api, format) = match self {
            Dialect::V1Csv => ("FeatureNotEnabled", "Bulk Query", "CSV"),
            Dialect::V1Json => ("FeatureNotEnabled", "Bulk Query", "JSON"),
            Dialect::V1Xml => ("FeatureNotEnabled", "Bulk Query", "XML"),
            Dialect::V2 => ("API_ERROR", "Bulk V2 Query", "CSV"),
        };
        let message = "Aggregate Relationships not supported in";
        SoqlError::new(code, format!("{message} {api} with {format} content type"))
    }
}

/// Checks that an API runs all that a query has.
///
/// # Errors
/// When it does not.
pub fn check(names: &Names<'_>, statement: &Statement, dialect: Dialect) -> Result<(), SoqlError> {
    let refuse = |what: &str| Err(dialect.refuses(format!("{what} not supported in Bulk Query")));
    if statement.group.is_some() {
        return refuse("GROUP BY");
    }
    if statement.offset.is_some() {
        return refuse("OFFSET");
    }
    if let Some(at) = statement.all_rows {
        let message = "ALL ROWS not allowed in this context";
        return Err(SoqlError::at("MALFORMED_QUERY", names.soql, at, message));
    }
    if let Some(scope) =
        statement.scope.as_ref().filter(|it| !it.it.eq_ignore_ascii_case("everything"))
    {
        let message = format!("Scope '{}' not supported", scope.it);
        return Err(SoqlError::at("MALFORMED_QUERY", names.soql, scope.at, message));
    }
    statement.select.iter().try_for_each(|item| match &item.it {
        Item::Path(_) => Ok(()),
        Item::Children(_) => Err(dialect.refuses_children()),
        Item::TypeOf => refuse("TYPEOF"),
        Item::Call(name, arguments) => call(name, arguments, dialect),
    })
}

fn call(name: &str, arguments: &[String], dialect: Dialect) -> Result<(), SoqlError> {
    let name = name.to_ascii_uppercase();
    let argument = arguments.first().map(|it| it.to_ascii_uppercase()).unwrap_or_default();
    match (name.as_str(), argument.as_str()) {
        ("FIELDS", "STANDARD") => Ok(()),
        ("FIELDS", which) => {
            Err(dialect.refuses(format!("FIELDS({which}) not supported in Bulk Query")))
        }
        ("COUNT" | "COUNT_DISTINCT" | "SUM" | "AVG" | "MIN" | "MAX", _) => {
            Err(dialect.refuses("Aggregate functions not supported in Bulk Query"))
        }
        _ => Err(dialect.refuses(format!("{name} not supported in Bulk Query"))),
    }
}
