//! Trees of random documents, held against those that quick-xml makes.

use super::documents::random_document;
use super::random::Random;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use salesforce_bulk::xml::{Element, parse};

const PIECES: [&[u8]; 26] = [
    b"<a>",
    b"</a>",
    b"<b c=\"1\">",
    b"</b>",
    b"<x:b/>",
    b"<a x:nil='true' d=\"&lt;>\"/>",
    b"</a >",
    b"text",
    b" ",
    b"\r\n",
    b"\r",
    b"&amp;",
    b"&#65;",
    b"&#x1F680;",
    b"&none;",
    b"&",
    b"]]>",
    b"<![CDATA[<b>&amp;\r\n]]>",
    b"<!-- <c> -- -->",
    b"<?pi <d> ?>",
    "\u{17d}".as_bytes(),
    b"<",
    b">",
    b"\"",
    b"/",
    b"=",
];

#[test]
fn trees_are_those_of_another_parser() {
    let mut random = Random::new(7);
    let mut trees = 0;
    for _ in 0..40_000 {
        let inside = random_document(&mut random, &PIECES, 12);
        let text = format!("<r>{}</r>", String::from_utf8_lossy(&inside));
        let found = parse(text.as_bytes()).ok();
        // What the other takes and this refuses may not come from Salesforce; a tree must be the same.
        if let Some(tree) = found {
            assert_eq!(Some(tree), twin(&text), "{text}");
            trees += 1;
        }
    }
    assert!(trees > 1000, "{trees}");
}

#[test]
fn what_is_well_formed_is_taken() {
    let mut random = Random::new(8);
    for _ in 0..5_000 {
        let text = element(&mut random, 4);
        let tree = parse(text.as_bytes()).ok();
        assert!(tree.is_some(), "{text}");
        assert_eq!(tree, twin(&text), "{text}");
    }
}

fn element(random: &mut Random, depth: usize) -> String {
    let inner: String = (0..random.below(4))
        .map(|_| match random.below(if depth == 0 { 4 } else { 6 }) {
            0 => "t&lt;\r\nx".to_owned(),
            1 => "<!-- > -->".to_owned(),
            2 => "<![CDATA[ <&\r ]]>".to_owned(),
            3 => "<?p > ?>".to_owned(),
            _ => element(random, depth - 1),
        })
        .collect();
    match random.below(3) {
        0 => "<n:e a='1' b = \"'&#10;>\" />".to_owned(),
        1 => format!("<e\n a='1'>{inner}</e >"),
        _ => format!("<p:e>{inner}</p:e>"),
    }
}

fn twin(text: &str) -> Option<Element> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Building> = Vec::new();
    let mut root = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => open.push(building(&tag)?),
            Event::Empty(tag) => close(building(&tag)?, &mut open, &mut root)?,
            Event::End(_) => {
                let done = open.pop()?;
                close(done, &mut open, &mut root)?;
            }
            Event::Text(text) => add(&mut open, &text.xml10_content())?,
            Event::CData(text) => add(&mut open, &text.xml10_content())?,
            Event::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                Some(char) => add(&mut open, &char.to_string())?,
                None => add(&mut open, resolve_xml_entity(&name)?)?,
            },
            Event::Eof => return root.filter(|_| open.is_empty()),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Building {
    name: String,
    attributes: Vec<(Box<str>, Box<str>)>,
    text: String,
    children: Vec<Element>,
}

fn building(tag: &BytesStart<'_>) -> Option<Building> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let name = attribute.key.local_name().into_inner();
        attributes.push((name.into(), unescape(&attribute.value).ok()?.into()));
    }
    let name = tag.local_name().into_inner().to_owned();
    Some(Building { name, attributes, ..Building::default() })
}

fn close(done: Building, open: &mut [Building], root: &mut Option<Element>) -> Option<()> {
    let element = Element {
        name: done.name.into(),
        attributes: done.attributes.into(),
        text: done.text.into(),
        children: done.children.into(),
    };
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None if root.is_none() => *root = Some(element),
        None => return None,
    }
    Some(())
}

fn add(open: &mut [Building], text: &str) -> Option<()> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim_ascii().is_empty() => {}
        None => return None,
    }
    Some(())
}
