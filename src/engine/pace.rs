//! How often to ask whether a job has ended.

use crate::error::Result;
use crate::wire::arguments::Arguments;

/// Polling grows from `first` to `max`, in ms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poll {
    /// The first pause.
    pub first: f64,
    /// The longest pause.
    pub max: f64,
}

impl Default for Poll {
    fn default() -> Self {
        Poll { first: 1000.0, max: 20_000.0 }
    }
}

impl Poll {
    /// These pauses, with what the caller has given in their place.
    ///
    /// # Errors
    /// Where that is no number.
    pub fn with(self, given: Arguments<'_>) -> Result<Poll> {
        let number = |name| given.optional_number(name).map(|ms| ms.map(|ms| ms as f64));
        Ok(Poll {
            first: number("first")?.unwrap_or(self.first),
            max: number("max")?.unwrap_or(self.max),
        })
    }
}

const GROWTH: f64 = 1.5;

/// The pauses of one wait.
pub struct Pace {
    pause: f64,
    max: f64,
}

impl Pace {
    /// From the first pause on.
    pub fn new(poll: Poll) -> Self {
        Pace { pause: poll.first.min(poll.max), max: poll.max }
    }

    /// The next pause.
    pub fn pause(&mut self) -> f64 {
        let pause = self.pause;
        self.pause = (pause * GROWTH).min(self.max);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_the_longest() {
        let mut pace = Pace::new(Poll { first: 1000.0, max: 2000.0 });
        assert_eq!(
            [pace.pause(), pace.pause(), pace.pause(), pace.pause()],
            [1000.0, 1500.0, 2000.0, 2000.0]
        );
        assert_eq!(Pace::new(Poll { first: 9.0, max: 3.0 }).pause(), 3.0);
    }
}
