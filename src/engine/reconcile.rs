//! Requests that must not be sent twice: after a failure that leaves open whether the server acted, look first.

use super::host::Host;
use super::retry::Retry;
use super::session::Session;
use crate::error::{Code, Error, Result};
use crate::wire::request::Request;

/// Whether the server may have acted although the request failed.
pub fn ambiguous(error: &Error) -> bool {
    matches!(error.code, Code::Network | Code::Server) || error.code == Code::Response
}

/// Sends a request that must not be sent twice and reads the answer. After an ambiguous failure `look` says whether
/// it took effect, and what the answer would have been; only if it did not is the request sent again.
///
/// # Errors
/// What was said last; an ambiguity that looking could not settle stays one.
pub async fn send_once<H: Host, T>(
    session: &Session<H>,
    request: &Request<H::Payload>,
    parse: impl Fn(&[u8]) -> Result<T>,
    look: impl AsyncFn() -> Result<Option<T>>,
) -> Result<T> {
    let mut retry = Retry::new(session.settings.retry);
    loop {
        let answer = session.read(request).await.and_then(|body| parse(&body));
        let error = match answer {
            Err(error) if ambiguous(&error) => error,
            settled => return settled,
        };
        let Some(pause) = retry.next(session.host.random(), None) else { return Err(error) };
        session.host.sleep(pause).await;
        if let Some(effect) = look().await? {
            return Ok(effect);
        }
    }
}
