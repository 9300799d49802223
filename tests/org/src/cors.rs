//! What browsers are told about pages of other origins.

use crate::config::{Config, CorsMode};
use crate::http::{Request, Response};

const METHODS: &str = "HEAD, GET, POST, PUT, PATCH, DELETE";
const EXPOSED: &str = "Sforce-Locator, Sforce-NumberOfRecords, Sforce-Limit-Info, Warning";

/// The answer to a preflight, or to an origin that is refused; `None` lets the request through.
pub fn intercept(config: &Config, request: &Request) -> Option<Response> {
    let origin = request.header("origin")?;
    if config.cors.mode == CorsMode::Refuse {
        return Some(Response::of(403, "text/plain", "Origin not allowed"));
    }
    if request.method != "OPTIONS" || request.header("access-control-request-method").is_none() {
        return None;
    }
    let allowed = is_allowed(config, origin, request.path());
    if !allowed {
        return Some(Response::new(403, ""));
    }
    let mut response = Response::new(200, "");
    allow(&mut response, origin);
    let asked = request.header("access-control-request-headers").unwrap_or_default();
    Some(
        response
            .with_header("Access-Control-Allow-Headers", asked)
            .with_header("Access-Control-Allow-Methods", METHODS),
    )
}

/// Marks a response as readable, where it is.
pub fn mark(config: &Config, request: &Request, response: &mut Response) {
    let Some(origin) = request.header("origin") else { return };
    if !is_allowed(config, origin, request.path()) {
        return;
    }
    allow(response, origin);
    if config.cors.expose {
        response.headers.push(("Access-Control-Expose-Headers".to_owned(), EXPOSED.to_owned()));
    }
}

fn allow(response: &mut Response, origin: &str) {
    let headers = [
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Credentials", "false"),
        ("Vary", "Origin"),
    ];
    response.headers.extend(headers.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

fn is_allowed(config: &Config, origin: &str, path: &str) -> bool {
    let listed = match &config.cors.mode {
        CorsMode::Off | CorsMode::Refuse => false,
        CorsMode::Any => true,
        CorsMode::Allowlist(origins) => origins.iter().any(|listed| matches(listed, origin)),
    };
    let takes_part = match path {
        path if path.starts_with("/services/async/") => config.cors.v1,
        path if path.starts_with("/services/oauth2/") => config.cors.oauth,
        // SOAP is not among what the allowlist covers.
        path => !path.starts_with("/services/Soap/"),
    };
    listed && takes_part
}

/// An entry is an origin, or one with `*` for a single subdomain.
fn matches(listed: &str, origin: &str) -> bool {
    match listed.split_once('*') {
        None => listed == origin,
        Some((before, after)) => origin
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|middle| !middle.is_empty() && !middle.contains(['.', '/'])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_subdomain() {
        let cases = [
            ("https://a.example", "https://a.example", true),
            ("https://a.example", "https://a.example:8443", false),
            ("https://*.example", "https://a.example", true),
            ("https://*.example", "https://a.b.example", false),
            ("https://*.example", "https://.example", false),
        ];
        for (listed, origin, expected) in cases {
            assert_eq!(matches(listed, origin), expected, "{listed} {origin}");
        }
    }
}
