//! A Salesforce org to test against: the Bulk APIs 1.0 and 2.0, and signing in.
//!
//! [`Org::handle`] takes a request and gives the answer. It opens no socket, holds everything in
//! memory, and its time passes only by [`Org::advance`], so a test decides what happens when. The
//! program of this package puts it on a port of this machine.
//!
//! Where nobody knows what Salesforce does, a switch of [`Config`] decides, and it stands on what is
//! hardest for a client.

pub mod config;
pub mod data;
pub mod faults;
pub mod http;
pub mod log;
#[cfg(feature = "server")]
pub mod server;

mod auth;
mod control;
mod cors;
mod error;
mod history;
mod loading;
mod mint;
mod operation;
mod org;
mod rest;
mod results;
mod rows;
mod spoil;
mod summary;
mod v1;
mod v2;
mod version;
mod view;
mod wire;
mod work;
mod world;

pub use auth::{CLIENT_ID, CLIENT_SECRET, PASSWORD, TOKEN, USERNAME};
pub use config::Config;
pub use faults::{Effect, Rule};
pub use http::{Body, Exchange, Interruption, Request, Response};
pub use org::Org;
pub use summary::{Api, BatchSummary, JobSummary, WorkSummary};
