//! Halves of surrogate pairs, which serde_json refuses.

use std::borrow::Cow;

/// Replaces each escape of half a surrogate pair (`\ud83d` without its other half) by the escape of U+FFFD. Salesforce
/// cuts texts by UTF-16 units, and so do the callers' own programs: their records are not to fail by that.
pub(super) fn replace_lone_surrogates(json: &[u8]) -> Cow<'_, [u8]> {
    let mut json = Cow::Borrowed(json);
    let mut at = 0;
    while let Some(found) = json.iter().skip(at).position(|byte| *byte == b'\\') {
        at += found;
        let rest = json.get(at..).unwrap_or_default();
        at += match (half(rest), rest.get(6..).and_then(half)) {
            (None, _) => 2,
            (Some(Half::High), Some(Half::Low)) => 12,
            (Some(_), _) => {
                let digits = json.to_mut().iter_mut().skip(at + 2);
                digits.zip(b"fffd").for_each(|(digit, new)| *digit = *new);
                6
            }
        };
    }
    json
}

/// Half of a surrogate pair.
enum Half {
    /// `d800` to `dbff`, the first of a pair.
    High,
    /// `dc00` to `dfff`, the second.
    Low,
}

/// Which half's escape the bytes begin with.
fn half(bytes: &[u8]) -> Option<Half> {
    match bytes {
        [b'\\', b'u', b'd' | b'D', kind, rest @ ..] if is_hex(rest.get(..2)?) => match kind {
            b'8' | b'9' | b'a' | b'b' | b'A' | b'B' => Some(Half::High),
            b'c'..=b'f' | b'C'..=b'F' => Some(Half::Low),
            _ => None,
        },
        _ => None,
    }
}

fn is_hex(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_alone_are_replaced_and_nothing_else_is() {
        for (json, mended) in [
            (r#""\ud83d""#, r#""\ufffd""#),
            (r#""\uDE00x""#, r#""\ufffdx""#),
            (r#""\ud83d\u0041\ude00""#, r#""\ufffd\u0041\ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\ude00\ud83d""#, r#""\ufffd\ufffd""#),
            (r#""\\\ud83d\\ud83d""#, r#""\\\ufffd\\ud83d""#),
            (r#""\uD83D\n""#, r#""\ufffd\n""#),
        ] {
            assert_eq!(replace_lone_surrogates(json.as_bytes()), mended.as_bytes(), "{json}");
        }
    }

    #[test]
    fn what_needs_no_change_is_not_copied() {
        for json in [
            "",
            "{}",
            r#""plain""#,
            r#""\ud83d\ude00""#,
            r#""\\ud83d""#,
            r#""\uD7FF\ue000""#,
            "\\",
            r"\u",
            r"\ud83",
            r"\ud83g",
            r"\u+d83d",
        ] {
            let mended = replace_lone_surrogates(json.as_bytes());
            assert!(matches!(mended, Cow::Borrowed(_)), "{json}");
        }
    }
}
