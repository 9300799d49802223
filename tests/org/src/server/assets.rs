//! Files of the demo page, under a strict content security policy.

use std::path::{Component, Path};

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

const POLICY: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src *; style-src 'self'";

const TYPES: [(&str, &str); 11] = [
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("csv", "text/csv; charset=utf-8"),
];

/// The file of that path inside the folder; a folder stands for its `index.html`.
pub fn find(www: &Path, path: &str) -> Option<Response> {
    let relative = Path::new(path.trim_start_matches('/'));
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    let mut file = inside.then(|| www.join(relative))?;
    if file.is_dir() {
        file.push("index.html");
    }
    let bytes = std::fs::read(&file).ok()?;
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let media = TYPES.iter().find(|(known, _)| *known == extension);
    let media = media.map_or("text/plain; charset=utf-8", |(_, media)| media);
    let headers =
        [(CONTENT_TYPE, media), (CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-cache")];
    Some((headers, bytes).into_response())
}
