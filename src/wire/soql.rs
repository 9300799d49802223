//! The one thing a client must know of SOQL: which object a query is about.

use crate::text::split_at;

/// The object of the root FROM. Text in quotes and in parentheses is passed over: a subquery has a FROM of its own.
pub fn root_object(soql: &str) -> Option<&str> {
    let mut words = Words { rest: soql };
    words.find(|word| word.eq_ignore_ascii_case("from"))?;
    words.next()
}

/// The bare words outside of strings and parentheses.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        loop {
            self.rest = self
                .rest
                .trim_start_matches(|letter| !is_word(letter) && !matches!(letter, '\'' | '('));
            match self.rest.chars().next()? {
                '\'' => self.rest = after_string(self.rest),
                '(' => self.rest = after_parentheses(self.rest),
                _ => return Some(self.word()),
            }
        }
    }
}

impl<'a> Words<'a> {
    fn word(&mut self) -> &'a str {
        let end = self.rest.find(|letter| !is_word(letter)).unwrap_or(self.rest.len());
        let (word, rest) = split_at(self.rest, end);
        self.rest = rest;
        word
    }
}

/// A path such as `Account.From` is one word, and no FROM.
fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.') || !letter.is_ascii()
}

fn after_string(text: &str) -> &str {
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '\'' => return text.get(at + 1..).unwrap_or_default(),
            _ => {}
        }
    }
    ""
}

fn after_parentheses(text: &str) -> &str {
    let mut rest = text;
    let mut depth = 0_usize;
    while let Some(letter) = rest.chars().next() {
        match letter {
            '\'' => {
                rest = after_string(rest);
                continue;
            }
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        if depth == 0 {
            return rest;
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_from_is_found() {
        for (soql, object) in [
            ("SELECT Id FROM Account", Some("Account")),
            ("select id\nfrom\tMy__c\nwhere x = 1", Some("My__c")),
            ("SELECT Id,(SELECT Id FROM Contacts) FROM Account", Some("Account")),
            (
                "SELECT Id, (SELECT Id FROM Contacts WHERE Name = 'a)b' AND (X = 1)) FROM Account",
                Some("Account"),
            ),
            ("SELECT Id FROM Lead WHERE Name = 'away from Home'", Some("Lead")),
            ("SELECT 'x from y', Id FROM Case", Some("Case")),
            (r"SELECT toLabel('it\'s from X') FROM Task", Some("Task")),
            ("SELECT Email.From FROM EmailMessage", Some("EmailMessage")),
            ("SELECT FromAddress FROM EmailMessage", Some("EmailMessage")),
            ("SELECT Id FROM", None),
            ("", None),
            ("SELECT Id WHERE x = 'from A", None),
            ("SELECT (SELECT Id FROM Contacts", None),
            ("SELECT Näme FROM Größe", Some("Größe")),
        ] {
            assert_eq!(root_object(soql), object, "{soql}");
        }
    }
}
