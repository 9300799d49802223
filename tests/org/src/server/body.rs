//! Bodies on their way out: lazily, slowly, or broken off.

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;

use crate::http::{self, Cut, Pace, Pieces};

/// Pieces of a slow body are this long at most, so that it trickles.
const TRICKLE: usize = 16 * 1024;
/// Before the connection breaks, what was written must have left.
const FLUSH: Duration = Duration::from_millis(30);

/// Turns an answer of the org into one of the server, after its latency.
pub async fn deliver(response: http::Response) -> Response {
    let http::Response { status, headers, body, pace } = response;
    tokio::time::sleep(Duration::from_millis(pace.latency_ms)).await;
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let body = match body {
        http::Body::Bytes(bytes) if pace.bytes_per_second == 0 => Body::from(bytes),
        http::Body::Bytes(bytes) => {
            builder = builder.header("Content-Length", bytes.len());
            streamed(Box::new(std::iter::once(Ok(bytes))), pace)
        }
        http::Body::Stream(pieces) => streamed(pieces, pace),
    };
    builder.body(body).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn streamed(pieces: Pieces, pace: Pace) -> Body {
    let pieces = if pace.bytes_per_second > 0 { trickling(pieces) } else { pieces };
    Body::from_stream(stream::unfold(pieces, move |mut pieces| async move {
        let piece = pieces.next()?;
        tokio::time::sleep(delay(&piece, pace)).await;
        Some((piece.map(Bytes::from), pieces))
    }))
}

fn delay(piece: &Result<Vec<u8>, Cut>, pace: Pace) -> Duration {
    match piece {
        Err(Cut) => FLUSH,
        Ok(_) if pace.bytes_per_second == 0 => Duration::ZERO,
        Ok(bytes) => Duration::from_secs_f64(bytes.len() as f64 / pace.bytes_per_second as f64),
    }
}

fn trickling(pieces: Pieces) -> Pieces {
    Box::new(pieces.flat_map(|piece| match piece {
        Err(cut) => vec![Err(cut)],
        Ok(bytes) => bytes.chunks(TRICKLE).map(|part| Ok(part.to_vec())).collect(),
    }))
}
