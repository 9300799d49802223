//! A JSON string literal.

/// Writes `text` as a JSON string.
pub(crate) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1F}' => control(char as u8, out),
            _ => out.push(char),
        }
    }
    out.push('"');
}

fn control(byte: u8, out: &mut String) {
    out.push_str("\\u00");
    for digit in [byte >> 4, byte & 0xF] {
        out.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
    }
}
