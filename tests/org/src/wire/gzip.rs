//! Compression of bodies, both ways.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use crate::http::{Body, Pieces};

/// The body of a request as it was before it was compressed.
///
/// # Errors
/// When the bytes are not gzip.
pub fn inflate(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    MultiGzDecoder::new(body).read_to_end(&mut plain)?;
    Ok(plain)
}

/// A response's body, compressed; what was streamed stays streamed.
pub fn deflate(body: Body) -> Body {
    let pieces = match body {
        Body::Bytes(bytes) => Box::new(std::iter::once(Ok(bytes))),
        Body::Stream(pieces) => return Body::Stream(streamed(pieces)),
    };
    Body::Bytes(Body::Stream(streamed(pieces)).collect().0)
}

fn streamed(mut pieces: Pieces) -> Pieces {
    let mut encoder = Some(GzEncoder::new(Vec::new(), Compression::fast()));
    Box::new(std::iter::from_fn(move || {
        while let Some(open) = encoder.as_mut() {
            match pieces.next() {
                Some(Err(cut)) => return Some(Err(cut)),
                None => return encoder.take().and_then(|open| open.finish().ok()).map(Ok),
                Some(Ok(piece)) => {
                    // Writing to a Vec cannot fail.
                    let _ = open.write_all(&piece);
                    let ready = std::mem::take(open.get_mut());
                    if !ready.is_empty() {
                        return Some(Ok(ready));
                    }
                }
            }
        }
        None
    }))
}
