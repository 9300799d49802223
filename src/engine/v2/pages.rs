//! Which result pages a query has.

use std::collections::VecDeque;

use crate::engine::host::{Attempt, Host, Reply};
use crate::engine::session::Session;
use crate::error::{Error, Result};
use crate::wire::request::Request;
use crate::wire::v2::{self, PageLocator, ResultPages};

/// So many rows a page has that is asked for by locator: a page that the server is to size may stall
/// (estuary/connectors#2683), and a smaller one costs less when it breaks off.
pub const PAGE_ROWS: u64 = 50_000;

/// The pages still to be read: listed by `resultPages` (API 58.0 and later), whose locators come in the body and so
/// are there in a browser too; else one after another by the locator in each page's header.
pub struct Pages {
    job: String,
    rows: Option<u64>,
    listing: Listing,
    circle: CircleCheck,
}

enum Listing {
    /// Nothing is known yet.
    Unknown,
    /// What the list has told, and where it goes on.
    Listed { locators: VecDeque<PageLocator>, next: Option<String> },
    /// The next page, by the header of the one before; none after the last.
    ByHeader(Option<PageLocator>),
}

/// A page to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRef {
    /// Where it begins.
    pub locator: PageLocator,
    /// How many rows it may have, where that is for the client to say.
    pub max_records: Option<u64>,
}

impl PageRef {
    /// The request of this page.
    pub fn request<P>(&self, job: &str) -> Request<P> {
        v2::results(job, self.locator.as_deref(), self.max_records)
    }
}

impl Pages {
    /// The pages of a job. A page size of the caller's own goes by locator: the list has the server's.
    pub fn new(job: &str, max_records: Option<u64>) -> Self {
        let listing = match max_records {
            Some(_) => Listing::ByHeader(Some(None)),
            None => Listing::Unknown,
        };
        Pages { job: job.to_owned(), rows: max_records, listing, circle: CircleCheck::default() }
    }

    /// The next page; none after the last.
    ///
    /// # Errors
    /// Those of the list; [`Kind::Response`](crate::error::Kind::Response) where it leads in a circle.
    pub async fn next<H: Host>(&mut self, session: &Session<H>) -> Result<Option<PageRef>> {
        loop {
            match &mut self.listing {
                Listing::Unknown => self.listing = first(session, &self.job).await?,
                Listing::Listed { locators, next } => {
                    if let Some(locator) = locators.pop_front() {
                        return Ok(Some(PageRef { locator, max_records: None }));
                    }
                    let Some(locator) = next.take() else { return Ok(None) };
                    self.circle.step(&locator)?;
                    let part = v2::result_pages(&self.job, Some(&locator)).known_ready();
                    self.listing = listed(session, part, false).await?.into();
                }
                Listing::ByHeader(next) => {
                    let max_records = Some(self.rows.unwrap_or(PAGE_ROWS));
                    return Ok(next.take().map(|locator| PageRef { locator, max_records }));
                }
            }
        }
    }

    /// Learns from a page's head where the next one is.
    ///
    /// # Errors
    /// [`Kind::Response`](crate::error::Kind::Response) where a browser hides the header: the last page cannot be told
    /// from any other.
    pub fn opened<B>(&mut self, reply: &Reply<B>) -> Result<()> {
        if let Listing::ByHeader(next) = &mut self.listing {
            let following = locator(reply)?;
            following.iter().try_for_each(|locator| self.circle.step(locator))?;
            *next = following.map(Some);
        }
        Ok(())
    }
}

impl From<ResultPages> for Listing {
    fn from(pages: ResultPages) -> Self {
        Listing::Listed { locators: pages.locators.into(), next: pages.next }
    }
}

/// Finds out whether locators lead round in a circle, by Brent's algorithm: one of them is kept, and given up for a later
/// one after twice as many steps each time.
#[derive(Default)]
struct CircleCheck {
    kept: String,
    steps: u32,
    limit: u32,
}

