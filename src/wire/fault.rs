//! What the server says when it refuses: every shape of it, read as one.

use super::document::{Document, Node};
use crate::error::{Certainty, Error, Kind, Refusal};
use crate::json::Value;
use crate::planted::{self, Bug};
use crate::text::contains;

/// An answer other than 2xx.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The HTTP status.
    pub status: u16,
    /// Salesforce's own code, as it spells it.
    pub code: Option<String>,
    /// Its words, or of a page that is none of its own, the gist.
    pub message: String,
}

/// A page that is none of Salesforce's own documents is quoted so far.
const GIST: usize = 200;

/// Two refusals look like an expired session, and no refresh mends them.
const HOPELESS: [&str; 2] = [
    "Connected app is not attached to Agent",
    "This session is not valid for use with the REST API",
];

/// How Bulk API 1.0 says that results are not there yet.
const TOO_EARLY: [&str; 2] = ["Records not processed", "Records not found for this batch"];

/// How Bulk API 2.0 says that results are not there, and never will be: their job has ended without them.
const NEVER_READY: [&str; 2] = ["Current status: FAILED", "Current status: ABORTED"];

/// Limits on what runs at the same time: the server has done nothing, and the same request may pass in a while.
const CONCURRENCY_LIMITS: [&str; 2] = ["ConcurrentRequests", "ConcurrentPerOrgLongTxn"];

/// Trouble of the server's that Bulk API 1.0 tells with HTTP 400, as it tells everything.
const SERVER_TROUBLE: [&str; 3] = ["INTERNALSERVERERROR", "SERVERUNAVAILABLE", "TIMEOUT"];

impl Fault {
    /// Reads the body of a refusal: Bulk 1.0's `<error>` and `{exceptionCode}`, REST's array, OAuth's object, or none.
    pub fn parse(status: u16, body: &[u8]) -> Fault {
        let known = Document::parse(body).ok().and_then(|document| known(document.root()));
        let (code, message) =
            known.map_or((None, gist(body)), |(code, message)| (Some(code), message));
        Fault { status, code, message }
    }

    /// Whether the session has expired: 401 in 2.0, but 400 `InvalidSessionId` in 1.0.
    pub fn expired(&self) -> bool {
        let named = self.normal_code() == "INVALIDSESSIONID";
        (named || self.status == 401) && !self.says(&HOPELESS)
    }

    /// Whether the request asks too much at once: it was refused before anything was done.
    pub fn throttled(&self) -> bool {
        self.status == 429 || self.says(&CONCURRENCY_LIMITS)
    }

    /// Whether the same request may be answered later.
    pub fn transient(&self) -> bool {
        matches!(self.status, 408 | 425 | 500 | 502..=504 | 520..=530)
            || self.throttled()
            || self.server_trouble()
            || self.not_ready()
    }

    /// Whether results were asked for that are not there yet: Bulk API 2.0 says so with 412, 1.0 in words.
    pub fn not_ready(&self) -> bool {
        match self.normal_code().as_str() {
            "JOBNOTCOMPLETE" => !self.says(&NEVER_READY),
            "INVALIDBATCH" => self.says(&TOO_EARLY),
            _ => self.status == 412,
        }
    }

    fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|words| contains(&self.message, words))
    }

    /// Whether the job is in a state that the request does not fit: it may be because an earlier try took effect.
    pub fn wrong_state(&self) -> bool {
        self.normal_code() == "INVALIDJOBSTATE"
    }

    /// Whether there is no such job or batch.
    pub fn missing(&self) -> bool {
        let no_such = |words: &str| contains(&self.message.to_ascii_lowercase(), words);
        match self.normal_code().as_str() {
            "INVALIDJOB" => no_such("invalid job id"),
            "INVALIDBATCH" => no_such("invalid batch id"),
            _ => self.status == 404,
        }
    }

    /// Whether a job cannot be started because it was given data more than once: a request may have been doubled on its
    /// way. ("Found multipe contents for job", as Salesforce spells it.)
    pub fn doubled_upload(&self) -> bool {
        self.normal_code() == "INVALIDJOB" && self.says(&["contents"])
    }

    /// What is certain of the request's effect. Whatever stands between, or broke inside, may have let it through.
    pub fn certainty(&self) -> Certainty {
        if self.status == 503 && planted::is(Bug::UnavailableIsRefused) {
            return Certainty::Refused;
        }
        if self.status == 408 || self.status >= 500 || self.server_trouble() {
            return Certainty::Unknown;
        }
        Certainty::Refused
    }

    /// The failure that the caller sees.
    pub fn into_error(self) -> Error {
        let transient = self.transient();
        let sentence = self.sentence();
        let kind = self.kind();
        let mut error = Error::new(kind, sentence);
        error.transient = transient;
        error
    }

    fn server_trouble(&self) -> bool {
        SERVER_TROUBLE.contains(&self.normal_code().as_str())
    }

    /// Bulk 2.0 writes the codes of 1.0 in capitals and without underscores: `InvalidJob`, `INVALIDJOB`.
    fn normal_code(&self) -> String {
        let code = self.code.as_deref().unwrap_or_default();
        code.chars()
            .filter(|letter| *letter != '_')
            .map(|letter| letter.to_ascii_uppercase())
            .collect()
    }

    fn kind(self) -> Kind {
        let of: fn(Refusal) -> Kind = match self.normal_code().as_str() {
            "INVALIDSESSIONID" => Kind::Session,
            "EXCEEDEDQUOTA" | "LIMITEXCEEDED" | "REQUESTLIMITEXCEEDED" => Kind::Limit,
            _ if self.says(&["Exceeded max size limit"]) => Kind::Limit,
            _ if self.status == 401 => Kind::Session,
            _ if self.status >= 500 || self.status == 429 || self.server_trouble() => Kind::Server,
            _ => Kind::Request,
        };
        of(Refusal { status: Some(self.status), error_code: self.code })
    }

    fn sentence(&self) -> String {
        let code = self.code.as_deref().map(|code| format!("{code}: ")).unwrap_or_default();
        let stop = if self.message.ends_with('.') { "" } else { "." };
        let next = match self {
            fault if fault.expired() || fault.status == 401 => {
                " Sign in again, or give `refresh` to have it done."
            }
            fault if fault.transient() => " Try again later.",
            _ => "",
        };
        let stop = if next.is_empty() { "" } else { stop };
        format!("{code}{}{stop}{next} (HTTP {})", self.message, self.status)
    }
}

fn known(root: Node<'_>) -> Option<(String, String)> {
    let root = match root {
        Node::Json(Value::List(errors)) => Node::Json(errors.first()?),
        other => other,
    };
    let pairs = [
        ("exceptionCode", "exceptionMessage"),
        ("errorCode", "message"),
        ("error", "error_description"),
    ];
    pairs.into_iter().find_map(|(code, message)| {
        Some((root.text(code)?, root.text(message).unwrap_or_default()))
    })
}

/// A proxy's page, a stack trace, nothing at all: its text without the tags, cut short.
fn gist(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body.get(..4096).unwrap_or(body));
    let mut inside = false;
    let untagged: String = text
        .chars()
        .filter_map(|letter| match letter {
            '<' => {
                inside = true;
                Some(' ')
            }
            '>' => {
                inside = false;
                None
            }
            other => (!inside).then_some(other),
        })
        .collect();
    let mut gist = String::new();
    for word in untagged.split_whitespace() {
        if !gist.is_empty() {
            gist.push(' ');
        }
        gist.push_str(word);
    }
    let gist: String = gist.chars().take(GIST).collect();
    if gist.is_empty() { "The server gave no reason".to_owned() } else { gist }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn every_shape_is_read() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?><error
   xmlns="http://www.force.com/2009/06/asyncapi/dataload">
 <exceptionCode>InvalidSessionId</exceptionCode>
 <exceptionMessage>Invalid session id</exceptionMessage>
