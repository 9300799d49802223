//! Texts searched and cut. `str` can do all of it, by a search for long texts and with panics that print what they were
//! given: these few lines keep 3 kB out of every download.

/// Where `wanted` first stands in `text`.
pub fn find(text: &str, wanted: &str) -> Option<usize> {
    let mut windows = text.as_bytes().windows(wanted.len().max(1));
    windows.position(|window| window == wanted.as_bytes())
}

/// Whether `wanted` stands anywhere in `text`.
pub fn contains(text: &str, wanted: &str) -> bool {
    find(text, wanted).is_some()
}

/// What stands before the first separator, and what behind it.
pub fn split_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, separator)?;
    let (before, rest) = split_at(text, at);
    Some((before, rest.get(separator.len()..).unwrap_or_default()))
}

/// What stands before a place, and what from there on; all of it before one that is none.
pub fn split_at(text: &str, at: usize) -> (&str, &str) {
    text.get(..at).zip(text.get(at..)).unwrap_or((text, ""))
}

/// The text with another in place of each `old`, which is not empty.
pub fn replace(text: &str, old: &str, new: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = split_once(rest, old) {
        out.push_str(before);
        out.push_str(new);
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_as_the_standard_library_does_it() {
        for text in ["", "a", "a--b", "----", "é😀--é", "a-", "--", "ab--"] {
            for wanted in ["--", "a", "é", "😀-", "x"] {
                assert_eq!(find(text, wanted), text.find(wanted), "{text} {wanted}");
                assert_eq!(contains(text, wanted), text.contains(wanted), "{text} {wanted}");
                assert_eq!(split_once(text, wanted), text.split_once(wanted), "{text} {wanted}");
                assert_eq!(replace(text, wanted, "…"), text.replace(wanted, "…"), "{text}");
            }
            for at in 0..text.len() + 2 {
                let expected = text.split_at_checked(at).unwrap_or((text, ""));
                assert_eq!(split_at(text, at), expected, "{text} {at}");
            }
        }
    }
}
