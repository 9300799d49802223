//! Creation and upload in one request.

use crate::error::ApiError;
use crate::http::Request;

/// Characters of data that such a request may carry.
const MAX_CHARS: usize = 100_000;

/// The two parts.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    /// The description of the job.
    pub job: Vec<u8>,
    /// The rows.
    pub content: Vec<u8>,
}

/// Takes a multipart request apart.
pub fn parse(request: &Request) -> Result<Parts, ApiError> {
    let invalid = |message: &str| ApiError::bad("INVALID_MULTIPART_REQUEST", message);
    let boundary = boundary(request).ok_or_else(|| invalid("No boundary"))?;
    let text = request.text();
    let (mut job, mut content) = (None, None);
    for part in text.split(&format!("--{boundary}")).skip(1) {
        let part = part.trim_start_matches("\r").strip_prefix('\n').unwrap_or(part);
        let Some((head, body)) = split_head(part) else { continue };
        match name(head) {
            Some("job") => job = Some(without_line_end(body)),
            Some("content") => content = Some(without_line_end(body)),
            _ => {}
        }
    }
    let job = job.ok_or_else(|| invalid("The part 'job' is missing"))?;
    let content = content.ok_or_else(|| invalid("The part 'content' is missing"))?;
    if content.chars().count() > MAX_CHARS {
        return Err(invalid("The part 'content' has more than 100000 characters"));
    }
    Ok(Parts { job: job.into(), content: content.into() })
}

fn boundary(request: &Request) -> Option<String> {
    let (_, boundary) = request.header("content-type")?.split_once("boundary=")?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    (!boundary.is_empty()).then(|| boundary.to_owned())
}

fn split_head(part: &str) -> Option<(&str, &str)> {
    let crlf = part.find("\r\n\r\n").map(|at| (at, 4));
    let lf = part.find("\n\n").map(|at| (at, 2));
    let (at, length) = [crlf, lf].into_iter().flatten().min()?;
    Some((&part[..at], &part[at + length..]))
}

fn name(head: &str) -> Option<&str> {
    let line = head.lines().find(|line| {
        line.get(..20).is_some_and(|name| name.eq_ignore_ascii_case("content-disposition:"))
    })?;
    let mut parameters = line.split(';').map(str::trim);
    let value = parameters.find_map(|parameter| parameter.strip_prefix("name="))?;
    Some(value.trim_matches('"'))
}

/// The line break before a boundary belongs to the boundary.
fn without_line_end(body: &str) -> &str {
    let body = body.strip_suffix('\n').unwrap_or(body);
    body.strip_suffix('\r').unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_whatever_ends_their_lines() {
        for end in ["\n", "\r\n"] {
            let lines = [
                "--B",
                "Content-Type: application/json",
                "Content-Disposition: form-data; name=\"job\"",
                "",
                "{}",
                "--B",
                "Content-Type: text/csv",
                "Content-Disposition: form-data; name=\"content\"; filename=\"content\"",
                "",
                "A,B",
                "1,2",
                "--B--",
            ];
            let request = Request::new("POST", "/")
                .with_header("Content-Type", "multipart/form-data; boundary=\"B\"")
                .with_body(lines.join(end));
            let parts = parse(&request).expect("two parts");
            assert_eq!(parts.job, b"{}");
            assert_eq!(parts.content, format!("A,B{end}1,2").into_bytes());
        }
    }

    #[test]
    fn a_part_that_is_missing_is_named() {
        let request = Request::new("POST", "/")
            .with_header("Content-Type", "multipart/form-data; boundary=B")
            .with_body("--B\nContent-Disposition: form-data; name=\"job\"\n\n{}\n--B--");
        let error = parse(&request).expect_err("no content");
        assert_eq!(error.message, "The part 'content' is missing");
    }
}
