//! What became of each row, as it is told, beside what the org holds.

use std::collections::HashMap;
use std::rc::Rc;

use salesforce_bulk::engine::download::{BatchRef, IngestResults, OutcomeRow, RowIdentity, Source};
use salesforce_bulk::wire::v2::IngestResult;

use super::reading::{Delivered, How, MakeSource};
use super::{Actor, Flow, Stopped};
use crate::ledger::{Fate, Rule, Sending};
use crate::scenario::{Data, LoadOperation};

/// The outcome of one row.
struct Told {
    row: usize,
    fate: Fate,
    id: Option<String>,
}

/// Takes the outcomes of rows down: one for each of them, and no other. `whole` is whether there is one for all: what
/// failed or was aborted in the middle does not say how many rows it has not come to, so that nothing counts those.
fn settle(actor: &Actor<'_>, data: &Data, sending: &Sending<'_>, told: Vec<Told>, whole: bool) {
    if !whole && actor.may_be_miscounted() {
        return;
    }
    let broken = |how: String| actor.world.violation(Rule::WrongOutcome, how);
    let mut fates = vec![None; sending.rows.len()];
    for Told { row, fate, id } in told {
        let Some(place) = fates.get_mut(row) else {
            return broken(format!("an outcome of row {row} of {}", sending.rows.len()));
        };
        if place.replace(fate).is_some() {
            return broken(format!("two outcomes of row {row}"));
        }
        if let (Fate::Stored, Some(id)) = (fate, id) {
            actor.ledger.is_stored(data.group, sending.rows.start + row, &id);
        }
        if fate == Fate::Stored && data.is_bad(sending.rows.start + row) {
            broken(format!("row {row} cannot be stored, but was"));
        }
    }
    // A batch or job that failed in the middle has not come to the others, and never will. Where it was told falsely how it
    // ended, nobody can know.
    let missing = if actor.is_lied_to() { Fate::Unknown } else { Fate::NotStored };
    if whole && missing == Fate::NotStored && fates.contains(&None) {
        return broken(format!("not each of {} rows has an outcome", fates.len()));
    }
    sending.settle(fates.into_iter().map(|fate| fate.unwrap_or(missing)).collect());
}

fn fate_of(outcome: &OutcomeRow) -> Fate {
    if outcome.outcome.success { Fate::Stored } else { Fate::NotStored }
}

async fn read(actor: &Actor<'_>, what: &str, source: MakeSource<'_>) -> Flow<Delivered> {
    actor.reads(what, source, How::RECORDS, |_| {}).await.map_err(|_| Stopped)
}

/// Reads the outcomes of a batch, which are in its order.
pub async fn of_batch(
    actor: &Actor<'_>,
    data: &Data,
    at: &BatchRef,
    sending: &Sending<'_>,
    complete: bool,
) -> Flow<()> {
    let source = || Source::<Rc<[u8]>>::Outcomes(at.clone(), actor.poll());
    let delivered = read(actor, "read outcomes", &source).await?;
    let told = delivered.outcomes.iter().filter_map(|row| match row.row {
        RowIdentity::Index(index) => {
            let id = row.outcome.id.clone();
            Some(Told { row: index as usize, fate: fate_of(row), id })
        }
        RowIdentity::Fields { .. } => None,
    });
    settle(actor, data, sending, told.collect(), complete);
    Ok(())
}

/// Reads the outcomes of a job of Bulk API 2.0, whose order is any.
pub async fn of_job(
    actor: &Actor<'_>,
    data: &Data,
    job: &str,
    sending: &Sending<'_>,
    complete: bool,
) -> Flow<()> {
    let source = || Source::<Rc<[u8]>>::Ingest(IngestResults::outcomes(job.to_owned()));
    let delivered = read(actor, "read outcomes", &source).await?;
    let rows = Places::of(actor, data, sending);
    let told = delivered.outcomes.iter().filter_map(|row| match &row.row {
        RowIdentity::Fields { fields, .. } => {
            let key = fields.iter().find(|(name, _)| name == data.operation.key_column());
            let row_at = rows.find(actor, key.and_then(|(_, cell)| cell.as_deref()))?;
            Some(Told { row: row_at, fate: fate_of(row), id: row.outcome.id.clone() })
        }
        RowIdentity::Index(_) => None,
    });
    settle(actor, data, sending, told.collect(), complete);
    Ok(())
}

/// Reads the three results of a job of Bulk API 2.0 as rows.
pub async fn of_job_as_rows(
    actor: &Actor<'_>,
    data: &Data,
    job: &str,
    sending: &Sending<'_>,
    complete: bool,
) -> Flow<()> {
    let places = Places::of(actor, data, sending);
    let mut told = Vec::new();
    for which in IngestResult::ALL {
        let source = || Source::<Rc<[u8]>>::Ingest(IngestResults::rows(job.to_owned(), which));
        let delivered = read(actor, "read a result", &source).await?;
        let column = |name| delivered.header.iter().position(|column| column == name);
        let (key, id) = (column(data.operation.key_column()), column("sf__Id"));
        for row in &delivered.rows {
            let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(String::as_str);
            let Some(row_at) = places.find(actor, cell(key)) else { continue };
            let stored = which == IngestResult::Successful;
            let fate = if stored { Fate::Stored } else { Fate::NotStored };
            told.push(Told { row: row_at, fate, id: cell(id).map(str::to_owned) });
        }
    }
    settle(actor, data, sending, told, complete);
    Ok(())
}

/// Where rows are, by their keys.
struct Places(HashMap<String, usize>);

impl Places {
    fn of(actor: &Actor<'_>, data: &Data, sending: &Sending<'_>) -> Self {
        let keys = &actor.ledger.rows(data.group).keys[sending.rows.clone()];
        Places(keys.iter().cloned().enumerate().map(|(at, key)| (key, at)).collect())
    }

    fn find(&self, actor: &Actor<'_>, key: Option<&str>) -> Option<usize> {
        let found = key.and_then(|key| self.0.get(key)).copied();
        if found.is_none() && !actor.may_be_miscounted() {
            let how = format!("an outcome of {key:?}, which was not sent");
            actor.world.violation(Rule::WrongOutcome, how);
        }
        found
    }
}

/// The field that an upsert goes by.
pub fn external_id(operation: LoadOperation) -> Option<String> {
    (operation == LoadOperation::Upsert).then(|| operation.key_column().to_owned())
}
