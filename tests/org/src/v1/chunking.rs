//! PK chunking: one query batch becomes many, each over a range of ids.

use std::sync::Arc;

use crate::data::{Query, RecordId};
use crate::world::World;

const DEFAULT_SIZE: u64 = 100_000;
const MAX_SIZE: u64 = 250_000;

/// What the header `Sforce-Enable-PKChunking` asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunking {
    /// Ids in a chunk.
    pub size: u64,
    /// The first id, when not the object's own.
    pub start: Option<RecordId>,
}

impl Chunking {
    /// Reads the header leniently, as clients write it in many ways; `None` when it says no.
    pub fn parse(header: &str) -> Option<Self> {
        let mut chunking = Self { size: DEFAULT_SIZE, start: None };
        for part in header.split(';').map(str::trim) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "false" => return None,
                "chunksize" => chunking.size = value.trim().parse().ok()?,
                "startrow" => chunking.start = RecordId::parse(value.trim()),
                _ => {}
            }
        }
        chunking.size = chunking.size.clamp(1, MAX_SIZE);
        Some(chunking)
    }

    /// The queries of the children, in the order of their ids.
    ///
    /// The last covers ids of rows that are gone: a chunk without rows is nothing special.
    pub fn split(&self, query: &Query, world: &World) -> Vec<Arc<Query>> {
        let Some((first, last)) = world.db.pk_range(&query.object) else {
            return vec![Arc::new(query.clone())];
        };
        let start = self.start.unwrap_or(first);
        let ids = (last.ordinal() + 1).saturating_sub(start.ordinal());
        let chunks = ids.div_ceil(self.size) + 1;
        let chunk = |at: u64| {
            let from = start.advance(at * self.size);
            Arc::new(world.db.prepare_range(query, from, Some(from.advance(self.size))))
        };
        (0..chunks).map(chunk).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_the_header_is_read() {
        let start = RecordId::parse("00130000000xEftMGH");
        let cases = [
            ("TRUE", Some((100_000, None))),
            ("true", Some((100_000, None))),
            ("False", None),
            ("chunkSize=50000;", Some((50_000, None))),
            ("true; chunkSize=100000; parent=Case", Some((100_000, None))),
            ("chunksize=900000", Some((250_000, None))),
            ("chunkSize=50;startRow=00130000000xEftMGH;parent=Account", Some((50, start))),
        ];
        for (header, expected) in cases {
            let found = Chunking::parse(header).map(|chunking| (chunking.size, chunking.start));
            assert_eq!(found, expected, "{header}");
        }
    }
}
