//! What each of the APIs refuses.

use super::ast::{Expression, Item, Statement};
use super::error::SoqlError;
use super::resolve::Names;

/// The most rows that an OFFSET leaves out.
const MAX_OFFSET: u64 = 2_000;
/// The most rows of a query of all fields.
const MAX_FIELDS: u64 = 200;

/// Which API asks, and for which format: each refuses other things.
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
    /// The REST API, which knows all of SOQL.
    Rest,
}

impl Dialect {
    /// Whether it is one of the Bulk APIs.
    pub(super) fn is_bulk(self) -> bool {
        self != Dialect::Rest
    }

    /// The refusal of something that SOQL has and this API has not.
    pub(super) fn refuses(self, message: impl Into<String>) -> SoqlError {
        let code = if self == Dialect::V2 { "API_ERROR" } else { "FUNCTIONALITY_NOT_ENABLED" };
        SoqlError::new(code, message)
    }

    fn refuses_children(self) -> SoqlError {
        let (code, api, format) = match self {
            Dialect::V1Csv | Dialect::Rest => ("FeatureNotEnabled", "Bulk Query", "CSV"),
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
    check_clauses(names, statement)?;
    if dialect.is_bulk() { check_bulk(statement, dialect) } else { check_rest(names, statement) }
}

/// What no API allows.
fn check_clauses(names: &Names<'_>, statement: &Statement) -> Result<(), SoqlError> {
    if let Some(at) = statement.all_rows {
        let message = "ALL ROWS not allowed in this context";
        return Err(names.malformed(at, message));
    }
    let narrows = |scope: &&super::ast::At<String>| !scope.it.eq_ignore_ascii_case("everything");
    match statement.scope.as_ref().filter(narrows) {
        Some(scope) => {
            Err(names.malformed(scope.at, format!("Scope '{}' not supported", scope.it)))
        }
        None => Ok(()),
    }
}

fn check_bulk(statement: &Statement, dialect: Dialect) -> Result<(), SoqlError> {
    let refuse = |what: &str| Err(dialect.refuses(format!("{what} not supported in Bulk Query")));
    if statement.group.is_some() {
        return refuse("GROUP BY");
    }
    if statement.offset.is_some() {
        return refuse("OFFSET");
    }
    statement.select.iter().try_for_each(|item| match &item.it {
        Item::Value(Expression::Path(_)) => Ok(()),
        Item::Children(_) => Err(dialect.refuses_children()),
        Item::TypeOf => refuse("TYPEOF"),
        Item::Value(Expression::Call(name, arguments)) => call(name, arguments, dialect),
    })
}

fn call(name: &str, arguments: &[Vec<String>], dialect: Dialect) -> Result<(), SoqlError> {
    let name = name.to_ascii_uppercase();
    let argument = arguments.first().map(|it| it.join(".").to_ascii_uppercase());
    match (name.as_str(), argument.unwrap_or_default().as_str()) {
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

fn check_rest(names: &Names<'_>, statement: &Statement) -> Result<(), SoqlError> {
    if statement.offset.as_ref().is_some_and(|offset| offset.it > MAX_OFFSET) {
        let message = format!("Maximum SOQL offset allowed is {MAX_OFFSET}");
        return Err(SoqlError::new("NUMBER_OUTSIDE_VALID_RANGE", message));
    }
    let bounded = statement.limit.is_some_and(|limit| limit <= MAX_FIELDS);
    if statement.select.iter().any(|item| selects_custom(&item.it)) && !bounded {
        let message = format!("The SOQL FIELDS function must have a LIMIT of at most {MAX_FIELDS}");
        return Err(SoqlError::new("MALFORMED_QUERY", message));
    }
    match statement.select.iter().find(|item| item.it == Item::TypeOf) {
        // This org cannot evaluate it, and says so as one does that has not the feature.
        Some(item) => Err(SoqlError::syntax(names.soql, item.at)),
        None => Ok(()),
    }
}

/// Whether it is `FIELDS(ALL)` or `FIELDS(CUSTOM)`.
fn selects_custom(item: &Item) -> bool {
    let Item::Value(Expression::Call(name, arguments)) = item else { return false };
    let standard = arguments.concat().concat().eq_ignore_ascii_case("STANDARD");
    name.eq_ignore_ascii_case("FIELDS") && !standard
}
