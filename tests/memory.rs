//! How much memory control documents take, those of a hostile server too.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it fails, its helpers too"
)]

use salesforce_bulk::wire::document::{Document, MAX_DOCUMENT, MAX_LIST};

/// The most that is taken at once beside the document itself, in MiB.
fn peak(body: &[u8], read: impl FnOnce(&[u8])) -> u64 {
    allocation_counter::measure(|| read(body)).bytes_max.div_ceil(1 << 20)
}

#[test]
fn the_longest_list_is_read() {
    for (body, most) in [(xml_list(15_000), 20), (json_list(15_000), 20)] {
        assert!(body.len() < MAX_LIST, "{} bytes", body.len());
        let peak = peak(body.as_bytes(), |body| {
            let document = Document::parse(body).expect("a list");
            assert_eq!(document.root().list("batchInfo").len(), 15_000);
        });
        assert!(peak <= most, "{peak} MiB");
    }
}

const BATCH: [(&str, &str); 12] = [
    ("id", "751x00000000079AAA"),
    ("jobId", "750x0000000005LAAQ"),
    ("state", "Completed"),
    ("stateMessage", "InvalidBatch : Field name not found : the longest that are common"),
    ("createdDate", "2009-04-14T18:15:59.000Z"),
    ("systemModstamp", "2009-04-14T18:15:59.000Z"),
    ("numberRecordsProcessed", "100000"),
    ("numberRecordsFailed", "100000"),
    ("totalProcessingTime", "1000000"),
    ("apiActiveProcessingTime", "1000000"),
    ("apexProcessingTime", "1000000"),
    ("aMemberOfLaterVersions", "something"),
];

fn xml_list(batches: usize) -> String {
    let members = BATCH.map(|(name, value)| format!("  <{name}>{value}</{name}>\n")).concat();
    let list = format!(" <batchInfo>\n{members} </batchInfo>\n").repeat(batches);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<batchInfoList>\n{list}</batchInfoList>")
}

fn json_list(batches: usize) -> String {
    let members = BATCH.map(|(name, value)| format!("\"{name}\":\"{value}\"")).join(",");
    format!("{{\"batchInfo\":[{}]}}", vec![format!("{{{members}}}"); batches].join(","))
}

/// What a document is filled with: how it opens, what comes again and again, and how it closes.
const FILLS: [(&str, &str, &str); 5] = [
    ("<a>", "<b/>", "</a>"),
    ("<a>", "<b>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</b>", "</a>"),
    ("[", "0,", "0]"),
    ("[", "{\"\":0},", "0]"),
    ("{", "\"xxxxxxxxxxxxxxxxxxxx\":\"yyyyyyyyyyyyyyyy\",", "\"\":0}"),
];

#[test]
fn whatever_a_document_is_filled_with_it_takes_bounded_memory() {
    for fill in FILLS {
        assert_peak(&filled(MAX_DOCUMENT, fill), 33);
        assert_peak(&filled(MAX_LIST, fill), 64);
    }
    // Each of these bytes becomes three.
    let mut replaced = filled(MAX_LIST, ("[\"", "\\ud800xxxxxxxxxxxxxxxxxxxx", "\"]"));
    replaced.iter_mut().filter(|byte| **byte == b'x').for_each(|byte| *byte = 0xFF);
    assert_peak(&replaced, 192);
}

/// As many of `part` as there is room for.
fn filled(size: usize, (open, part, close): (&str, &str, &str)) -> Vec<u8> {
    let count = (size - open.len() - close.len()) / part.len();
    format!("{open}{}{close}", part.repeat(count)).into_bytes()
}

fn assert_peak(body: &[u8], most: u64) {
    let peak = peak(body, |body| drop(Document::parse(body)));
    let begin = body.get(..40).expect("a long document");
    assert!(peak <= most, "{peak} MiB: {}", begin.escape_ascii());
}
