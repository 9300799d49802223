//! The names by which jobs call delimiters and line endings.

use salesforce_bulk::csv::{Delimiter, LineEnding};

#[test]
fn delimiters_go_by_salesforces_names() {
    let table = [
        (Delimiter::Backquote, "BACKQUOTE", b'`'),
        (Delimiter::Caret, "CARET", b'^'),
        (Delimiter::Comma, "COMMA", b','),
        (Delimiter::Pipe, "PIPE", b'|'),
        (Delimiter::Semicolon, "SEMICOLON", b';'),
        (Delimiter::Tab, "TAB", b'\t'),
    ];
    for (delimiter, name, byte) in table {
        assert_eq!((delimiter.name(), delimiter.byte()), (name, byte));
        assert_eq!(Delimiter::from_name(name), Some(delimiter));
        assert_eq!(Delimiter::from_byte(byte), Some(delimiter));
    }
    assert_eq!(Delimiter::default(), Delimiter::Comma);
    assert_eq!(Delimiter::from_name("comma"), None);
    assert_eq!(Delimiter::from_byte(b':'), None);
}

#[test]
fn line_endings_go_by_salesforces_names() {
    for (ending, name, bytes) in [(LineEnding::Lf, "LF", "\n"), (LineEnding::Crlf, "CRLF", "\r\n")]
    {
        assert_eq!((ending.name(), ending.bytes()), (name, bytes.as_bytes()));
        assert_eq!(LineEnding::from_name(name), Some(ending));
    }
    assert_eq!(LineEnding::default(), LineEnding::Lf);
    assert_eq!(LineEnding::from_name("CR"), None);
}
