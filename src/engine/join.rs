//! Several pages of CSV as one, byte for byte: the header once, the records counted.

use crate::csv::{Delimiter, header_names};
use crate::wire::v1::NOTHING_FOUND;
use salesforce_bulk_scan::{Last, RecordEnd, RecordIndex};

/// Joins pages. Salesforce repeats the header on every page; a first record that is no repeated header is data. What
/// comes from one page alone goes out byte for byte.
#[derive(Default)]
pub struct Joiner {
    header: Option<Vec<u8>>,
    /// In data of one column an empty line is a record.
    single: bool,
    page: Option<Page>,
    records: u64,
    /// The last byte that went out was in the middle of a record: another page needs a line end before it.
    unended: bool,
}

/// Where the reading of one page stands.
struct Page {
    delimiter: Delimiter,
    index: RecordIndex,
    ends: Vec<RecordEnd>,
    /// The first record, until it is whole.
    head: Option<Vec<u8>>,
    /// A first record that says that there are none: unless another follows, it is no record.
    sentence: Vec<u8>,
}

impl Joiner {
    /// What follows is another page.
    pub fn begin_page(&mut self, delimiter: Delimiter) {
        let index = RecordIndex::new(delimiter.byte());
        let (ends, sentence) = (Vec::new(), Vec::new());
        self.page = Some(Page { delimiter, index, ends, head: Some(Vec::new()), sentence });
    }

    /// Takes a piece of the page, and gives what of it goes out.
    pub fn push(&mut self, piece: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(piece.len());
        let Some(mut page) = self.page.take() else { return out };
        page.ends.clear();
        page.index.push(piece, &mut page.ends);
        let (first, ended, rest) = page.split(piece);
        if let Some(head) = &mut page.head {
            head.extend_from_slice(first);
        }
        if ended {
            self.end_head(&mut page, &mut out);
        }
        if !rest.is_empty() {
            self.settle_sentence(&mut page, &mut out);
        }
        let counted = page.ends.iter().filter(|end| self.single || !end.blank);
        self.records += counted.count() as u64;
        self.send(rest, &mut out);
        self.page = Some(page);
        out
    }

    /// Ends the page, and gives what was held back.
    pub fn end_page(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let Some(mut page) = self.page.take() else { return out };
        if matches!(page.index.finish(), Ok(Last::Nothing | Last::Blank)) {
            return out;
        }
        if page.head.is_some() {
            self.end_head(&mut page, &mut out);
            self.unended |= !out.is_empty();
        } else {
            self.records += 1;
            self.unended = true;
        }
        out
    }

    /// The records so far, without headers.
    pub fn records(&self) -> u64 {
        self.records
    }

    fn end_head(&mut self, page: &mut Page, out: &mut Vec<u8>) {
        let Some(head) = page.head.take() else { return };
        if head.trim_ascii_end() == NOTHING_FOUND.as_bytes() {
            page.sentence = head;
        } else {
            self.settle(head, page.delimiter, out);
        }
    }

    /// More follows the sentence, so it is a record like any other.
    fn settle_sentence(&mut self, page: &mut Page, out: &mut Vec<u8>) {
        let sentence = std::mem::take(&mut page.sentence);
        if !sentence.is_empty() {
            self.settle(sentence, page.delimiter, out);
        }
    }

    /// The first header stands; the same once more goes; what is no header is data.
    fn settle(&mut self, head: Vec<u8>, delimiter: Delimiter, out: &mut Vec<u8>) {
        match &self.header {
            Some(header) if header.trim_ascii_end() == head.trim_ascii_end() => {}
            Some(_) => {
                self.records += 1;
                self.send(&head, out);
            }
            None => {
                self.send(&head, out);
                self.single = is_single(&head, delimiter);
                self.header = Some(head);
            }
        }
    }

    fn send(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        if std::mem::take(&mut self.unended) {
            let crlf = self.header.as_ref().is_some_and(|header| header.ends_with(b"\r\n"));
            out.extend_from_slice(if crlf { b"\r\n" } else { b"\n" });
        }
        out.extend_from_slice(bytes);
    }
}

fn is_single(head: &[u8], delimiter: Delimiter) -> bool {
    header_names(head, delimiter, 0).is_ok_and(|names| names.len() == 1)
}

impl Page {
    /// What of the piece belongs to the head, whether that ends there, and what follows it. The ends that are left are
    /// those of the records behind the head.
    fn split<'a>(&mut self, piece: &'a [u8]) -> (&'a [u8], bool, &'a [u8]) {
        if self.head.is_none() {
            return (&[], false, piece);
        }
        let Some(at) = self.ends.iter().position(|end| !end.blank) else {
            self.ends.clear();
            return (piece, false, &[]);
        };
        let next = self.ends.drain(..=at).next_back().map_or(0, |end| end.next);
        let (first, rest) = piece.split_at(next);
        (first, true, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(pages: &[&str], size: usize) -> (String, u64) {
        let mut joiner = Joiner::default();
        let mut out = Vec::new();
        for page in pages {
            joiner.begin_page(Delimiter::Comma);
            for piece in page.as_bytes().chunks(size) {
                out.extend(joiner.push(piece));
            }
            out.extend(joiner.end_page());
        }
        (String::from_utf8(out).expect("text"), joiner.records())
    }

    #[test]
    fn pages_are_joined_at_every_split() {
        for (pages, whole, records) in [
            (vec!["\"a\"\n\"1\"\n", "\"a\"\n\"2\"\n"], "\"a\"\n\"1\"\n\"2\"\n", 2),
            (vec!["\"a\"\n\"1\n\"\"x\"\n", "\"a\"\n\"\n\""], "\"a\"\n\"1\n\"\"x\"\n\"\n\"", 2),
            (vec!["a\n1"], "a\n1", 1),
            (vec!["a"], "a", 0),
            (vec!["a\n1", "a"], "a\n1", 1),
            (vec!["a\r\n1", "a\r\n2\r\n"], "a\r\n1\r\n2\r\n", 2),
            (vec!["a\n1\n", "2\n3\n"], "a\n1\n2\n3\n", 3),
            (vec!["\"a\"\n", "\"a\"\n"], "\"a\"\n", 0),
            (vec!["a", "a\n1\n"], "a\n1\n", 1),
            (vec!["a\n1\n", "a", "a\n2\n"], "a\n1\n2\n", 2),
            (vec!["Records not found for this query", "a\n1\n"], "a\n1\n", 1),
            (vec!["a\n1", "Records not found for this query\n", "a\n2\n"], "a\n1\n2\n", 2),
            (
                vec!["Records not found for this query\n1\n"],
                "Records not found for this query\n1\n",
                1,
            ),
            (vec!["", "a\n1\n", ""], "a\n1\n", 1),
            (vec!["a\n\n1\n", "a\n\n"], "a\n\n1\n\n", 3),
            (vec!["a,b\n\n1,2\n"], "a,b\n\n1,2\n", 1),
            (vec!["a,b\nx\"y,\"\n\"\n", "a,b\n3,4"], "a,b\nx\"y,\"\n\"\n3,4", 2),
        ] {
            for size in 1..=pages.concat().len() {
                assert_eq!(join(&pages, size), (whole.to_owned(), records), "{pages:?} by {size}");
            }
        }
    }
}
