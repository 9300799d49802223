//! Bodies on their way out: lazily, slowly, broken off, or never to their end.

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;

use crate::http::{self, Interruption, Pace, Pieces};

/// Pieces of a slow body are this long at most, so that it trickles.
const TRICKLE: usize = 16 * 1024;
/// Before the connection breaks, what was written must have left.
const FLUSH: Duration = Duration::from_millis(30);

/// Turns an answer of the org into one of the server, after its latency.
pub async fn deliver(response: http::Response) -> Response {
    let http::Response { status, headers, body, pace } = response;
    tokio::time::sleep(Duration::from_millis(pace.latency_ms)).await;
    let announced = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let body = match body {
        http::Body::Bytes(bytes) if !pace.slows_body() => Body::from(bytes),
        http::Body::Bytes(bytes) => {
            if !announced {
                builder = builder.header("Content-Length", bytes.len());
            }
            streamed(Box::new(std::iter::once(Ok(bytes))), pace)
        }
        http::Body::Stream(pieces) => streamed(pieces, pace),
    };
    builder.body(body).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn streamed(pieces: Pieces, pace: Pace) -> Body {
    let pieces = portioned(pieces, pace);
    Body::from_stream(stream::unfold(pieces, move |mut pieces| async move {
        let piece = pieces.next()?;
        if piece == Err(Interruption::Silence) {
            // Until the client goes away.
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(delay(&piece, pace)).await;
        Some((piece.map(Bytes::from), pieces))
    }))
}

fn delay(piece: &Result<Vec<u8>, Interruption>, pace: Pace) -> Duration {
    let Ok(bytes) = piece else { return FLUSH };
    let drip = Duration::from_millis(pace.drip.map_or(0, |drip| drip.ms));
    if pace.bytes_per_second == 0 {
        return drip;
    }
    drip + Duration::from_secs_f64(bytes.len() as f64 / pace.bytes_per_second as f64)
}

/// The pieces, none of them longer than is sent at once.
fn portioned(pieces: Pieces, pace: Pace) -> Pieces {
    let most = match pace.drip {
        Some(drip) => drip.bytes,
        None if pace.bytes_per_second > 0 => TRICKLE,
        None => return pieces,
    };
    Box::new(pieces.flat_map(move |piece| match piece {
        Err(interruption) => vec![Err(interruption)],
        Ok(bytes) => bytes.chunks(most).map(|part| Ok(part.to_vec())).collect(),
    }))
}
