//! Small worlds, whole: every placement of one and of two faults among the requests of a small query and a small load.

use serde_json::json;

use crate::faults::{Faults, Kind, Placed, Weather};
use crate::scenario::{
    Conduct, Data, Does, Format, Load1, Load2, LoadOperation, LoadWay, Operation, OrgSetup, Query1,
    Query2, Reading, Scenario, Setup, Soql, Way2,
};
use crate::simulate::{Verdict, simulate};

/// A small world, and how it is called.
pub struct Small {
    /// Its name.
    pub name: &'static str,
    /// Without faults.
    pub scenario: Scenario,
}

/// How much of the small worlds is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A query and a load of each API; of two faults the first in one of its forms.
    Short,
    /// More of them, and both faults in all their forms.
    Whole,
}

/// The small worlds.
pub fn worlds(extent: Extent) -> Vec<Small> {
    let conduct = Conduct { persistent: true, heeds_advice: true, ..Conduct::default() };
    let world = |name, does| {
        let operation = Operation { client: 0, begins: 0, conduct, does };
        Small { name, scenario: scenario(operation) }
    };
    let mut worlds = vec![
        world("2.0 query", Does::Query2(query2())),
        world("2.0 load", Does::Load2(load2(LoadWay::Load))),
        world("1.0 query", Does::Query1(query1(None))),
        world("1.0 batches", Does::Load1(load1())),
    ];
    if extent == Extent::Whole {
        worlds.push(world("2.0 load in steps", Does::Load2(load2(LoadWay::Steps))));
        worlds.push(world("1.0 chunked query", Does::Query1(query1(Some(2)))));
    }
    worlds
}

fn scenario(operation: Operation) -> Scenario {
    let config = json!({ "pageSize": 2, "resultsPerBatch": 2, "queueMs": 50, "processingMs": 50 });
    let config = config.as_object().cloned().unwrap_or_default();
    let poll = Setup { poll_first: 500, poll_max: 2_000, ..Setup::default() };
    Scenario {
        seed: 1,
        org: OrgSetup { config, contacts: 3, leads: 0, accounts: 0 },
        setup: poll,
        work: Vec::new(),
        operations: vec![operation],
        faults: Faults { until: 0, weather: Weather::Strikes(Vec::new()) },
    }
}

fn soql() -> Soql {
    Soql { object: "Contact".to_owned(), fields: vec!["LastName".to_owned()], limit: None }
}

fn query2() -> Query2 {
    Query2 {
        soql: soql(),
        way: Way2::Whole,
        reading: Reading::Records,
        max_records: None,
        delimiter: Default::default(),
        crlf: false,
        delete: false,
    }
}

fn query1(chunk: Option<u32>) -> Query1 {
    Query1 {
        soql: soql(),
        format: Format::Csv,
        started: chunk.is_none(),
        chunk,
        beside: None,
        reading: Reading::Records,
        each_result: false,
    }
}

fn data() -> Data {
    Data { operation: LoadOperation::Insert, group: 0, rows: 3, bad_every: 0 }
}

fn load2(way: LoadWay) -> Load2 {
    Load2 {
        data: data(),
        way,
        delimiter: Default::default(),
        crlf: false,
        as_rows: false,
        abort_job: false,
        delete: false,
    }
}

fn load1() -> Load1 {
    Load1 {
        data: data(),
        format: Format::Csv,
        batches: 1,
        equal: false,
        at_once: false,
        serial: false,
        abort_job: false,
    }
}

impl Small {
    /// The same with these faults.
    pub fn with(&self, placed: Vec<Placed>) -> Scenario {
        let faults = Faults { until: 0, weather: Weather::Placed(placed) };
        Scenario { faults, ..self.scenario.clone() }
    }

    /// How many requests it takes with these faults.
    fn requests(&self, placed: &[Placed]) -> u32 {
        requests(&simulate(&self.with(placed.to_vec())))
    }

    /// Where one fault can be, in each of its forms.
    pub fn singles(&self) -> Vec<Placed> {
        let places = 0..self.requests(&[]);
        let at = |request: u32| {
            Kind::ALL
                .into_iter()
                .flat_map(move |kind| (0..FORMS).map(move |form| Placed { request, kind, form }))
        };
        places.flat_map(at).collect()
    }

    /// All pairs of faults of which this is the first.
    pub fn pairs(&self, first: Placed, extent: Extent) -> Vec<Scenario> {
        if extent == Extent::Short && first.form != (first.request + first.kind as u32) % FORMS {
            return Vec::new();
        }
        let requests = self.requests(&[first]).min(first.request + FAR);
        let second = (first.request + 1..requests).flat_map(|request| {
            Kind::ALL.into_iter().zip(0..).map(move |(kind, at)| {
                // Other forms of the same kind elsewhere.
                let form = (first.form + request + at) % FORMS;
                Placed { request, kind, form }
            })
        });
        second.map(|second| self.with(vec![first, second])).collect()
    }
}

/// So many forms of each kind are tried.
pub const FORMS: u32 = 4;

/// So many requests behind the first fault the second one is placed at the most.
const FAR: u32 = 12;

fn requests(verdict: &Verdict) -> u32 {
    verdict.requests.get(&0).copied().unwrap_or(0)
}
