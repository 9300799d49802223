//! What the org is asked and what it answers, free of any server.

use std::fmt;

/// One HTTP request, its body whole.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method in capitals.
    pub method: String,
    /// The target as on the request line: the path and, after `?`, the query.
    pub path_and_query: String,
    /// Headers in the order they came; names compare without case.
    pub headers: Vec<(String, String)>,
    /// The body as sent, still compressed if it was.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers or body.
    pub fn new(method: &str, path_and_query: &str) -> Self {
        Self {
            method: method.to_owned(),
            path_and_query: path_and_query.to_owned(),
            ..Self::default()
        }
    }

    /// The same request with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same request with this body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        self.path_and_query.split('?').next().unwrap_or_default()
    }

    /// The decoded value of one query parameter.
    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path_and_query.split_once('?')?;
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// Scheme and host as the client sees them, so that what it is told to call next is reachable.
    pub fn origin(&self) -> String {
        let scheme = self.header("x-forwarded-proto").unwrap_or("http");
        format!("{scheme}://{}", self.header("host").unwrap_or("localhost"))
    }

    /// Whether a header's media type is this one, whatever its parameters.
    pub fn content_type_is(&self, media: &str) -> bool {
        let sent = self.header("content-type").unwrap_or_default();
        sent.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(media)
    }

    /// The body as text; bytes that are not UTF-8 become U+FFFD.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// What became of a request.
#[derive(Debug)]
pub enum Exchange {
    /// It was answered.
    Response(Response),
    /// The connection died without an answer; whether the effect happened, the client cannot tell.
    Dropped,
    /// No answer comes, and the connection stays open; here too the effect may have happened.
    Silent,
}

impl Exchange {
    /// The answer, or `None` when the connection was dropped or stays silent.
    pub fn response(self) -> Option<Response> {
        match self {
            Self::Response(response) => Some(response),
            Self::Dropped | Self::Silent => None,
        }
    }
}

/// One HTTP response.
#[derive(Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Headers in order.
    pub headers: Vec<(String, String)>,
    /// The body, whole or in pieces.
    pub body: Body,
    /// How slowly a server shall deliver it.
    pub pace: Pace,
}

/// How slowly a response travels; only a server can act on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// Milliseconds before the first byte.
    pub latency_ms: u64,
    /// Bytes per second of the body; 0 is unlimited.
    pub bytes_per_second: u64,
    /// How the body comes a little at a time, if it does.
    pub drip: Option<Drip>,
}

impl Pace {
    /// Whether the body comes slower than it could.
    pub fn slows_body(&self) -> bool {
        self.bytes_per_second > 0 || self.drip.is_some()
    }
}

/// A little at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drip {
    /// So many bytes at once, at least 1.
    pub bytes: usize,
    /// Milliseconds before each.
    pub ms: u64,
}

/// A response body.
pub enum Body {
    /// All of it.
    Bytes(Vec<u8>),
    /// Pieces made while they are read, so that a big result is never one string.
    Stream(Pieces),
}

/// The pieces of a streamed body.
pub type Pieces = Box<dyn Iterator<Item = Result<Vec<u8>, Interruption>> + Send>;

/// How a body ends before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// The connection broke.
    Cut,
    /// Nothing more comes, and the connection stays open.
    Silence,
}

impl fmt::Display for Interruption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cut => "the connection was cut in mid-body",
            Self::Silence => "the connection fell silent in mid-body",
        })
    }
}

impl std::error::Error for Interruption {}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => f.debug_tuple("Bytes").field(&bytes.len()).finish(),
            Self::Stream(_) => f.write_str("Stream"),
        }
    }
}

impl Body {
    /// Reads the body to its end, or to its interruption.
    pub fn collect(self) -> (Vec<u8>, Result<(), Interruption>) {
        let mut whole = Vec::new();
        let pieces = match self {
            Self::Bytes(bytes) => return (bytes, Ok(())),
            Self::Stream(pieces) => pieces,
        };
        for piece in pieces {
            match piece {
                Ok(bytes) => whole.extend(bytes),
                Err(interruption) => return (whole, Err(interruption)),
            }
        }
        (whole, Ok(()))
    }
}

impl Response {
    /// A response with a whole body and no headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let body = Body::Bytes(body.into());
        Self { status, headers: Vec::new(), body, pace: Pace::default() }
    }

    /// A response of one media type.
    pub fn of(status: u16, media: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, body).with_header("Content-Type", media)
    }

    /// A response whose body is made while it is read.
    pub fn stream(media: &str, pieces: Pieces) -> Self {
        let mut response = Self::of(200, media, Vec::new());
        response.body = Body::Stream(pieces);
        response
    }

    /// A JSON response, the way the REST API labels it.
    pub fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::of(status, "application/json;charset=UTF-8", value.to_string())
    }

    /// The same response with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Gives a header its only value.
    pub fn set_header(&mut self, name: &str, value: &str) {
        self.remove_header(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Takes every header of that name away.
    pub fn remove_header(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The whole body as text.
    ///
    /// # Panics
    ///
    /// When the body was interrupted: a test that expects that reads [`Body::collect`].
    pub fn text(self) -> String {
        let (bytes, end) = self.body.collect();
        assert_eq!(end, Ok(()), "the body ended after {} bytes", bytes.len());
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}
