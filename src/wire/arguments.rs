//! What the caller has given, read member by member: a wrong one is an error that names it, never a default.

use crate::error::{Error, Result};
use crate::json::Value;

/// The members of an object of options.
#[derive(Clone, Copy)]
pub struct Arguments<'a>(pub &'a Value);

impl<'a> Arguments<'a> {
    /// A member; none where it is absent or null.
    pub fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !matches!(value, Value::Null))
    }

    /// A text that must be there.
    pub fn text(self, name: &str) -> Result<String> {
        self.optional_text(name)?.ok_or_else(|| wrong(name, "a string"))
    }

    /// A text that may be left out.
    pub fn optional_text(self, name: &str) -> Result<Option<String>> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let read = |value| text(value).ok_or_else(|| wrong(name, "a string"));
        self.get(name).map(read).transpose()
    }

    /// A whole number that may be left out.
    pub fn optional_number(self, name: &str) -> Result<Option<u64>> {
        let number = |value: &Value| value.as_u64().ok_or_else(|| wrong(name, "a whole number"));
        self.get(name).map(number).transpose()
    }

    /// A yes or no that may be left out.
    pub fn optional_flag(self, name: &str) -> Result<Option<bool>> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(wrong(name, "true or false")),
        }
    }

    /// One of a few names that may be left out.
    pub fn optional_choice<T>(
        self,
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>> {
        let Some(text) = self.optional_text(name)? else { return Ok(None) };
        let unknown = || Error::argument(format!("{name} cannot be {text}."));
        read(&text).map(Some).ok_or_else(unknown)
    }

    /// The options in a member.
    pub fn within(self, name: &str) -> Arguments<'a> {
        Arguments(self.get(name).unwrap_or(&Value::Null))
    }
}

fn wrong(name: &str, wanted: &str) -> Error {
    Error::argument(format!("{name} must be {wanted}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let given = Value::object([("a", "x".into()), ("n", 7_u64.into()), ("null", Value::Null)]);
        let given = Arguments(&given);
        assert_eq!(given.text("a").expect("a text"), "x");
        assert_eq!(given.optional_number("n").expect("a number"), Some(7));
        assert_eq!(given.optional_text("null").expect("nothing"), None);
        assert_eq!(given.within("none").optional_flag("b").expect("nothing"), None);
        for (error, message) in [
            (given.text("b").map(drop), "b must be a string."),
            (given.text("n").map(drop), "n must be a string."),
            (given.optional_number("a").map(drop), "a must be a whole number."),
            (given.optional_flag("a").map(drop), "a must be true or false."),
            (given.optional_choice("a", |_| None::<()>).map(drop), "a cannot be x."),
        ] {
            assert_eq!(error.expect_err("an error").message, message);
        }
    }
}
