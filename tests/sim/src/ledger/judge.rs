//! Looks at what the org holds, once nothing can change it any more.

use std::collections::HashMap;

use salesforce_bulk_org::data::Value;

use super::{Bounds, Ledger, Rule};
use crate::faults::Struck;
use crate::scenario::{Does, LoadOperation, Scenario};
use crate::world::World;

/// Longer than anything in the org takes, in ms: late requests, slow work, and a job that was started at the very end.
const REST: i64 = 2 * 3_600_000;

/// Lets everything come to rest, and judges.
pub fn judge(world: &World, scenario: &Scenario, ledger: &Ledger, struck: &Struck) {
    world.set_trouble(None);
    world.org(|org| {
        org.faults().clear();
        org.advance(REST);
    });
    let held = Held::of(world);
    for group in ledger.groups.keys() {
        let duplicates = duplicates(scenario, struck, *group);
        count(world, ledger, &held, *group, duplicates);
    }
    for (group, row, id) in ledger.stored.borrow().iter() {
        identify(world, ledger, &held, (*group, *row), id);
    }
}

/// How often the network may have stored a group's rows without anybody's doing.
fn duplicates(scenario: &Scenario, struck: &Struck, group: u32) -> u32 {
    let operations = scenario.operations.iter().zip(0..);
    let of_group = operations.filter(|(operation, _)| match &operation.does {
        Does::Load2(load) => load.data.group == group,
        Does::Load1(load) => load.data.group == group,
        _ => false,
    });
    of_group.map(|(_, number)| struck.duplicates(number)).sum()
}

/// The accounts that the org holds.
struct Held {
    /// How many have this key.
    count: HashMap<String, u32>,
    /// The keys of each, by its id.
    keys: HashMap<String, [String; 2]>,
}

impl Held {
    fn of(world: &World) -> Self {
        let columns = ["Id", "AccountNumber", "Ext__c"];
        let rows: Vec<Vec<String>> = world.org(|org| {
            let rows = org.database().rows("Account", &columns).expect("accounts");
            rows.map(|row| row.iter().map(Value::csv_text).collect()).collect()
        });
        let mut held = Held { count: HashMap::new(), keys: HashMap::new() };
        for row in rows {
            let [id, number, external]: [String; 3] = row.try_into().expect("three columns");
            for key in [&id, &number, &external] {
                *held.count.entry(key.clone()).or_default() += 1;
            }
            held.keys.insert(id, [number, external]);
        }
        held
    }

    fn count(&self, key: &str) -> u32 {
        self.count.get(key).copied().unwrap_or(0)
    }
}

fn count(world: &World, ledger: &Ledger, held: &Held, group: u32, duplicates: u32) {
    let rows = ledger.rows(group);
    let bounds = ledger.bounds.borrow();
    for (at, (key, bounds)) in rows.keys.iter().zip(&bounds[&group]).enumerate() {
        let Bounds { least, most, .. } = allowed(rows.operation, *bounds, duplicates);
        let found = match rows.operation {
            LoadOperation::Insert | LoadOperation::Upsert => held.count(key),
            LoadOperation::Delete => 1 - held.count(key).min(1),
        };
        let (rule, what) = match found {
            found if found < least => (Rule::RowLost, "at least"),
            found if found > most => (Rule::RowDoubled, "at the most"),
            _ => continue,
        };
        let bound = if rule == Rule::RowLost { least } else { most };
        let how = format!("row {at} of group {group} is stored {found} times, but {what} {bound}");
        // One row is enough: the others have fared alike.
        return world.violation(rule, how);
    }
}

/// Whoever upserts or deletes a row again changes nothing.
fn allowed(operation: LoadOperation, bounds: Bounds, duplicates: u32) -> Bounds {
    match operation {
        LoadOperation::Insert if bounds.sent => Bounds { most: bounds.most + duplicates, ..bounds },
        LoadOperation::Insert => bounds,
        LoadOperation::Upsert | LoadOperation::Delete => {
            let most = if bounds.sent { bounds.most + duplicates } else { bounds.most };
            Bounds { least: bounds.least.min(1), most: most.min(1), ..bounds }
        }
    }
}

/// The row that has an id must be the one whose outcome told the id.
fn identify(world: &World, ledger: &Ledger, held: &Held, (group, row): (u32, usize), id: &str) {
    let rows = ledger.rows(group);
    let key = &rows.keys[row];
    let found = held.keys.get(id);
    let is_it = match rows.operation {
        LoadOperation::Delete => found.is_none() && id == key,
        _ => found.is_some_and(|keys| keys.contains(key)),
    };
    if !is_it {
        let how = format!("row {row} of group {group} has the id {id}, which is of {found:?}");
        world.violation(Rule::WrongOutcome, how);
    }
}
