//! Signing in.

use super::failure::Failure;
use super::host::Host;
use super::retry::retry_after;
use super::session::Session;
use crate::error::Result;
use crate::wire::document::MAX_DOCUMENT;
use crate::wire::request::Request;
use crate::wire::soap::{self, Credentials, SignedIn};

/// How many bytes an answer to signing in may have.
const ANSWER: usize = MAX_DOCUMENT;

/// Signs in by SOAP. A fault comes with HTTP 500, so the status alone says nothing about trying again.
///
/// # Errors
/// [`Kind::Login`](crate::error::Kind::Login) with Salesforce's own code where it refuses.
pub async fn login<H: Host>(session: &Session<H>, who: &Credentials) -> Result<SignedIn> {
    let request = soap::login(who, session.settings.client_name.as_deref());
    let mut budget = session.retry_budget();
    loop {
        match once(session, &request).await {
            Ok(signed_in) => return Ok(signed_in),
            Err(failure) => session.send_again(&request, failure, &mut budget).await?,
        }
    }
}

async fn once<H: Host>(
    session: &Session<H>,
    request: &Request<H::Payload>,
) -> Result<SignedIn, Failure> {
    let mut reply = session.send(request, None).await?;
    let named = retry_after(reply.header("retry-after"));
    let body = session.collect(&mut reply.body, ANSWER).await.map_err(Failure::unreadable)?;
    soap::read(reply.status, &body)
        .map_err(|error| Failure { retry_after: named, ..Failure::unknown(error) })
}
