//! The result pages of a query.

use std::collections::VecDeque;

use crate::engine::host::{Host, Reply};
use crate::engine::session::Session;
use crate::error::{Code, Error, Result};
use crate::wire::list;
use crate::wire::request::Request;
use crate::wire::v2;

/// The pages still to be read: listed by `resultPages` (API 58.0 and later), whose locators come in the body and so
/// are there in a browser too; else one after another by the locator in each page's header.
pub struct Pages {
    job: String,
    max_records: Option<u32>,
    way: Way,
    trail: Trail,
}

enum Way {
    /// Nothing is known yet.
    Start,
    /// By list: what it has told, and where it goes on.
    Listed { locators: VecDeque<Option<String>>, next: Option<String> },
    /// By header: the next page's locator; none after the last.
    ByLocator(Option<Option<String>>),
}

impl Pages {
    /// The pages of a job. A page size of the caller's own goes by locator: the list has the server's.
    pub fn new(job: &str, max_records: Option<u32>) -> Self {
        let way = if max_records.is_some() { Way::ByLocator(Some(None)) } else { Way::Start };
        Pages { job: job.to_owned(), max_records, way, trail: Trail::default() }
    }

    /// The request of the next page; none after the last.
    pub async fn next<H: Host>(
        &mut self,
        session: &Session<H>,
    ) -> Result<Option<Request<H::Payload>>> {
        loop {
            match &mut self.way {
                Way::Start => self.way = first(session, &self.job).await?,
                Way::Listed { locators, next } => {
                    if let Some(locator) = locators.pop_front() {
                        return Ok(Some(v2::results(&self.job, locator.as_deref(), None)));
                    }
                    let Some(locator) = next.take() else { return Ok(None) };
                    self.trail.step(&locator)?;
                    self.way = listed(session, &self.job, Some(&locator)).await?;
                }
                Way::ByLocator(next) => {
                    let next = next.take();
                    return Ok(next.map(|locator| {
                        v2::results(&self.job, locator.as_deref(), self.max_records)
                    }));
                }
            }
        }
    }

    /// Learns from a page's head where the next one is.
    ///
    /// # Errors
    /// [`Code::Response`] where a browser hides the header: the last page cannot be told from any other.
    pub fn answered<S>(&mut self, reply: &Reply<S>) -> Result<()> {
        if let Way::ByLocator(next) = &mut self.way {
            let following = locator(reply)?;
            following.iter().try_for_each(|locator| self.trail.step(locator))?;
            *next = following.map(Some);
        }
        Ok(())
    }
}

/// The locators followed so far. One that comes again leads round in a circle.
#[derive(Default)]
struct Trail(Vec<String>);

impl Trail {
    fn step(&mut self, locator: &str) -> Result<()> {
        if self.0.iter().any(|known| known == locator) {
            return Err(Error::response(
                "The list of result pages leads back to where it was: read it again.",
            ));
        }
        self.0.push(locator.to_owned());
        Ok(())
    }
}

/// By list where the server has it: before API 58.0 there is no such resource.
async fn first<H: Host>(session: &Session<H>, job: &str) -> Result<Way> {
    match listed(session, job, None).await {
        Err(error) if matches!(error.status, Some(404 | 405)) => Ok(Way::ByLocator(Some(None))),
        other => other,
    }
}

async fn listed<H: Host>(session: &Session<H>, job: &str, locator: Option<&str>) -> Result<Way> {
    let pages = session.ask(list::result_pages(job, locator), list::read_result_pages).await?;
    Ok(Way::Listed { locators: pages.locators.into(), next: pages.next })
}

/// All locators of a job's result pages, for those who read them on their own.
pub async fn result_pages<H: Host>(session: &Session<H>, job: &str) -> Result<Vec<String>> {
    let mut all = Vec::new();
    let mut next = None;
    let mut trail = Trail::default();
    loop {
        let pages =
            session.ask(list::result_pages(job, next.as_deref()), list::read_result_pages).await?;
        all.extend(pages.locators.into_iter().map(Option::unwrap_or_default));
        let Some(locator) = pages.next else { return Ok(all) };
        trail.step(&locator)?;
        next = Some(locator);
    }
}

/// The next page's locator. The last page's is the text `null`; a header that is not there is an end only where
/// nothing filters headers.
///
/// # Errors
/// [`Code::Response`] where the browser hides it.
pub fn locator<S>(reply: &Reply<S>) -> Result<Option<String>> {
    match reply.header("sforce-locator") {
        Some("null" | "") => Ok(None),
        Some(locator) => Ok(Some(locator.to_owned())),
        None if !reply.filtered => Ok(None),
        None => Err(Error::new(
            Code::Response,
            "The browser hides the header Sforce-Locator of a result page, so the next page cannot be found: \
             let the org expose it, or leave out maxRecords, or use API 58.0 or later.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(locator: Option<&str>, filtered: bool) -> Reply<()> {
        let headers = locator.map(|text| ("sforce-locator".to_owned(), text.to_owned()));
        Reply { status: 200, filtered, headers: headers.into_iter().collect(), body: () }
    }

    #[test]
    fn a_hidden_locator_is_no_last_page() {
        assert_eq!(locator(&reply(Some("MTA"), true)).expect("one").as_deref(), Some("MTA"));
        assert_eq!(locator(&reply(Some("null"), true)).expect("none"), None);
        assert_eq!(locator(&reply(Some(""), true)).expect("none"), None);
        assert_eq!(locator(&reply(None, false)).expect("none"), None);
        assert_eq!(locator(&reply(None, true)).expect_err("hidden").code, Code::Response);
    }
}
