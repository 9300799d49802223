//! Answers that are not those of the org: pages of HTML, other documents, another job's.

use salesforce_bulk_org::{Effect, Request};

use super::Place;
use crate::scenario::Dice;

/// A good status with another body, after the request took effect or without.
pub fn instead(acts: bool, status: u16, media: &str, body: &str) -> Effect {
    let (body, content_type, headers) = (body.to_owned(), media.to_owned(), Vec::new());
    match acts {
        true => Effect::StatusAfter { status, body, content_type, headers },
        false => Effect::Status { status, body, content_type, headers },
    }
}

/// A page of HTML.
pub const PAGE: &str = "<html><head><title>Sign in</title></head><body>Welcome</body></html>";

/// The media type of such pages.
pub const HTML: &str = "text/html; charset=UTF-8";

/// Of JSON.
pub const JSON: &str = "application/json;charset=UTF-8";

/// JSON that says nothing of what was asked. Of a query an empty list says that it found nothing, and nobody could tell
/// that it found something.
pub fn other_json(place: Place, dice: &mut Dice) -> &'static str {
    const OTHER: [&str; 6] =
        ["{}", "[]", "null", r#"{"ok":true}"#, r#"[{"id":"1"}]"#, r#"{"batchInfo":[]}"#];
    match *dice.pick(&OTHER) {
        "[]" if matches!(place, Place::BatchResult | Place::QueryResult) => "{}",
        other => other,
    }
}

/// What a proxy may have kept of another job: well-formed, and of no use. None where nothing could tell it from the
/// right answer.
pub fn of_another_job(place: Place) -> Option<(&'static str, &'static str)> {
    match place {
        Place::JobInfo => Some((JSON, OTHER_JOB)),
        Place::Job => Some(("application/xml", OTHER_JOB_1)),
        Place::AddBatch | Place::Batch => Some(("application/xml", OTHER_BATCH)),
        Place::Batches => Some(("application/xml", OTHER_BATCHES)),
        Place::BatchResult => Some(("application/xml", OTHER_RESULTS)),
        _ => None,
    }
}

/// What reading an open job answers, where its state was to be changed: as if the request had become a GET on its way.
pub fn unchanged(request: &Request) -> Option<(&'static str, String)> {
    let id = request.path().rsplit('/').next().unwrap_or_default();
    match (Place::of(request), request.method.as_str()) {
        (Place::JobInfo, "PATCH") => Some((
            JSON,
            format!(
                r#"{{"id":"{id}","operation":"insert","object":"Account","state":"Open","apiVersion":66.0}}"#
            ),
        )),
        (Place::Job, "POST") => Some((
            "application/xml",
            format!(
                r#"<?xml version="1.0" encoding="UTF-8"?><jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload"><id>{id}</id><operation>insert</operation><object>Account</object><state>Open</state></jobInfo>"#
            ),
        )),
        _ => None,
    }
}

const OTHER_JOB: &str = r#"{"id":"750Kf0000000zzzIAA","operation":"insert","object":"Account","state":"JobComplete","numberRecordsProcessed":3,"numberRecordsFailed":0}"#;

const OTHER_JOB_1: &str = r#"<?xml version="1.0" encoding="UTF-8"?><jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload"><id>750Kf0000000zzzIAA</id><operation>insert</operation><object>Account</object><state>Closed</state><numberBatchesTotal>1</numberBatchesTotal></jobInfo>"#;

const OTHER_BATCH: &str = r#"<?xml version="1.0" encoding="UTF-8"?><batchInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload"><id>751Kf0000000zzzIAA</id><jobId>750Kf0000000zzzIAA</jobId><state>Completed</state><numberRecordsProcessed>3</numberRecordsProcessed></batchInfo>"#;

const OTHER_BATCHES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><batchInfoList xmlns="http://www.force.com/2009/06/asyncapi/dataload"><batchInfo><id>751Kf0000000zzzIAA</id><jobId>750Kf0000000zzzIAA</jobId><state>Completed</state><numberRecordsProcessed>3</numberRecordsProcessed></batchInfo></batchInfoList>"#;

const OTHER_RESULTS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><result-list xmlns="http://www.force.com/2009/06/asyncapi/dataload"><result>752Kf0000000zzz</result></result-list>"#;
