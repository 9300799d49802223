//! Several pages of CSV as one, byte for byte: the header once, the records counted.

use crate::wire::v1::NOTHING_FOUND;

/// Joins pages. Salesforce repeats the header on every page; a first record that is no repeated header is data. What
/// comes from one page alone goes out byte for byte.
#[derive(Default)]
pub struct Joiner {
    header: Option<Vec<u8>>,
    page: Page,
    records: u64,
    /// The last byte that went out was in the middle of a record: another page needs a line end before it.
    unended: bool,
}

/// Where the reading of one page stands.
#[derive(Default)]
struct Page {
    /// The first record, until it is whole.
    head: Vec<u8>,
    head_is_whole: bool,
    /// A first record that says that there are none: unless another follows, it is no record.
    sentence: Vec<u8>,
    quoted: bool,
    /// Bytes have come since the last record end.
    open: bool,
}

impl Joiner {
    /// Takes a piece of the page, and gives what of it goes out.
    pub fn push(&mut self, piece: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(piece.len());
        let mut rest = piece;
        if !self.page.head_is_whole {
            let end = self.page.record_end(rest);
            let (head, tail) = rest.split_at(end.unwrap_or(rest.len()));
            self.page.head.extend_from_slice(head);
            rest = tail;
            if end.is_some() {
                self.end_head(&mut out);
            }
        }
        if !rest.is_empty() && !self.page.sentence.is_empty() {
            let sentence = std::mem::take(&mut self.page.sentence);
            self.settle(sentence, &mut out);
        }
        while let Some(end) = self.page.record_end(rest) {
            let (record, tail) = rest.split_at(end);
            self.send(record, &mut out);
            self.records += 1;
            rest = tail;
        }
        self.send(rest, &mut out);
        out
    }

    /// Ends the page, and gives what was held back.
    pub fn end_page(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        if self.page.open && self.page.head_is_whole {
            self.records += 1;
            self.unended = true;
        } else if self.page.open {
            self.end_head(&mut out);
            self.unended |= !out.is_empty();
        }
        self.page = Page::default();
        out
    }

    /// The records so far, without headers.
    pub fn records(&self) -> u64 {
        self.records
    }

    fn end_head(&mut self, out: &mut Vec<u8>) {
        let head = std::mem::take(&mut self.page.head);
        self.page.head_is_whole = true;
        if head.trim_ascii_end() == NOTHING_FOUND.as_bytes() {
            self.page.sentence = head;
        } else {
            self.settle(head, out);
        }
    }

    /// The first header stands; the same once more goes; what is no header is data.
    fn settle(&mut self, head: Vec<u8>, out: &mut Vec<u8>) {
        match &self.header {
            Some(header) if header.trim_ascii_end() == head.trim_ascii_end() => {}
            Some(_) => {
                self.records += 1;
                self.send(&head, out);
            }
            None => {
                self.send(&head, out);
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

impl Page {
    /// Where the record that is being read ends, its line end included.
    fn record_end(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'"' => self.quoted = !self.quoted,
                b'\n' if !self.quoted => {
                    self.open = false;
                    return Some(at + 1);
                }
                _ => {}
            }
        }
        self.open |= !bytes.is_empty();
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(pages: &[&str], size: usize) -> (String, u64) {
        let mut joiner = Joiner::default();
        let mut out = Vec::new();
        for page in pages {
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
        ] {
            for size in 1..=pages.concat().len() {
                assert_eq!(join(&pages, size), (whole.to_owned(), records), "{pages:?} by {size}");
            }
        }
    }
}
