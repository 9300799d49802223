//! Signing in.

use super::host::Host;
use super::retry::Retry;
use super::session::Session;
use crate::error::Result;
use crate::wire::soap::{self, Credentials, SignedIn};

/// Signs in by SOAP. A fault comes with HTTP 500, so the status alone says nothing about trying again.
///
/// # Errors
/// [`Code::Login`](crate::error::Code::Login) with Salesforce's own code where it refuses.
pub async fn login<H: Host>(session: &Session<H>, who: &Credentials) -> Result<SignedIn> {
    let request = soap::login(who, session.settings.client_name.as_deref());
    let mut retry = Retry::new(session.settings.retry);
    loop {
        let answer = session.exchange(&request).await;
        let error = match answer.and_then(|(status, body)| soap::read(status, &body)) {
            Err(error) if error.retryable => error,
            settled => return settled,
        };
        session.again(&mut retry, true, None, error).await?;
    }
}
