//! Text on its way into XML.

/// Appends `text` to `out` so that it may stand in an element or a quoted attribute.
///
/// A character that XML 1.0 forbids (NUL and most other controls, U+FFFE, U+FFFF) becomes U+FFFD, so
/// that its loss shows. A carriage return is written as a reference: parsers turn a raw one into a
/// line feed.
pub fn escape(text: &str, out: &mut String) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(char),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(char),
        }
    }
}
