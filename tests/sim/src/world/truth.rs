//! What the org holds, asked for without the engine.

use salesforce_bulk_org::{Request, Response};
use serde_json::{Value, json};

use super::World;
use crate::rows::parse_csv;

/// Long enough for anything to be done, in ms.
pub const LONG: i64 = 60_000;

impl World {
    /// What the org answers to a request that is sent as it is, with a session of now.
    pub fn raw(&self, request: Request) -> Response {
        let token = self.renew();
        let request = request
            .with_header("Host", "acme.my.salesforce.com")
            .with_header("X-SFDC-Session", &token)
            .with_header("Authorization", &format!("Bearer {token}"));
        self.org(|org| org.handle(request)).response().expect("an answer")
    }

    /// The CSV that the org has for a query, in one page, asked for without faults.
    pub fn truth(&self, soql: &str) -> String {
        self.org(|org| org.faults().clear());
        let path = "/services/data/v66.0/jobs/query";
        let body = json!({ "operation": "query", "query": soql }).to_string();
        let request = Request::new("POST", path).with_header("Content-Type", "application/json");
        let job: Value =
            serde_json::from_str(&self.raw(request.with_body(body)).text()).expect("a job");
        self.org(|org| org.advance(LONG));
        let id = job["id"].as_str().expect("an id");
        self.raw(Request::new("GET", &format!("{path}/{id}/results?maxRecords=1000000"))).text()
    }

    /// The rows of a query, from the org itself.
    pub fn table(&self, soql: &str) -> (Vec<String>, Vec<Vec<String>>) {
        parse_csv(&self.truth(soql))
    }

    /// One field of all the rows that the org holds, sorted.
    pub fn stored(&self, object: &str, field: &str) -> Vec<String> {
        let (_, rows) = self.table(&format!("SELECT {field} FROM {object}"));
        let mut cells: Vec<String> = rows.into_iter().flatten().collect();
        cells.sort();
        cells
    }

    /// The jobs of Bulk API 2.0 that the org lists, of one kind: their ids and states.
    pub fn jobs(&self, kind: &str) -> Vec<(String, String)> {
        self.org(|org| org.faults().clear());
        let path = format!("/services/data/v66.0/jobs/{kind}");
        let list: Value =
            serde_json::from_str(&self.raw(Request::new("GET", &path)).text()).expect("a list");
        let text = |job: &Value, name: &str| job[name].as_str().expect("text").to_owned();
        let jobs = list["records"].as_array().expect("records").iter();
        jobs.map(|job| (text(job, "id"), text(job, "state"))).collect()
    }
}
