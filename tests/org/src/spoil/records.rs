//! Where records end in a body of CSV, JSON or XML, so that some can be left out without a trace.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The roots of XML documents whose children are records.
const LISTS: [&str; 4] = ["results", "queryResult", "result-list", "batchInfoList"];

/// The body with only this part of its records, and still whole; `None` where it is no list.
pub fn shortened(body: &[u8], media: &str, fraction: f64) -> Option<Vec<u8>> {
    let records = match media.split(';').next().unwrap_or_default() {
        "text/csv" => csv(body),
        "application/json" => json(body)?,
        "application/xml" => xml(std::str::from_utf8(body).ok()?)?,
        _ => return None,
    };
    let kept = (records.ends.len() as f64 * fraction.clamp(0.0, 1.0)) as usize;
    let end = kept.checked_sub(1).map_or(records.start, |last| records.ends[last]);
    Some([&body[..end], &body[records.close..]].concat())
}

/// The places of records in a body.
#[derive(Debug, Default)]
struct Records {
    /// Where the first begins.
    start: usize,
    /// Where each ends.
    ends: Vec<usize>,
    /// Where that begins which comes after the last.
    close: usize,
}

fn csv(body: &[u8]) -> Records {
    let mut quoted = false;
    let mut ends = Vec::new();
    for (at, byte) in body.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => ends.push(at + 1),
            _ => {}
        }
    }
    if ends.last() != Some(&body.len()) {
        ends.push(body.len());
    }
    let start = ends.remove(0);
    Records { start, ends, close: body.len() }
}

/// The records of the first array, be it the document itself or a member of it.
fn json(body: &[u8]) -> Option<Records> {
    let mut records = Records::default();
    let (mut depth, mut list) = (0, None);
    let mut tokens = body.iter().enumerate().filter(outside_strings());
    loop {
        let (at, byte) = tokens.next()?;
        match byte {
            b'[' if list.is_none() && depth < 2 => {
                depth += 1;
                list = Some(depth);
                records.start = at + 1;
            }
            b'[' | b'{' => depth += 1,
            b',' if list == Some(depth) => records.ends.push(at),
            b']' if list == Some(depth) => {
                let empty = body[records.start..at].iter().all(u8::is_ascii_whitespace);
                records.ends.extend((!empty).then_some(at));
                records.close = at;
                return Some(records);
            }
            b']' | b'}' => depth -= 1,
            _ => {}
        }
    }
}

/// Lets only those bytes through that are not of a string.
fn outside_strings() -> impl FnMut(&(usize, &u8)) -> bool {
    let (mut inside, mut escaped) = (false, false);
    move |(_, byte)| {
        let was_inside = inside;
        match (inside, escaped, byte) {
            (true, true, _) => escaped = false,
            (true, false, b'\\') => escaped = true,
            (_, _, b'"') => inside = !inside,
            _ => {}
        }
        !was_inside && !inside
    }
}

/// The children of the root, where it is a list.
fn xml(text: &str) -> Option<Records> {
    let mut records = Records::default();
    let mut reader = Reader::from_str(text);
    let mut depth = 0;
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event().ok()?;
        let after = reader.buffer_position() as usize;
        match event {
            Event::Start(root) if depth == 0 => {
                LISTS.contains(&root.local_name().into_inner()).then_some(())?;
                (depth, records.start) = (1, after);
            }
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 1 => {
                records.close = before;
                return Some(records);
            }
            Event::End(_) => {
                depth -= 1;
                records.ends.extend((depth == 1).then_some(after));
            }
            Event::Empty(_) if depth == 1 => records.ends.push(after),
            Event::Eof => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_end_at_records_and_are_whole() {
        let json = "application/json;charset=UTF-8";
        let xml = "<?xml version=\"1.0\"?>\n<results xmlns=\"x\">\n <result><id>1</id></result>\n \
                   <result/>\n</results>\n";
        let cases = [
            ("text/csv", "a,b\n1,\"x\n\"\"y\"\n2,z\n3,w\n", 0.5, Some("a,b\n1,\"x\n\"\"y\"\n")),
            ("text/csv", "a\r\n1\r\n2", 0.5, Some("a\r\n1\r\n")),
            ("text/csv", "a\n1\n2\n", 0.0, Some("a\n")),
            ("text/csv", "a\n1\n2\n", 1.0, Some("a\n1\n2\n")),
            ("text/csv", "", 0.5, Some("")),
            (json, r#"[{"a":"],\""},{"b":[1,2]}]"#, 0.5, Some(r#"[{"a":"],\""}]"#)),
            (json, r#"[1]"#, 0.9, Some("[]")),
            (json, "[]", 0.5, Some("[]")),
            (json, r#"{"done":true,"records":[{},{"x":1}],"next":null}"#, 0.5, {
                Some(r#"{"done":true,"records":[{}],"next":null}"#)
            }),
            (json, r#"{"id":"750"}"#, 0.5, None),
            ("application/xml", xml, 0.5, {
                Some(
                    "<?xml version=\"1.0\"?>\n<results xmlns=\"x\">\n <result><id>1</id></result></results>\n",
                )
            }),
            ("application/xml", "<jobInfo><id>1</id></jobInfo>", 0.5, None),
            ("text/html", "<html></html>", 0.5, None),
        ];
        for (media, body, fraction, expected) in cases {
            let found = shortened(body.as_bytes(), media, fraction);
            let found = found.map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
            assert_eq!(found.as_deref(), expected, "{body}");
        }
    }
}
