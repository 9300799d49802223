//! A page that broke off goes on with one that begins at its next row, so that what has come need not come again.
//!
//! A page of as many rows as are there already says in its head where the next one begins; its body is not read. That
//! takes pages whose locators and counts can be seen.

use super::body::open_result;
use super::page::{Page, number_of_records};
use super::plan::PagePosition;
use crate::engine::host::{Host, Reply};
use crate::engine::session::Session;
use crate::engine::v2::PageRef;
use crate::wire::request::Request;

impl<H: Host> Page<H> {
    /// Goes on with the next row; false where that cannot be done, and the page must be read again from its start.
    pub(super) async fn go_on_later(&mut self, session: &Session<H>) -> bool {
        self.later_page(session).await.is_some()
    }

    async fn later_page(&mut self, session: &Session<H>) -> Option<()> {
        let position = self.position.clone()?;
        let read = self.rows().checked_sub(position.first_row).filter(|read| *read > 0)?;
        let left = self.expected()?.checked_sub(self.rows()).filter(|left| *left > 0)?;
        let seen = PageRef { max_records: Some(read), ..position.page };
        let head = self.head(session, &seen.request(&position.job), read).await?;
        let locator = next_locator(&head)?;
        let page = PageRef { locator: Some(locator), max_records: Some(left) };
        let request = page.request(&position.job);
        let reply = self.head(session, &request, left).await?;
        self.body.replace(request, reply);
        self.position = Some(PagePosition { page, first_row: self.rows(), ..position });
        Some(())
    }

    /// The answer to the request of a page of so many rows, if it is one.
    async fn head(
        &mut self,
        session: &Session<H>,
        request: &Request<H::Payload>,
        rows: u64,
    ) -> Option<Reply<H::Body>> {
        let reply = open_result(session, request, self.role(), self.body.budget()).await.ok()?;
        Some(reply).filter(|reply| number_of_records(reply) == Some(rows))
    }
}

fn next_locator<B>(reply: &Reply<B>) -> Option<String> {
    let locator = reply.header("sforce-locator")?;
    (!matches!(locator, "null" | "")).then(|| locator.to_owned())
}
