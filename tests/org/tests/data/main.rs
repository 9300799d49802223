//! The data of an org: its rows, its queries, and the loading of rows.

mod obvious;
mod random;
mod row_errors;
mod rows;
mod seeded;
mod soql;
mod soql_errors;
mod support;
