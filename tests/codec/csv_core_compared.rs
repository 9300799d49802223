//! csv-core, which the general decoder is made of, on its own: where our rules are its rules, and where not.

use super::csv_decode::{Read, read, show, strings};
use super::plain::{plain_document, with_irregularity};
use super::random::Random;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use salesforce_bulk::csv::CsvErrorKind::{Ragged, Unterminated};
use salesforce_bulk::csv::{CsvErrorKind, DecodeOptions, Delimiter};

/// The records that csv-core reads from the chunks, and one empty chunk more: the end.
fn by_csv_core(delimiter: u8, chunks: &[&[u8]]) -> Vec<Vec<String>> {
    let mut core = Core {
        reader: ReaderBuilder::new().delimiter(delimiter).build(),
        text: vec![0; chunks.concat().len() + 1],
        ends: vec![0; chunks.concat().len() + 1],
        filled: (0, 0),
        records: Vec::new(),
    };
    chunks.iter().chain([&b"".as_slice()]).for_each(|chunk| core.read(chunk));
    core.records
}

struct Core {
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    /// How much of the two the open record has.
    filled: (usize, usize),
    records: Vec<Vec<String>>,
}

impl Core {
    fn read(&mut self, mut bytes: &[u8]) {
        loop {
            let (text, ends) = (&mut self.text[self.filled.0..], &mut self.ends[self.filled.1..]);
            let (result, used, written, ended) = self.reader.read_record(bytes, text, ends);
            bytes = &bytes[used..];
            self.filled = (self.filled.0 + written, self.filled.1 + ended);
            match result {
                ReadRecordResult::Record => self.end_record(),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return,
                full => panic!("the buffers are as large as the data: {full:?}"),
            }
        }
    }

    fn end_record(&mut self) {
        let ends = &self.ends[..self.filled.1];
        let starts = [0].into_iter().chain(ends.iter().copied());
        let cells = starts.zip(ends).map(|(start, &end)| &self.text[start..end]);
        self.records.push(cells.map(|cell| String::from_utf8_lossy(cell).into_owned()).collect());
        self.filled = (0, 0);
    }
}

fn records(read: &Read) -> Vec<Vec<String>> {
    read.header.iter().chain(&read.rows).cloned().collect()
}

#[test]
fn what_is_regular_csv_core_reads_alike() {
    let mut random = Random::new(9);
    let mut read_alike = 0;
    for round in 0..1200 {
        let delimiter = *random.pick(&Delimiter::ALL);
        let columns = 2 + random.below(3);
        let mut document = plain_document(&mut random, delimiter, columns);
        if round % 2 == 0 {
            document = with_irregularity(&mut random, delimiter, document);
        }
        let options = DecodeOptions { delimiter, ..DecodeOptions::default() };
        let ours = read(&options, &[&document], false);
        if ours.error.is_none() {
            let theirs = by_csv_core(delimiter.byte(), &[&document]);
            assert_eq!(records(&ours), theirs, "{}", show(&document));
            read_alike += 1;
        }
    }
    assert!(read_alike > 700, "only {read_alike} documents were regular");
}

struct Difference {
    what: &'static str,
    chunks: &'static [&'static [u8]],
    theirs: &'static [&'static [&'static str]],
    ours: &'static [&'static [&'static str]],
    error: Option<CsvErrorKind>,
}

const DIFFERENCES: &[Difference] = &[
    Difference {
        what: "an empty line in data of one column is a null",
        chunks: &[b"a\n1\n\n2\n"],
        theirs: &[&["a"], &["1"], &["2"]],
        ours: &[&["a"], &["1"], &[""], &["2"]],
        error: None,
    },
    Difference {
        what: "and that is so however lines end",
        chunks: &[b"a\r1\r\r\r\n"],
        theirs: &[&["a"], &["1"]],
        ours: &[&["a"], &["1"], &[""], &[""]],
        error: None,
    },
    Difference {
        what: "a byte order mark is one even if it comes in two chunks",
        chunks: &[b"\xEF", b"\xBB\xBFa\n1\n"],
        theirs: &[&["\u{FEFF}a"], &["1"]],
        ours: &[&["a"], &["1"]],
        error: None,
    },
    Difference {
        what: "the mark of another encoding is an error",
        chunks: &[b"\xFF\xFEa\n"],
        theirs: &[&["\u{FFFD}\u{FFFD}a"]],
        ours: &[],
        error: Some(CsvErrorKind::NotUtf8),
    },
    Difference {
        what: "an empty chunk is nothing, not the end",
        chunks: &[b"a,b\n1,x", b"", b"y\n"],
        theirs: &[&["a", "b"], &["1", "x"], &["y"]],
        ours: &[&["a", "b"], &["1", "xy"]],
        error: None,
    },
    Difference {
        what: "data that ends in an open quote has been cut",
        chunks: &[b"a,b\n1,\"x\n2,y\n"],
        theirs: &[&["a", "b"], &["1", "x\n2,y\n"]],
        ours: &[&["a", "b"]],
        error: Some(Unterminated),
    },
    Difference {
        what: "a record that is too short is an error",
        chunks: &[b"a,b\n1\n2,y\n"],
        theirs: &[&["a", "b"], &["1"], &["2", "y"]],
        ours: &[&["a", "b"]],
        error: Some(Ragged { expected: 2, found: 1 }),
    },
    Difference {
        what: "and so is one that is too long",
        chunks: &[b"a\n1,2\n"],
        theirs: &[&["a"], &["1", "2"]],
        ours: &[&["a"]],
        error: Some(Ragged { expected: 1, found: 2 }),
    },
];

#[test]
fn csv_core_differs_where_we_mean_to() {
    for Difference { what, chunks, theirs, ours, error } in DIFFERENCES {
        let expected: Vec<Vec<String>> = theirs.iter().map(|record| strings(record)).collect();
        assert_eq!(by_csv_core(b',', chunks), expected, "csv-core: {what}");
        let found = read(&DecodeOptions::default(), chunks, false);
        let expected: Vec<Vec<String>> = ours.iter().map(|record| strings(record)).collect();
        assert_eq!(
            (records(&found), found.error.map(|error| error.kind)),
            (expected, *error),
            "{what}"
        );
    }
}
