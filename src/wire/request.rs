//! A request as plain data.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::document::{MAX_DOCUMENT, MAX_LIST};

/// The HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates; Bulk API 1.0 also changes with it.
    Post,
    /// Uploads.
    Put,
    /// Changes a state.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// In capitals: `fetch` leaves `patch` as it is, and servers refuse it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }

    /// Whether this status says that it was done. Where no document says it too, no other status of 2xx does: an upload is
    /// answered with 201, a deletion with 204 (Bulk API 2.0 guide, "Upload Job Data", "Delete a Job").
    pub const fn is_done(self, status: u16) -> bool {
        match self {
            Method::Put => status == 201,
            Method::Delete => status == 204,
            _ => status >= 200 && status < 300,
        }
    }
}

/// Where a request goes, and by which header it carries the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Bulk API 1.0: `/services/async/66.0/…` with `X-SFDC-Session`.
    V1,
    /// Bulk API 2.0 and REST: `/services/data/v66.0/…` with `Authorization: Bearer`.
    V2,
    /// Signing in: the path is a whole URL, and there is no session yet.
    Login,
}

/// What a request carries. `P` is what the host uploads: bytes natively, a Blob in a browser.
#[derive(Clone, Debug)]
pub enum Body<P> {
    /// Nothing.
    None,
    /// Text of the client's own making.
    Text(String),
    /// The caller's data.
    Payload(P),
}

/// A request. It says what it is for, and leaves host, version and session to whoever sends it.
#[derive(Clone, Debug)]
pub struct Request<P> {
    /// Decides the root and the session's header.
    pub api: Api,
    /// The method.
    pub method: Method,
    /// Below the API's root, without a leading slash.
    pub path: String,
    /// Beyond the session's.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body<P>,
    /// Whether it does no harm when it takes effect twice.
    pub repeatable: bool,
    /// Whether what it reads is known to be there: then an answer that says otherwise is asked for again.
    pub known_ready: bool,
    /// How many bytes the document may have that answers it.
    pub document_limit: usize,
    /// The job that it is about: a failure names it.
    pub job: Option<String>,
    /// The batch that it is about.
    pub batch: Option<String>,
}

impl<P> Request<P> {
    /// A request without a body. Reading may be repeated, and so may what sets a state: a job is not started, aborted or
    /// deleted twice.
    pub fn new(api: Api, method: Method, path: impl Into<String>) -> Self {
        let repeatable = !matches!(method, Method::Post | Method::Put);
        Request {
            api,
            method,
            path: path.into(),
            headers: Vec::new(),
            body: Body::None,
            repeatable,
            known_ready: false,
            document_limit: MAX_DOCUMENT,
            job: None,
            batch: None,
        }
    }

    /// About this job.
    pub fn of_job(mut self, id: &str) -> Self {
        self.job = Some(id.to_owned());
        self
    }

    /// About this batch of a job.
    pub fn of_batch(mut self, job: &str, id: &str) -> Self {
        self.batch = Some(id.to_owned());
        self.of_job(job)
    }

    /// With a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With text for a body.
    pub fn text(self, content_type: &str, text: impl Into<String>) -> Self {
        self.body(content_type, Body::Text(text.into()))
    }

    /// With a body.
    pub fn body(mut self, content_type: &str, body: Body<P>) -> Self {
        self.body = body;
        self.header("Content-Type", format!("{content_type}; charset=UTF-8"))
    }

    /// Taking effect twice does no harm, whatever the method.
    pub fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    /// Of what is known to be there.
    pub fn known_ready(mut self) -> Self {
        self.known_ready = true;
        self
    }

    /// Answered by a list.
    pub fn list(mut self) -> Self {
        self.document_limit = MAX_LIST;
        self
    }
}

/// What may stand in a path segment or a query parameter as it is.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Text made safe to stand in a path or a query: ids and locators come from callers and servers.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A path with the parameters that are given.
pub fn with_query(path: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let mut url = path.to_owned();
    let mut mark = '?';
    for (name, value) in parameters {
        if let Some(value) = value {
            url.push(mark);
            url.push_str(name);
            url.push('=');
            url.push_str(&encode(value));
            mark = '&';
        }
    }
    url
}

/// The value of a parameter of a URL's query, decoded. A `+` is a plus: locators may be Base64.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_document_is_done_by_its_own_status_alone() {
        for (method, done) in [
            (Method::Put, [false, true, false]),
            (Method::Delete, [false, false, true]),
            (Method::Post, [true, true, true]),
        ] {
            assert_eq!([200, 201, 204].map(|status| method.is_done(status)), done, "{method:?}");
        }
        assert!(!Method::Get.is_done(302) && !Method::Put.is_done(401));
    }

    #[test]
    fn ids_and_locators_cannot_leave_their_place() {
        for (text, encoded) in [
            ("750R0000000zw4y", "750R0000000zw4y"),
            ("../x?y=1", "..%2Fx%3Fy%3D1"),
            ("é", "%C3%A9"),
        ] {
            assert_eq!(encode(text), encoded);
            let url = format!("/results?locator={encoded}");
            assert_eq!(parameter(&url, "locator").as_deref(), Some(text));
        }
    }

    #[test]
    fn parameters_are_found_and_decoded() {
        let url = "/services/data/v66.0/jobs/query/750/results?maxRecords=5&locator=MTAw%3D";
        assert_eq!(parameter(url, "locator").as_deref(), Some("MTAw="));
        assert_eq!(parameter(url, "cator"), None);
        assert_eq!(parameter("/results", "locator"), None);
        for (sent, read) in [("%zz%4", "%zz%4"), ("a+b", "a+b"), ("", "")] {
            let url = format!("/results?locator={sent}&x=1");
            assert_eq!(parameter(&url, "locator").as_deref(), Some(read));
        }
    }
}