impl CircleCheck {
    fn step(&mut self, locator: &str) -> Result<()> {
        if self.kept == locator {
            return Err(Error::response(
                "The list of result pages leads back to where it was. Read it again from its start.",
            ));
        }
        self.steps += 1;
        if self.steps > self.limit {
            *self = CircleCheck { kept: locator.to_owned(), steps: 0, limit: 2 * self.limit + 1 };
        }
        Ok(())
    }
}

/// By list where the server has it: before API 58.0 there is no such resource.
async fn first<H: Host>(session: &Session<H>, job: &str) -> Result<Listing> {
    match listed(session, v2::result_pages(job, None).known_ready(), true).await {
        Err(failure) if matches!(failure.error.kind.status(), Some(404 | 405)) => {
            Ok(Listing::ByHeader(Some(None)))
        }
        other => Ok(other?.into()),
    }
}

fn listed<'a, H: Host>(
    session: &'a Session<H>,
    part: Request<H::Payload>,
    is_start: bool,
) -> Attempt<'a, ResultPages> {
    let read: fn(&[u8]) -> Result<ResultPages> = match is_start {
        true => |body| v2::read_result_pages(body, true),
        false => |body| v2::read_result_pages(body, false),
    };
    session.ask(part, read)
}

/// All locators of a job's result pages, for those who read them on their own; the first page may have an empty one.
pub async fn result_pages<H: Host>(session: &Session<H>, job: &str) -> Result<Vec<String>> {
    let mut all = Vec::new();
    let mut next: Option<String> = None;
    let mut circle = CircleCheck::default();
    loop {
        let part = v2::result_pages(job, next.as_deref());
        let pages = listed(session, part, next.is_none()).await?;
        all.extend(pages.locators.into_iter().map(Option::unwrap_or_default));
        let Some(locator) = pages.next else { return Ok(all) };
        circle.step(&locator)?;
        next = Some(locator);
    }
}

/// The next page's locator; the last page's is the text `null`. Where nothing hides a header that is not there, the rows
/// must tell whether it was the last page: they are counted against the job's.
///
/// # Errors
/// [`Kind::Response`](crate::error::Kind::Response) where a browser hides it.
pub fn locator<B>(reply: &Reply<B>) -> Result<PageLocator> {
    match reply.header("sforce-locator") {
        Some("null" | "") => Ok(None),
        Some(locator) => Ok(Some(locator.to_owned())),
        None if reply.filtered => Err(Error::response(
            "The browser hides the header Sforce-Locator of a result page, so the next page cannot be found: \
             let the org expose it, or leave out maxRecords, or use API 58.0 or later.",
        )),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locators_that_lead_in_a_circle_are_found_out() {
        for (lead, circle) in [(0, 1), (0, 2), (1, 3), (7, 5), (100, 64), (3, 100)] {
            let mut check = CircleCheck::default();
            let locator = |step: usize| {
                let place = if step < lead { step } else { lead + (step - lead) % circle };
                format!("locator {place}")
            };
            let found =
                (0..10 * (lead + circle) + 10).find(|step| check.step(&locator(*step)).is_err());
            assert!(found.is_some_and(|step| step >= circle), "{lead} {circle}");
        }
        let mut check = CircleCheck::default();
        assert!((0..10_000).all(|step| check.step(&format!("locator {step}")).is_ok()));
    }

    #[test]
    fn a_hidden_locator_is_no_last_page() {
        for (header, filtered, found) in [
            (Some("MTA"), true, Ok(Some("MTA"))),
            (Some("null"), true, Ok(None)),
            (Some(""), true, Ok(None)),
            (Some("null"), false, Ok(None)),
            (None, false, Ok(None)),
            (None, true, Err(())),
        ] {
            let headers = header.map(|text| ("sforce-locator".to_owned(), text.to_owned()));
            let headers = headers.into_iter().collect();
            let read = locator(&Reply { status: 200, filtered, headers, body: () });
            let read = read.as_ref().map(Option::as_deref).map_err(|_| ());
            assert_eq!(read, found, "{header:?} {filtered}");
        }
    }
}
