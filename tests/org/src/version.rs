//! Versions of the API: which are spoken, which are gone.

use serde_json::{Value, json};

use crate::config::Config;
use crate::http::Response;

/// The oldest version that is still spoken.
const OLDEST: u32 = 31;

/// Reads `66.0`.
pub fn parse(text: &str) -> Option<u32> {
    text.strip_suffix(".0")?.parse().ok()
}

/// Whether this version is spoken.
pub fn is_served(text: &str, config: &Config) -> bool {
    parse(text).is_some_and(|version| (OLDEST..=config.newest_version).contains(&version))
}

/// Whether this version was spoken once.
pub fn is_retired(text: &str) -> bool {
    parse(text).is_some_and(|version| (7..OLDEST).contains(&version))
}

/// What `/services/data` lists.
pub fn list(config: &Config) -> Value {
    let entry = |version: u32| {
        json!({
            "label": label(version), "url": format!("/services/data/v{version}.0"),
            "version": format!("{version}.0"),
        })
    };
    Value::Array((OLDEST..=config.newest_version).map(entry).collect())
}

/// Adds the warning that a version will go.
pub fn warn(text: &str, config: &Config, response: Response) -> Response {
    if parse(text).is_none_or(|version| version >= config.deprecated_below) {
        return response;
    }
    let warning = "299 - \"This API is deprecated and will be removed by Summer '28. \
                   Please see https://help.salesforce.com/articleView?id=005321531 for details.\"";
    response.with_header("Warning", warning)
}

/// Three releases a year: v66.0 is Spring '26.
fn label(version: u32) -> String {
    let (season, year) = match version % 3 {
        0 => ("Spring", version / 3 + 4),
        1 => ("Summer", version / 3 + 4),
        _ => ("Winter", version / 3 + 5),
    };
    format!("{season} '{year:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_have_their_names() {
        let cases =
            [(65, "Winter '26"), (66, "Spring '26"), (67, "Summer '26"), (68, "Winter '27")];
        for (version, name) in cases {
            assert_eq!(label(version), name);
        }
    }

    #[test]
    fn only_whole_versions_of_today_are_served() {
        let config = Config::default();
        let cases = [
            ("66.0", true),
            ("67.0", true),
            ("68.0", false),
            ("30.0", false),
            ("66", false),
            ("v66.0", false),
        ];
        for (text, served) in cases {
            assert_eq!(is_served(text, &config), served, "{text}");
        }
    }
}
