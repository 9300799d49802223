//! A request as plain data.

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
    /// Whether sending it twice does no harm.
    pub repeatable: bool,
    /// The job that it is about: a failure names it.
    pub job: Option<String>,
    /// The batch that it is about.
    pub batch: Option<String>,
}

impl<P> Request<P> {
    /// A request without a body. All but POST and PUT may be repeated.
    pub fn new(api: Api, method: Method, path: impl Into<String>) -> Self {
        let repeatable = !matches!(method, Method::Post | Method::Put);
        Request {
            api,
            method,
            path: path.into(),
            headers: Vec::new(),
            body: Body::None,
            repeatable,
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

    /// Sending it twice does no harm, whatever the method.
    pub fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }
}

/// Text made safe to stand in a path or a query: ids and locators come from callers and servers.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The value of a parameter of a URL's query, decoded.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(decode(value))
}

fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let escaped = (byte == b'%').then(|| tail.get(..2).and_then(hex)).flatten();
        out.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_locators_cannot_leave_their_place() {
        for (text, encoded) in [
            ("750R0000000zw4y", "750R0000000zw4y"),
            ("../x?y=1", "..%2Fx%3Fy%3D1"),
            ("é", "%C3%A9"),
        ] {
            assert_eq!(encode(text), encoded);
            assert_eq!(decode(encoded), text);
        }
    }

    #[test]
    fn parameters_are_found_and_decoded() {
        let url = "/services/data/v66.0/jobs/query/750/results?maxRecords=5&locator=MTAw%3D";
        assert_eq!(parameter(url, "locator").as_deref(), Some("MTAw="));
        assert_eq!(parameter(url, "cator"), None);
        assert_eq!(parameter("/results", "locator"), None);
        assert_eq!(parameter("/results?locator=%zz%4", "locator").as_deref(), Some("%zz%4"));
    }
}
