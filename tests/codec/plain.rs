//! Random CSV in the plain dialect, long enough for some blocks, and with one irregularity in it.

use super::random::Random;
use salesforce_bulk::csv::{DecodeOptions, Delimiter, Ragged};

/// What a quoted cell may hold; `,` stands for the delimiter.
const QUOTED: [&str; 11] =
    ["a", "bc", " ", ",", "\"\"", "\"\"\"\"", "\n", "\r\n", "\r", "\u{E9}", "\u{1F600}"];

/// What an unquoted one may.
const UNQUOTED: [&str; 6] = ["a", "bcd", " ", "\0", "\u{20AC}", "\u{1F600}"];

/// What is not plain, in place of a cell; `,` stands for the delimiter here too.
pub const IRREGULAR: [&[u8]; 16] = [
    b"x\"y",
    b"x\"y,z\"",
    b"x\"\"",
    b"\"x\"y",
    b"\"x\" ",
    b"\"x\"y\"z",
    b"x\ry",
    b"\"x\"\r",
    b"\r\r",
    b"x,y",
    b"x\ny",
    b"\n\n",
    b"\r\n\r\n",
    b"\xFF",
    b"\"\xC3\"\"\xA9\"",
    b"\"x",
];

/// Texts that may mean null; the first means nothing.
const NULLS: [&str; 5] = ["", "a", "bcd", "\u{20AC}", "\""];

/// How random documents are to be read.
pub fn random_options(random: &mut Random) -> DecodeOptions {
    DecodeOptions {
        delimiter: *random.pick(&Delimiter::ALL),
        ragged: *random.pick(&[Ragged::Error, Ragged::Error, Ragged::Pad]),
        fatal_utf8: random.below(3) == 0,
        max_record: *random.pick(&[16 << 20, 16 << 20, 16 << 20, 9, 70, 150]),
        header: None,
        null: (*random.pick(&NULLS)).to_owned(),
    }
}

/// Plain records of so many cells, some blocks of them.
pub fn plain_document(random: &mut Random, delimiter: Delimiter, columns: usize) -> Vec<u8> {
    let crlf = random.below(3) == 0;
    let mut document = Vec::new();
    for _ in 0..2 + random.below(12) {
        for column in 0..columns {
            if column > 0 {
                document.push(delimiter.byte());
            }
            plain_cell(random, delimiter, &mut document);
        }
        document.extend_from_slice(if crlf { b"\r\n" } else { b"\n" });
    }
    document
}

/// The document with one irregular cell before or behind one of its delimiters.
pub fn with_irregularity(
    random: &mut Random,
    delimiter: Delimiter,
    mut document: Vec<u8>,
) -> Vec<u8> {
    let is_place = |&at: &usize| document[at] == delimiter.byte() || document[at] == b'\n';
    let places: Vec<usize> = (0..document.len()).filter(is_place).collect();
    let at = *random.pick(&places) + random.below(2);
    let cell = delimited(random.pick::<&[u8]>(&IRREGULAR), delimiter);
    document.splice(at..at, cell);
    document
}

/// The text with its commas made into delimiters.
pub fn delimited(text: &[u8], delimiter: Delimiter) -> Vec<u8> {
    text.iter().map(|&byte| if byte == b',' { delimiter.byte() } else { byte }).collect()
}

fn plain_cell(random: &mut Random, delimiter: Delimiter, out: &mut Vec<u8>) {
    let longest = *random.pick(&[2, 5, 30]);
    if random.below(2) == 0 {
        (0..random.below(longest)).for_each(|_| out.extend(random.pick(&UNQUOTED).as_bytes()));
        return;
    }
    out.push(b'"');
    for _ in 0..random.below(longest) {
        out.extend(delimited(random.pick(&QUOTED).as_bytes(), delimiter));
    }
    out.push(b'"');
}
