//! Rows that a caller has tried to store, and what it was told of them.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use salesforce_bulk::error::RowEffect;

use super::{Bounds, Ledger};

/// What a caller knows of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is stored.
    Stored,
    /// It is not, and never will be.
    NotStored,
    /// It may be either.
    Unknown,
}

/// Rows on their way, by as many calls as the caller may make for them. The ledger hears of them when it is dropped.
pub struct Sending<'a> {
    ledger: &'a Ledger,
    group: u32,
    /// Its rows.
    pub rows: Range<usize>,
    effect: Cell<RowEffect>,
    fates: RefCell<Option<Vec<Fate>>>,
}

impl<'a> Sending<'a> {
    /// Nothing was sent yet.
    pub fn new(ledger: &'a Ledger, group: u32, rows: Range<usize>) -> Self {
        let (effect, fates) = (Cell::default(), RefCell::default());
        Sending { ledger, group, rows, effect, fates }
    }

    /// A call may have done this.
    pub fn may_have(&self, effect: RowEffect) {
        self.effect.set(self.effect.get().max(effect));
    }

    /// What the calls for it may have done.
    pub fn effect(&self) -> RowEffect {
        self.effect.get()
    }

    /// Whatever was sent before is certain not to be stored: it may be sent again.
    pub fn is_certainly_not_stored(&self) {
        self.effect.set(RowEffect::None);
    }

    /// What became of each row is known.
    pub fn settle(&self, fates: Vec<Fate>) {
        assert_eq!(fates.len(), self.rows.len());
        *self.fates.borrow_mut() = Some(fates);
    }

    fn bounds(&self, at: usize) -> Bounds {
        let fate = self.fates.borrow().as_ref().map_or(Fate::Unknown, |fates| fates[at]);
        let (least, most) = match (fate, self.effect.get()) {
            (Fate::Stored, _) => (1, 1),
            (Fate::NotStored, _) | (Fate::Unknown, RowEffect::None) => (0, 0),
            (Fate::Unknown, _) => (0, 1),
        };
        Bounds { least, most, sent: self.effect.get() != RowEffect::None }
    }
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        for (at, row) in self.rows.clone().enumerate() {
            self.ledger.add(self.group, row, self.bounds(at));
        }
    }
}
