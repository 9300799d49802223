//! Requests that must not be sent twice: after a failure that leaves open whether the server acted, look first.

use super::host::{Host, Work};
use super::retry::Retry;
use super::session::Session;
use crate::error::{Code, Error, Result};
use crate::wire::info::Info;
use crate::wire::request::Request;

/// Whether the server may have acted although the request failed.
pub fn ambiguous(error: &Error) -> bool {
    matches!(error.code, Code::Network | Code::Server | Code::Response)
}

/// Sends a request that must not be sent twice and reads the answer. After an ambiguous failure `look` says whether
/// it took effect, and what the answer would have been; only if it did not is the request sent again.
///
/// # Errors
/// What was said last; an ambiguity that looking could not settle stays one.
pub fn send_once<'a, H: Host>(
    session: &'a Session<H>,
    request: Request<H::Payload>,
    parse: &'a dyn Fn(&[u8]) -> Result<Info>,
    look: &'a dyn Fn() -> Work<'a, Option<Info>>,
) -> Work<'a, Info> {
    Box::pin(async move {
        let mut retry = Retry::new(session.settings.retry);
        loop {
            let answer = session.read(request.clone()).await;
            let error = match answer.and_then(|body| parse(&body)) {
                Err(error) if ambiguous(&error) => error,
                settled => return settled,
            };
            session.again(&mut retry, true, None, error).await?;
            if let Some(effect) = look().await? {
                return Ok(effect);
            }
        }
    })
}
