//! What callers do, from end to end.

mod actor;
mod batches;
mod loads;
mod other;
mod outcomes;
mod part;
mod queries1;
mod queries2;
mod reading;
mod unknown;

use crate::scenario::Does;

pub use actor::{Actor, Ended, Stopped, Tried};

/// How a flow goes on: with a value, or not at all.
pub type Flow<T> = Result<T, Stopped>;

/// Does what an operation does.
pub async fn perform(actor: &Actor<'_>, does: &Does) -> Flow<()> {
    match does {
        Does::Query2(query) => queries2::query(actor, query).await,
        Does::Query1(query) => queries1::query(actor, query).await,
        Does::Load2(load) => loads::load(actor, load).await,
        Does::Load1(load) => batches::load(actor, load).await,
        Does::List { queries } => other::list(actor, *queries).await,
        Does::SignIn => other::sign_in(actor).await,
    }
}
