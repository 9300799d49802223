//! Bodies that break off.

use crate::http::{Body, Cut, Pieces, Response};

/// Breaks a body off after so many bytes or this part of it.
///
/// A whole body still announces its length, as that of a server that dies does.
pub fn cut(response: &mut Response, bytes: Option<usize>, fraction: Option<f64>) {
    let body = std::mem::replace(&mut response.body, Body::Bytes(Vec::new()));
    let announces = matches!(body, Body::Bytes(_));
    let (pieces, left): (Pieces, usize) = match (body, bytes) {
        (Body::Stream(pieces), Some(bytes)) => (pieces, bytes),
        (body, bytes) => {
            let (whole, end) = body.collect();
            if announces {
                response.headers.push(("Content-Length".to_owned(), whole.len().to_string()));
            }
            let part = (whole.len() as f64 * fraction.unwrap_or_default()) as usize;
            let pieces = std::iter::once(Ok(whole)).chain(end.err().map(Err));
            (Box::new(pieces), bytes.unwrap_or(part))
        }
    };
    response.body = Body::Stream(Box::new(Cutting { pieces, left: Some(left) }));
}

struct Cutting {
    pieces: Pieces,
    /// Bytes that still come; `None` once it broke.
    left: Option<usize>,
}

impl Iterator for Cutting {
    type Item = Result<Vec<u8>, Cut>;

    fn next(&mut self) -> Option<Self::Item> {
        let left = self.left?;
        if left == 0 {
            self.left = None;
            return Some(Err(Cut));
        }
        let Ok(mut piece) = self.pieces.next()? else {
            // Two cuts may strike one body: the first to come breaks it.
            self.left = None;
            return Some(Err(Cut));
        };
        piece.truncate(left);
        self.left = Some(left - piece.len());
        Some(Ok(piece))
    }
}
