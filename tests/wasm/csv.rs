//! The decoder's bounds against real JavaScript strings: they count UTF-16 units, and only a
//! JavaScript engine can say whether they are right.

use js_sys::JsString;
use salesforce_bulk::csv::{Cells, DecodeOptions, Decoder};
use wasm_bindgen_test::wasm_bindgen_test;

struct Case {
    name: &'static str,
    csv: &'static str,
    rows: &'static [&'static [&'static str]],
}

const CASES: &[Case] = &[
    Case { name: "ascii", csv: "Id,Name\n1,Acme\n2,\n", rows: &[&["1", "Acme"], &["2", ""]] },
    Case { name: "two-byte letters", csv: "A,B\nŽofie,ñ\n", rows: &[&["Žofie", "ñ"]] },
    Case { name: "surrogate pairs", csv: "A,B\n🚀,a🚀b\n", rows: &[&["🚀", "a🚀b"]] },
    Case { name: "quoted", csv: "A,B\n\"a\"\"b\",\"c\nd\"\n", rows: &[&["a\"b", "c\nd"]] },
    Case { name: "byte order mark", csv: "\u{feff}A,B\r\nä,€\r\n", rows: &[&["ä", "€"]] },
    Case { name: "NUL", csv: "A,B\n\0,x\0y\n", rows: &[&["\0", "x\0y"]] },
    Case { name: "no end of the last record", csv: "A,B\n1,😀", rows: &[&["1", "😀"]] },
];

#[wasm_bindgen_test]
fn bounds_slice_javascript_strings_whatever_the_chunks() {
    for Case { name, csv, rows } in CASES {
        for split in 0..=csv.len() {
            assert_eq!(decode(csv.as_bytes(), split), *rows, "{name}, split at byte {split}");
        }
    }
}

fn decode(csv: &[u8], split: usize) -> Vec<Vec<String>> {
    let mut decoder = Decoder::new(DecodeOptions::default());
    let (head, tail) = csv.split_at(split);
    let mut rows = Vec::new();
    for chunk in [head, tail] {
        decoder.push(chunk).expect("valid CSV");
        rows.extend(decoder.take().iter().flat_map(in_javascript));
    }
    decoder.finish().expect("valid CSV");
    rows.extend(decoder.take().iter().flat_map(in_javascript));
    rows
}

/// Cuts the cells out of the two strings as the caller's engine does.
fn in_javascript(cells: &Cells) -> Vec<Vec<String>> {
    let ascii = JsString::from(str::from_utf8(&cells.ascii).expect("ASCII"));
    let wide = JsString::from(String::from_utf16(&cells.wide).expect("whole characters"));
    let cell = |bounds: &[i32]| match *bounds {
        [start, end] if start < 0 => String::from(wide.slice(!start as u32, end as u32)),
        [start, end] if start < end => String::from(ascii.slice(start as u32, end as u32)),
        _ => String::new(),
    };
    let cells_of = |row: &[i32]| row.chunks(2).map(cell).collect();
    cells.bounds.chunks(2 * cells.columns).map(cells_of).collect()
}
