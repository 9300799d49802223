//! Makes a failing scenario smaller, for as long as it fails the same way.

use std::ops::Range;

use serde_json::{Map, Value, json};

use crate::faults::{Strike, Weather};
use crate::ledger::Violation;
use crate::scenario::Scenario;
use crate::simulate::simulate;

/// So many scenarios are tried at the most.
const BUDGET: u32 = 4_000;

/// A scenario as it is written down, and how often others may still be tried.
struct Shrinking {
    symptom: String,
    best: Value,
    left: u32,
}

/// The smallest scenario that was found to fail the same way.
pub fn shrink(scenario: &Scenario, violation: &Violation) -> Value {
    let symptom = symptom_of(violation);
    let mut shrinking = Shrinking { symptom, best: json!(scenario), left: BUDGET };
    shrinking.fix_weather(scenario);
    loop {
        let before = shrinking.best.clone();
        shrinking.drop_operations();
        shrinking.drop_elements("/faults/weather/strikes");
        shrinking.simplify(&mut Vec::new());
        if shrinking.best == before || shrinking.left == 0 {
            return shrinking.best;
        }
    }
}

/// What is broken and how, without what differs from one scenario to another.
fn symptom_of(violation: &Violation) -> String {
    let text = violation.to_string();
    let words = text
        .split_whitespace()
        .filter(|word| !word.contains(|letter: char| letter.is_ascii_digit()));
    words.take(14).collect::<Vec<_>>().join(" ")
}

/// What is broken by a case as it is written down, where it can be read.
fn symptom(case: &Value) -> Option<String> {
    let scenario: Scenario = serde_json::from_value(case.clone()).ok()?;
    simulate(&scenario).violations.first().map(symptom_of)
}

impl Shrinking {
    /// Takes a candidate if it fails the same way.
    fn take(&mut self, candidate: Value) -> bool {
        if self.left == 0 || candidate == self.best {
            return false;
        }
        self.left -= 1;
        let same = symptom(&candidate).as_ref() == Some(&self.symptom);
        if same {
            self.best = candidate;
        }
        same
    }

    /// What the swarm has chosen stands in its place.
    fn fix_weather(&mut self, scenario: &Scenario) {
        let strikes = simulate(scenario).strikes;
        let mut fixed = scenario.clone();
        fixed.faults.weather = Weather::Strikes(strikes);
        self.take(json!(fixed));
    }

    /// Drops one operation after another, with its strikes.
    fn drop_operations(&mut self) {
        let mut at = 0;
        while let Ok(scenario) = serde_json::from_value::<Scenario>(self.best.clone())
            && at < scenario.operations.len()
            && scenario.operations.len() > 1
        {
            if !self.take(json!(without(scenario, at))) {
                at += 1;
            }
        }
    }

    /// Drops elements of a list: many at once, then fewer, then one by one.
    fn drop_elements(&mut self, pointer: &str) {
        let length =
            |value: &Value| value.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len);
        let mut size = length(&self.best).next_power_of_two();
        while size > 0 {
            let mut at = 0;
            while at < length(&self.best) {
                let end = (at + size).min(length(&self.best));
                let mut candidate = self.best.clone();
                remove_elements(&mut candidate, pointer, at..end);
                if !self.take(candidate) {
                    at += size;
                }
            }
            size /= 2;
        }
    }

    /// Drops every member that can be dropped, and makes every number smaller.
    fn simplify(&mut self, path: &mut Vec<String>) {
        let pointer: String = path.iter().map(|step| format!("/{step}")).collect();
        let Some(here) = self.best.pointer(&pointer).cloned() else { return };
        match here {
            Value::Object(members) => self.simplify_members(path, &pointer, &members),
            Value::Array(elements) => {
                self.drop_elements(&pointer);
                for at in 0..elements.len() {
                    path.push(at.to_string());
                    self.simplify(path);
                    path.pop();
                }
            }
            Value::Number(number) => {
                let number = number.as_i64().unwrap_or(0);
                for smaller in [0, 1, number / 4, number / 2, number - 1] {
                    if (0..number).contains(&smaller) && self.set(&pointer, json!(smaller)) {
                        return;
                    }
                }
            }
            Value::Bool(true) => drop(self.set(&pointer, json!(false))),
            _ => {}
        }
    }

    fn simplify_members(
        &mut self,
        path: &mut Vec<String>,
        pointer: &str,
        members: &Map<String, Value>,
    ) {
        for name in members.keys() {
            let mut candidate = self.best.clone();
            let object = candidate.pointer_mut(pointer).and_then(Value::as_object_mut);
            object.map(|object| object.remove(name));
            if !self.take(candidate) {
                path.push(name.clone());
                self.simplify(path);
                path.pop();
            }
        }
    }

    fn set(&mut self, pointer: &str, value: Value) -> bool {
        let mut candidate = self.best.clone();
        if let Some(place) = candidate.pointer_mut(pointer) {
            *place = value;
        }
        self.take(candidate)
    }
}

fn without(mut scenario: Scenario, at: usize) -> Scenario {
    scenario.operations.remove(at);
    if let Weather::Strikes(strikes) = &mut scenario.faults.weather {
        let gone = at as u32;
        strikes.retain(|strike| strike.operation != gone);
        let behind = |strike: &&mut Strike| strike.operation > gone;
        strikes.iter_mut().filter(behind).for_each(|strike| strike.operation -= 1);
    }
    scenario
}

fn remove_elements(value: &mut Value, pointer: &str, range: Range<usize>) {
    if let Some(list) = value.pointer_mut(pointer).and_then(Value::as_array_mut) {
        list.drain(range.start.min(list.len())..range.end.min(list.len()));
    }
}
