//! The org's protocols, checked against recorded answers.

mod support;

mod auth;
mod cors;
mod identity;
mod ledger;
mod rest_describe;
mod rest_query;
mod rest_rows;
mod switches;
mod trouble;
mod trouble_answers;
mod trouble_effects;
mod trouble_views;
mod v1_ingest;
mod v1_query;
mod v2_ingest;
mod v2_query;
