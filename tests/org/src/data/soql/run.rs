//! Running a query.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::eval::{meets, read};
use super::plan::{Key, Plan, fold, order};
use super::rowset::RowSet;
use crate::data::{Database, Value};

/// Finds the rows of a plan.
pub fn run(database: &Database, plan: &Arc<Plan>) -> RowSet {
    let mut found = RowSet::new(Arc::clone(plan));
    let Some(table) = database.table(plan.object) else { return found };
    let runs = table.runs(plan.within.clone(), plan.with_deleted);
    if plan.filter.is_none() && plan.order.is_empty() {
        take_runs(&mut found, runs, plan);
        return found;
    }
    let shown = |row: &u64| {
        plan.filter.as_ref().is_none_or(|node| meets(database, plan.object, *row, node))
    };
    let rows = ordered(database, plan, runs.into_iter().flatten().filter(shown));
    let (skipped, limit) = (count(plan.offset), count(plan.limit.unwrap_or(u64::MAX)));
    for row in rows.skip(skipped).take(limit) {
        found.push(row..row + 1);
    }
    found
}

fn count(rows: u64) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
}

/// Takes whole runs as they are: no row is looked at.
fn take_runs(found: &mut RowSet, runs: Vec<Range<u64>>, plan: &Plan) {
    let (mut skipped, mut left) = (plan.offset, plan.limit.unwrap_or(u64::MAX));
    for run in runs {
        let start = run.start.saturating_add(skipped).min(run.end);
        let end = start.saturating_add(left).min(run.end);
        skipped -= start - run.start;
        left -= end - start;
        found.push(start..end);
    }
}

/// The rows in the order that the plan asks for, and by id where it does not say.
fn ordered<'a>(
    database: &Database,
    plan: &Plan,
    rows: impl Iterator<Item = u64> + 'a,
) -> Box<dyn Iterator<Item = u64> + 'a> {
    if plan.order.is_empty() {
        return Box::new(rows);
    }
    let value = |row, key: &Key| fold(read(database, plan.object, row, &key.path));
    let keyed = |row| (plan.order.iter().map(|key| value(row, key)).collect::<Vec<_>>(), row);
    let mut rows: Vec<(Vec<Value>, u64)> = rows.map(keyed).collect();
    rows.sort_by(|(a, _), (b, _)| {
        let pairs = plan.order.iter().zip(a.iter().zip(b));
        pairs.map(|(key, (a, b))| by_key(key, a, b)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
    });
    Box::new(rows.into_iter().map(|(_, row)| row))
}

/// The order of two values by one key. Only NULLS LAST puts missing values at the end.
pub fn by_key(key: &Key, a: &Value, b: &Value) -> Ordering {
    let ordering = order(a, b);
    let reversed = if a.is_null() || b.is_null() { key.nulls_last } else { key.descending };
    if reversed { ordering.reverse() } else { ordering }
}
