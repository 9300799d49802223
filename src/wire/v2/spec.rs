//! What a job is to be.

use crate::csv::{Delimiter, LineEnding};
use crate::error::Result;
use crate::json::Value;
use crate::wire::arguments::Arguments;

/// An ingest job to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IngestSpec {
    /// The object's API name.
    pub object: String,
    /// `insert`, `update`, `upsert`, `delete` or `hardDelete`.
    pub operation: String,
    /// For upsert.
    pub external_id_field_name: Option<String>,
    /// What stands between two cells of the data; the server takes a comma for granted.
    pub column_delimiter: Option<Delimiter>,
    /// What ends a record of the data; the server takes LF for granted.
    pub line_ending: Option<LineEnding>,
    /// Case and Lead, from API 49.0 on.
    pub assignment_rule_id: Option<String>,
}

/// A query job to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuerySpec {
    /// The SOQL.
    pub query: String,
    /// `query`, or `queryAll` for deleted and archived records too.
    pub operation: String,
    /// What is to stand between two cells of the results.
    pub column_delimiter: Option<Delimiter>,
    /// What is to end a record of the results.
    pub line_ending: Option<LineEnding>,
}

impl IngestSpec {
    /// Reads what the caller has given.
    ///
    /// # Errors
    /// [`Kind::Argument`](crate::error::Kind::Argument) that names the option.
    pub fn read(given: &Value) -> Result<IngestSpec> {
        let given = Arguments(given);
        Ok(IngestSpec {
            object: given.text("object")?,
            operation: given.text("operation")?,
            external_id_field_name: given.optional_text("externalIdFieldName")?,
            column_delimiter: given.optional_choice("columnDelimiter", Delimiter::from_name)?,
            line_ending: given.optional_choice("lineEnding", LineEnding::from_name)?,
            assignment_rule_id: given.optional_text("assignmentRuleId")?,
        })
    }

    /// As Salesforce reads it.
    pub(super) fn document(&self) -> String {
        document(&[
            ("object", Some(self.object.as_str())),
            ("operation", Some(&self.operation)),
            ("externalIdFieldName", self.external_id_field_name.as_deref()),
            ("columnDelimiter", self.column_delimiter.map(Delimiter::name)),
            ("lineEnding", self.line_ending.map(LineEnding::name)),
            ("assignmentRuleId", self.assignment_rule_id.as_deref()),
        ])
    }
}

impl QuerySpec {
    /// Reads what the caller has given.
    ///
    /// # Errors
    /// [`Kind::Argument`](crate::error::Kind::Argument) that names the option.
    pub fn read(given: &Value) -> Result<QuerySpec> {
        let given = Arguments(given);
        Ok(QuerySpec {
            query: given.text("query")?,
            operation: given.optional_text("operation")?.unwrap_or_else(|| "query".to_owned()),
            column_delimiter: given.optional_choice("columnDelimiter", Delimiter::from_name)?,
            line_ending: given.optional_choice("lineEnding", LineEnding::from_name)?,
        })
    }

    /// As Salesforce reads it.
    pub(super) fn document(&self) -> String {
        document(&[
            ("operation", Some(self.operation.as_str())),
            ("query", Some(&self.query)),
            ("columnDelimiter", self.column_delimiter.map(Delimiter::name)),
            ("lineEnding", self.line_ending.map(LineEnding::name)),
        ])
    }
}

fn document(members: &[(&str, Option<&str>)]) -> String {
    let given = |(name, text): &(_, Option<&str>)| (*name, text.map(Value::from));
    Value::known(members.iter().map(given).collect()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn a_document_holds_what_salesforce_knows() {
        let given =
            br#"{"query": "SELECT Id FROM Lead", "poll": {"first": 1}, "lineEnding": "CRLF"}"#;
        let spec = QuerySpec::read(&parse(given).expect("JSON")).expect("a spec");
        let document = r#"{"operation":"query","query":"SELECT Id FROM Lead","lineEnding":"CRLF"}"#;
        assert_eq!(spec.document(), document);
        let given = br#"{"object": "Lead", "operation": "upsert", "externalIdFieldName": "Ext__c",
            "columnDelimiter": "TAB", "lineEnding": null, "csv": "x"}"#;
        let spec = IngestSpec::read(&parse(given).expect("JSON")).expect("a spec");
        let document = r#"{"object":"Lead","operation":"upsert","externalIdFieldName":"Ext__c","columnDelimiter":"TAB"}"#;
        assert_eq!(spec.document(), document);
    }

    #[test]
    fn what_cannot_be_is_told() {
        for (given, message) in [
            (r#"{"operation":"insert"}"#, "object must be a string."),
            (r#"{"object":"Lead","operation":7}"#, "operation must be a string."),
            (
                r#"{"object":"Lead","operation":"insert","columnDelimiter":"DOT"}"#,
                "columnDelimiter cannot be DOT.",
            ),
        ] {
            let error = IngestSpec::read(&parse(given.as_bytes()).expect("JSON"));
            assert_eq!(error.expect_err("an error").message, message);
        }
    }
}
