//! The rows of one object: made-up ones that are not held, and changes that are.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::value::Value;

/// The rows of one object, each known by its ordinal.
#[derive(Clone, Debug, Default)]
pub struct Table {
    seeded: Vec<Range<u64>>,
    next: u64,
    overlay: BTreeMap<u64, Slot>,
    /// Which rows of the overlay hold a text in a field that rows are looked up by.
    holders: HashMap<(usize, String), Vec<u64>>,
}

/// What the overlay says of a row.
#[derive(Clone, Debug)]
enum Slot {
    /// It has these values, and under them those that were made up, if it is a made-up row.
    Row { values: BTreeMap<usize, Value>, deleted: bool },
    /// It is gone for good.
    Purged,
}

/// What is known of one value without making it up.
pub enum Cell<'a> {
    /// The overlay has it.
    Held(&'a Value),
    /// It is that of the made-up row.
    Seeded,
    /// Nothing was ever set.
    Unset,
}

impl Table {
    /// Adds made-up rows.
    pub fn seed(&mut self, rows: u64) {
        self.seeded.push(self.next..self.next + rows);
        self.next += rows;
    }

    /// How many made-up rows there are, purged ones too.
    pub fn seeded_rows(&self) -> u64 {
        self.seeded.iter().map(|range| range.end - range.start).sum()
    }

    /// The ordinal of the n-th made-up row.
    pub fn nth_seeded(&self, n: u64) -> Option<u64> {
        let mut before = 0;
        self.seeded.iter().find_map(|range| {
            let at = range.start + n.checked_sub(before)?;
            before += range.end - range.start;
            (at < range.end).then_some(at)
        })
    }

    /// One past the last ordinal in use.
    pub fn end(&self) -> u64 {
        self.next
    }

    /// Makes an empty row.
    pub fn insert(&mut self) -> u64 {
        let ordinal = self.next;
        self.next += 1;
        self.overlay.insert(ordinal, Slot::Row { values: BTreeMap::new(), deleted: false });
        ordinal
    }

    /// Sets values of a row, and remembers those of the fields that rows are looked up by.
    pub fn set(&mut self, ordinal: u64, position: usize, value: Value, lookup: bool) {
        if lookup && let Value::Text(text) = &value {
            let rows = self.holders.entry((position, text.to_lowercase())).or_default();
            if !rows.contains(&ordinal) {
                rows.push(ordinal);
            }
        }
        if let Slot::Row { values, .. } = self.slot(ordinal) {
            values.insert(position, value);
        }
    }

    /// Puts a row into the recycle bin.
    pub fn delete(&mut self, ordinal: u64) {
        if let Slot::Row { deleted, .. } = self.slot(ordinal) {
            *deleted = true;
        }
    }

    /// Removes a row for good.
    pub fn purge(&mut self, ordinal: u64) {
        *self.slot(ordinal) = Slot::Purged;
    }

    /// Whether there is such a row, in the recycle bin or not.
    pub fn exists(&self, ordinal: u64) -> bool {
        match self.overlay.get(&ordinal) {
            Some(slot) => !matches!(slot, Slot::Purged),
            None => self.is_seeded(ordinal),
        }
    }

    /// Whether the row is in the recycle bin.
    pub fn is_deleted(&self, ordinal: u64) -> bool {
        matches!(self.overlay.get(&ordinal), Some(Slot::Row { deleted: true, .. }))
    }

    /// What is known of one value.
    pub fn cell(&self, ordinal: u64, position: usize) -> Cell<'_> {
        match self.overlay.get(&ordinal) {
            Some(Slot::Row { values, .. }) if values.contains_key(&position) => {
                values.get(&position).map_or(Cell::Unset, Cell::Held)
            }
            Some(Slot::Purged) => Cell::Unset,
            _ if self.is_seeded(ordinal) => Cell::Seeded,
            _ => Cell::Unset,
        }
    }

    /// The rows of the overlay that hold, or once held, this text in this field.
    pub fn held(&self, position: usize, text: &str) -> &[u64] {
        self.holders.get(&(position, text.to_lowercase())).map_or(&[], Vec::as_slice)
    }

    /// The rows within some ordinals, as runs without a gap.
    pub fn runs(&self, within: Range<u64>, with_deleted: bool) -> Vec<Range<u64>> {
        let within = within.start..within.end.min(self.next);
        let mut runs = Vec::new();
        let mut start = within.start;
        for (&ordinal, slot) in self.overlay.range(within.start..within.end.max(within.start)) {
            let shown = matches!(slot, Slot::Row { deleted, .. } if with_deleted || !deleted);
            if !shown {
                runs.push(start..ordinal);
                start = ordinal + 1;
            }
        }
        runs.push(start..within.end);
        runs.retain(|run| !run.is_empty());
        runs
    }

    fn slot(&mut self, ordinal: u64) -> &mut Slot {
        let untouched = || Slot::Row { values: BTreeMap::new(), deleted: false };
        self.overlay.entry(ordinal).or_insert_with(untouched)
    }

    fn is_seeded(&self, ordinal: u64) -> bool {
        self.seeded.iter().any(|range| range.contains(&ordinal))
    }
}
