//! Records to bytes.

use super::random::Random;
use super::twin;
use salesforce_bulk::csv::{Delimiter, EncodeError, Encoder, LineEnding};

/// Writes rows of cells as JavaScript hands them over.
pub fn encode(encoder: &mut Encoder, rows: &[Vec<&str>], columns: usize) -> Vec<u8> {
    let text: String = rows.concat().concat();
    let length = |cell: &&str| cell.encode_utf16().count() as u32;
    let lengths: Vec<u32> = rows.iter().flatten().map(length).collect();
    let mut out = Vec::new();
    encoder.rows(&text, &lengths, columns, &mut out).unwrap();
    out
}

#[test]
fn a_cell_is_quoted_only_where_it_must_be() {
    let table = [
        ("plain", "plain"),
        ("", ""),
        (" spaced ", " spaced "),
        ("a,b", "\"a,b\""),
        ("a;b", "a;b"),
        ("\"", "\"\"\"\""),
        ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("a\nb", "\"a\nb\""),
        ("a\rb", "\"a\rb\""),
        ("\u{FEFF}", "\u{FEFF}"),
        ("a\u{FEFF}", "a\u{FEFF}"),
        ("nul\0", "nul\0"),
        ("😀é€", "😀é€"),
        ("#N/A", "#N/A"),
    ];
    let mut encoder = Encoder::new(Delimiter::Comma, LineEnding::Lf);
    for (cell, written) in table {
        let out = encode(&mut encoder, &[vec!["x", cell]], 2);
        assert_eq!(String::from_utf8(out).unwrap(), format!("x,{written}\n"));
    }
}

#[test]
fn what_would_be_a_byte_order_mark_is_quoted_at_the_very_start() {
    let encoder = || Encoder::new(Delimiter::Comma, LineEnding::Lf);
    let rows = vec![vec!["\u{FEFF}a", "\u{FEFF}"], vec!["\u{FEFF}", ""]];
    let expected = "\"\u{FEFF}a\",\u{FEFF}\n\u{FEFF},\n";
    assert_eq!(encode(&mut encoder(), &rows, 2), expected.as_bytes());
    let mut out = Vec::new();
    let mut headed = encoder();
    headed.header(&["\u{FEFF}a", "\u{FEFF}"], &mut out);
    assert_eq!(out, "\"\u{FEFF}a\",\u{FEFF}\n".as_bytes());
    assert_eq!(encode(&mut headed, &[vec!["\u{FEFF}", ""]], 2), "\u{FEFF},\n".as_bytes());
}

#[test]
fn an_empty_cell_alone_in_its_row_is_quoted() {
    let mut encoder = Encoder::new(Delimiter::Comma, LineEnding::Crlf);
    assert_eq!(encode(&mut encoder, &[vec![""], vec!["x"]], 1), b"\"\"\r\nx\r\n");
    let mut out = Vec::new();
    encoder.header(&[""], &mut out);
    encoder.header(&["Id", "Name,2"], &mut out);
    assert_eq!(out, b"\"\"\r\nId,\"Name,2\"\r\n");
}

#[test]
fn each_dialect_quotes_its_own_delimiter() {
    for delimiter in Delimiter::ALL {
        let mut encoder = Encoder::new(delimiter, LineEnding::Lf);
        let cells: Vec<String> =
            Delimiter::ALL.map(|other| char::from(other.byte()).to_string()).into();
        let row: Vec<&str> = cells.iter().map(String::as_str).collect();
        let out = encode(&mut encoder, &[row], 6);
        assert_eq!(out.iter().filter(|&&byte| byte == b'"').count(), 2, "{delimiter:?}");
        assert_eq!(twin::read(&out, delimiter.byte(), true).header, Some(cells));
    }
}

#[test]
fn lengths_that_do_not_fit_are_errors_and_write_nothing() {
    let table: [(&str, &[u32], usize, EncodeError); 8] = [
        ("ab", &[1], 1, EncodeError::Text { cell: 1 }),
        ("ab", &[1, 2], 1, EncodeError::Text { cell: 1 }),
        ("é", &[2], 1, EncodeError::Text { cell: 0 }),
        ("a", &[], 1, EncodeError::Text { cell: 0 }),
        ("😀", &[1, 1], 2, EncodeError::SplitPair { cell: 0 }),
        ("ab", &[1, 1], 3, EncodeError::Rows { cells: 2, columns: 3 }),
        ("ab", &[1, 1], 0, EncodeError::Rows { cells: 2, columns: 0 }),
        ("a", &[u32::MAX], 1, EncodeError::Text { cell: 0 }),
    ];
    let mut encoder = Encoder::new(Delimiter::Comma, LineEnding::Lf);
    for (text, lengths, columns, error) in table {
        let mut out = b"before".to_vec();
        assert_eq!(encoder.rows(text, lengths, columns, &mut out), Err(error), "{text}");
        assert_eq!(out, b"before");
    }
    assert_eq!(encoder.rows("", &[], 0, &mut Vec::new()), Ok(()));
}

#[test]
fn what_is_written_reads_back_the_same() {
    const PIECES: [&str; 11] = ["a", "\"", ",", ";", "\n", "\r", " ", "é", "😀", "\u{FEFF}", "\0"];
    let mut random = Random::new(1);
    for round in 0..3000 {
        let columns = 1 + random.below(4);
        let delimiter = *random.pick(&Delimiter::ALL);
        let ending = *random.pick(&[LineEnding::Lf, LineEnding::Crlf]);
        let rows: Vec<Vec<String>> = (0..1 + random.below(4))
            .map(|_| {
                let cell = |random: &mut Random| {
                    (0..random.below(5)).map(|_| *random.pick(&PIECES)).collect()
                };
                (0..columns).map(|_| cell(&mut random)).collect()
            })
            .collect();
        let cells: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let out = encode(&mut Encoder::new(delimiter, ending), &cells, columns);
        let back = twin::read(&out, delimiter.byte(), true);
        let (header, rest) = rows.split_first().unwrap();
        assert_eq!((back.header.as_ref(), back.rows.as_slice()), (Some(header), rest), "{round}");
        assert_eq!(back.error, None);
    }
}