</error>"#;
        let cases: [(u16, &str, Option<&str>, &str, Code); 9] = [
            (400, xml, Some("InvalidSessionId"), "Invalid session id", Code::Session),
            (
                400,
                r#"{"exceptionCode":"InvalidJob","exceptionMessage":"Invalid job id: x"}"#,
                Some("InvalidJob"),
                "Invalid job id: x",
                Code::Request,
            ),
            (
                401,
                r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#,
                Some("INVALID_SESSION_ID"),
                "Session expired or invalid",
                Code::Session,
            ),
            (
                403,
                r#"[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"TotalRequests Limit exceeded."}]"#,
                Some("REQUEST_LIMIT_EXCEEDED"),
                "TotalRequests Limit exceeded.",
                Code::Limit,
            ),
            (
                400,
                r#"{"error":"invalid_grant","error_description":"authentication failure"}"#,
                Some("invalid_grant"),
                "authentication failure",
                Code::Request,
            ),
            (
                503,
                "<html><head><title>Down</title></head><body>Back  soon</body></html>",
                None,
                "Down Back soon",
                Code::Server,
            ),
            (500, "", None, "The server gave no reason", Code::Server),
            (404, "[]", None, "[]", Code::Request),
            (
                400,
                "<error><exceptionCode>ClientInputError</exceptionCode><exceptionMessage>Failed to read request. Exceeded max size limit of 10000000</exceptionMessage></error>",
                Some("ClientInputError"),
                "Failed to read request. Exceeded max size limit of 10000000",
                Code::Limit,
            ),
        ];
        for (status, body, code, message, kind) in cases {
            let fault = Fault::parse(status, body.as_bytes());
            assert_eq!(
                fault,
                Fault { status, code: code.map(str::to_owned), message: message.to_owned() }
            );
            assert_eq!(fault.into_error().code(), kind, "{body}");
        }
    }

    #[test]
    fn only_some_are_expired_sessions() {
        for (status, body, expired) in [
            (
                400,
                r#"{"exceptionCode":"InvalidSessionId","exceptionMessage":"Invalid session id"}"#,
                true,
            ),
            (401, "", true),
            (
                401,
                r#"[{"errorCode":"INVALID_SESSION_ID","message":"This session is not valid for use with the REST API"}]"#,
                false,
            ),
            (403, r#"[{"errorCode":"API_DISABLED_FOR_ORG","message":"no"}]"#, false),
            (400, r#"{"exceptionCode":"InvalidJob","exceptionMessage":"x"}"#, false),
        ] {
            assert_eq!(Fault::parse(status, body.as_bytes()).expired(), expired, "{body}");
        }
    }

    #[test]
    fn what_may_pass_is_told_from_what_may_not() {
        let limit = |name: &str| {
            format!(
                r#"[{{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"{name} Limit exceeded."}}]"#
            )
        };
        let trouble = r#"{"exceptionCode":"InternalServerError","exceptionMessage":"x"}"#;
        let early =
            r#"{"exceptionCode":"InvalidBatch","exceptionMessage":"Records not processed"}"#;
        let unfinished = r#"[{"errorCode":"JOB_NOT_COMPLETE","message":"can only download"}]"#;
        let (unknown, refused) = (Certainty::Unknown, Certainty::Refused);
        for (status, body, transient, certainty) in [
            (503, "<html>", true, unknown),
            (429, "", true, refused),
            (501, "", false, unknown),
            (408, "", true, unknown),
            (403, &limit("TotalRequests"), false, refused),
            (403, &limit("ConcurrentRequests (Concurrent API Requests)"), true, refused),
            (403, &limit("ConcurrentPerOrgLongTxn"), true, refused),
            (400, trouble, true, unknown),
            (400, early, true, refused),
            (412, unfinished, true, refused),
            (
                412,
                &unfinished.replace("can only download", "Current status: FAILED"),
                false,
                refused,
            ),
            (400, r#"{"exceptionCode":"InvalidJob","exceptionMessage":"x"}"#, false, refused),
        ] {
            let fault = Fault::parse(status, body.as_bytes());
            let found = (fault.transient(), fault.certainty());
            assert_eq!(found, (transient, certainty), "{status} {body}");
        }
    }
}
