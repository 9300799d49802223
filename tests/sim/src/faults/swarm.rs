//! Trouble in force: chosen by its rates, or as it was written down.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use salesforce_bulk_org::Effect;

use super::{Faults, Kind, Place, Placed, Strike, Weather};
use crate::scenario::Dice;
use crate::world::{Asked, Trouble};

/// The strikes so far.
#[derive(Clone, Default)]
pub struct Struck(Rc<RefCell<Record>>);

#[derive(Default)]
struct Record {
    strikes: Vec<Strike>,
    /// How many requests each operation has sent.
    requests: BTreeMap<u32, u32>,
    /// How often the network has sent once more what stores rows.
    duplicates: BTreeMap<u32, u32>,
    kinds: BTreeMap<Kind, u32>,
}

impl Struck {
    /// The strikes, in order.
    pub fn strikes(&self) -> Vec<Strike> {
        self.0.borrow().strikes.clone()
    }

    /// How often each kind has struck.
    pub fn kinds(&self) -> BTreeMap<Kind, u32> {
        self.0.borrow().kinds.clone()
    }

    /// Whether nothing has struck.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().strikes.is_empty()
    }

    /// How often the network has sent once more what stores an operation's rows.
    pub fn duplicates(&self, operation: u32) -> u32 {
        self.0.borrow().duplicates.get(&operation).copied().unwrap_or(0)
    }

    /// Whether such an effect has struck, in any operation or in this one.
    pub fn any(&self, operation: Option<u32>, is: impl Fn(&Effect) -> bool) -> bool {
        let record = self.0.borrow();
        let mut own = record
            .strikes
            .iter()
            .filter(|strike| operation.is_none_or(|operation| operation == strike.operation));
        own.any(|strike| strike.effects.iter().any(&is))
    }

    /// How many requests each operation has sent.
    pub fn requests(&self) -> BTreeMap<u32, u32> {
        self.0.borrow().requests.clone()
    }

    fn count(&self, kind: Kind) {
        *self.0.borrow_mut().kinds.entry(kind).or_default() += 1;
    }

    fn next_request(&self, operation: u32) -> u32 {
        let mut record = self.0.borrow_mut();
        let count = record.requests.entry(operation).or_default();
        *count += 1;
        *count - 1
    }

    fn note(&self, asked: &Asked<'_>, request: u32, effects: &[Effect]) {
        if effects.is_empty() {
            return;
        }
        let mut record = self.0.borrow_mut();
        let (operation, effects) = (asked.operation, effects.to_vec());
        let doubled = effects.iter().any(|effect| matches!(effect, Effect::Duplicate { .. }));
        if doubled && Place::of(asked.request).stores_rows() {
            *record.duplicates.entry(operation).or_default() += 1;
        }
        record.strikes.push(Strike { operation, request, effects });
    }
}

/// The trouble of a scenario, and where its strikes are written down.
pub fn trouble(faults: &Faults, seed: u64) -> (Trouble, Struck) {
    let struck = Struck::default();
    let mut choose = chooser(faults, seed, struck.clone());
    let record = struck.clone();
    let trouble = move |asked: &Asked<'_>| {
        let request = record.next_request(asked.operation);
        let effects = one_content(choose(asked, request));
        record.note(asked, request, &effects);
        effects
    };
    (Box::new(trouble), struck)
}

type Chooser = Box<dyn FnMut(&Asked<'_>, u32) -> Vec<Effect>>;

fn chooser(faults: &Faults, seed: u64, struck: Struck) -> Chooser {
    let until = faults.until;
    match faults.weather.clone() {
        Weather::Swarm(rates) => {
            let mut dice = Dice::new(seed ^ SWARM);
            Box::new(move |asked, _| {
                let over = asked.age >= until;
                let rates = rates.iter().filter(|_| !over);
                rates.filter_map(|rate| roll(*rate, asked, &mut dice, &struck)).collect()
            })
        }
        Weather::Placed(placed) => Box::new(move |asked, request| {
            let of_this = placed.iter().filter(|placed| placed.request == request);
            let effect = |placed: &Placed| {
                let effect = placed.kind.effect(asked, &mut Dice::new(u64::from(placed.form)))?;
                struck.count(placed.kind);
                Some(effect)
            };
            of_this.filter_map(effect).collect()
        }),
        Weather::Strikes(strikes) => Box::new(move |asked, request| {
            let of_this =
                |strike: &&Strike| strike.operation == asked.operation && strike.request == request;
            strikes.iter().filter(of_this).flat_map(|strike| strike.effects.clone()).collect()
        }),
    }
}

/// A body that is made shorter and then doubled may have as many rows as it should: no count finds that out.
fn one_content(mut effects: Vec<Effect>) -> Vec<Effect> {
    let mut changed = false;
    effects.retain(|effect| {
        let changes = matches!(effect, Effect::Short { .. } | Effect::Repeat);
        !(changes && std::mem::replace(&mut changed, true))
    });
    effects
}

/// Keeps the swarm's choices apart from those that have drawn the scenario.
const SWARM: u64 = 0x5741_524D;

fn roll(
    (kind, rate): (Kind, u32),
    asked: &Asked<'_>,
    dice: &mut Dice,
    struck: &Struck,
) -> Option<Effect> {
    let hit = dice.per_mille(rate as usize);
    let effect = hit.then(|| kind.effect(asked, dice)).flatten()?;
    struck.count(kind);
    Some(effect)
}
