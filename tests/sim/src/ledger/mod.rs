//! What callers were told, and whether it is true of what the org holds once everything has come to rest.

mod judge;
mod rules;
mod sending;

use std::cell::RefCell;
use std::collections::BTreeMap;

pub use judge::judge;
pub use rules::{Rule, Violation};
pub use sending::{Fate, Sending};

use crate::scenario::{Scenario, Written};

/// What callers were told.
pub struct Ledger {
    /// The rows of each group.
    groups: BTreeMap<u32, Written>,
    /// How often each row of a group may be stored.
    bounds: RefCell<BTreeMap<u32, Vec<Bounds>>>,
    /// The rows that were told to be stored, by their ids.
    stored: RefCell<Vec<(u32, usize, String)>>,
}

/// How often a row is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// At the least.
    pub least: u32,
    /// At the most.
    pub most: u32,
    /// Whether it was sent at all: then the network may have stored it without anybody's doing.
    pub sent: bool,
}

impl Ledger {
    /// Nothing told yet.
    pub fn new(scenario: &Scenario, accounts: &[String]) -> Self {
        let data = scenario.data();
        let groups: BTreeMap<u32, Written> = data
            .into_iter()
            .map(|data| (data.group, data.write(scenario.seed, accounts)))
            .collect();
        let bounds =
            groups.iter().map(|(group, rows)| (*group, vec![Bounds::default(); rows.keys.len()]));
        Ledger { bounds: RefCell::new(bounds.collect()), groups, stored: RefCell::default() }
    }

    /// The rows of a group.
    pub fn rows(&self, group: u32) -> &Written {
        &self.groups[&group]
    }

    /// A row may be stored so often more.
    fn add(&self, group: u32, row: usize, bounds: Bounds) {
        let mut all = self.bounds.borrow_mut();
        let of_row = &mut all.get_mut(&group).expect("a group")[row];
        of_row.least += bounds.least;
        of_row.most += bounds.most;
        of_row.sent |= bounds.sent;
    }

    /// A caller was told that a row is stored, and its id.
    pub fn is_stored(&self, group: u32, row: usize, id: &str) {
        self.stored.borrow_mut().push((group, row, id.to_owned()));
    }
}
