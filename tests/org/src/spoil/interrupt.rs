//! Bodies that break off or fall silent.

use crate::http::{Body, Interruption, Pieces, Response};

/// Ends a body after so many bytes or this part of it.
///
/// A whole body still announces its length, as that of a server that dies does.
pub fn interrupt(
    response: &mut Response,
    bytes: Option<usize>,
    fraction: f64,
    interruption: Interruption,
) {
    let body = std::mem::replace(&mut response.body, Body::Bytes(Vec::new()));
    let announces = matches!(body, Body::Bytes(_));
    let (pieces, left, open): (Pieces, usize, bool) = match (body, bytes) {
        (Body::Stream(pieces), Some(bytes)) => (pieces, bytes, true),
        (body, bytes) => {
            let (whole, end) = body.collect();
            if announces {
                response.set_header("Content-Length", &whole.len().to_string());
            }
            let part = (whole.len() as f64 * fraction) as usize;
            let pieces = std::iter::once(Ok(whole)).chain(end.err().map(Err));
            (Box::new(pieces), bytes.unwrap_or(part), !announces)
        }
    };
    let ends_silent = open && interruption == Interruption::Silence;
    response.body =
        Body::Stream(Box::new(Interrupted { pieces, left: Some(left), interruption, ends_silent }));
}

struct Interrupted {
    pieces: Pieces,
    /// Bytes that still come; `None` once it is over.
    left: Option<usize>,
    interruption: Interruption,
    /// Whether even the body's own end, which nothing announced, does not come.
    ends_silent: bool,
}

impl Iterator for Interrupted {
    type Item = Result<Vec<u8>, Interruption>;

    fn next(&mut self) -> Option<Self::Item> {
        let left = self.left?;
        if left == 0 {
            return self.end(self.interruption);
        }
        match self.pieces.next() {
            // Two may strike one body: the first to come ends it.
            Some(Err(earlier)) => self.end(earlier),
            None if self.ends_silent => self.end(Interruption::Silence),
            None => None,
            Some(Ok(mut piece)) => {
                piece.truncate(left);
                self.left = Some(left - piece.len());
                Some(Ok(piece))
            }
        }
    }
}

impl Interrupted {
    fn end(&mut self, interruption: Interruption) -> Option<Result<Vec<u8>, Interruption>> {
        self.left = None;
        Some(Err(interruption))
    }
}
