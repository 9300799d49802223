//! The states something has been in, and since when.

/// The states something has been in.
#[derive(Debug, Clone)]
pub struct History<S> {
    first: Entry<S>,
    later: Vec<Entry<S>>,
}

/// A state, and when it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<S> {
    /// The state.
    pub state: S,
    /// When it began, in milliseconds since 1970.
    pub since: i64,
}

impl<S: Copy> History<S> {
    /// What came to be in this state at this time.
    pub fn new(state: S, since: i64) -> Self {
        Self { first: Entry { state, since }, later: Vec::new() }
    }

    /// Enters a state.
    pub fn enter(&mut self, state: S, since: i64) {
        self.later.push(Entry { state, since });
    }

    /// The state of now.
    pub fn state(&self) -> S {
        self.last().state
    }

    /// When it came to be.
    pub fn created(&self) -> i64 {
        self.first.since
    }

    /// When its state last changed.
    pub fn modified(&self) -> i64 {
        self.last().since
    }

    /// The state at a time, unless that is before it came to be.
    pub fn at(&self, time: i64) -> Option<Entry<S>> {
        let began = |entry: &&Entry<S>| entry.since <= time;
        self.later.iter().rev().find(began).or(Some(&self.first).filter(began)).copied()
    }

    /// The state of now, and since when.
    pub fn last(&self) -> Entry<S> {
        *self.later.last().unwrap_or(&self.first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_has_its_state() {
        let mut history = History::new('a', 10);
        history.enter('b', 20);
        history.enter('c', 20);
        history.enter('d', 30);
        let cases = [(9, None), (10, Some('a')), (19, Some('a')), (20, Some('c')), (99, Some('d'))];
        for (time, expected) in cases {
            assert_eq!(history.at(time).map(|entry| entry.state), expected, "{time}");
        }
        assert_eq!((history.created(), history.modified(), history.state()), (10, 30, 'd'));
    }
}
