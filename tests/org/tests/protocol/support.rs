//! A client that speaks for itself: it sends what a test says and nothing else.

use salesforce_bulk_org::{Config, Org, Request, Response};

/// Long enough for anything to be done.
pub const LONG: i64 = 60_000;

/// An org and a session.
pub struct Client {
    pub org: Org,
    pub token: String,
}

/// What came back, read to the end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub text: String,
}

impl Answer {
    pub fn of(response: Response) -> Self {
        let (status, headers) = (response.status, response.headers.clone());
        Self { status, headers, text: response.text() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// A member of a JSON object, or the text inside the first element of that name.
    pub fn json_or_element(&self, name: &str) -> String {
        if self.text.starts_with('<') {
            return self.element(name);
        }
        self.json()[name].as_str().expect(name).to_owned()
    }

    /// The text inside the first element of that name.
    pub fn element(&self, name: &str) -> String {
        let open = format!("<{name}>");
        let from = self.text.find(&open).unwrap_or_else(|| panic!("no {name}: {}", self.text));
        let rest = &self.text[from + open.len()..];
        rest[..rest.find("</").expect("an end")].to_owned()
    }
}

impl Client {
    pub fn new() -> Self {
        Self::with(Config::default())
    }

    pub fn with(config: Config) -> Self {
        let mut org = Org::new(config);
        let token = org.open_session();
        Self { org, token }
    }

    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::new(method, path)
            .with_header("Host", "acme.my.salesforce.com")
            .with_header("X-SFDC-Session", &self.token)
            .with_header("Authorization", &format!("Bearer {}", self.token))
    }

    pub fn send(&mut self, request: Request) -> Answer {
        Answer::of(self.org.handle(request).response().expect("an answer"))
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send(self.request("GET", path))
    }

    pub fn put(&mut self, method: &str, path: &str, media: &str, body: &str) -> Answer {
        self.send(self.request(method, path).with_header("Content-Type", media).with_body(body))
    }

    pub fn json(&mut self, method: &str, path: &str, body: &str) -> Answer {
        self.put(method, path, "application/json", body)
    }

    /// Creates a job of Bulk 1.0 and answers its path.
    pub fn v1_job(&mut self, operation: &str, object: &str, content: &str) -> String {
        self.v1_job_of(&format!(
            r#"{{"operation":"{operation}","object":"{object}","contentType":"{content}"}}"#
        ))
    }

    /// Creates a job of Bulk 1.0 from its description and answers its path.
    pub fn v1_job_of(&mut self, description: &str) -> String {
        let answer = self.json("POST", "/services/async/66.0/job", description);
        assert_eq!(answer.status, 201, "{}", answer.text);
        let id = answer.json()["id"].as_str().expect("an id").to_owned();
        format!("/services/async/66.0/job/{id}")
    }

    /// Adds a batch and answers its path.
    pub fn v1_batch(&mut self, job: &str, media: &str, body: &str) -> String {
        let answer = self.put("POST", &format!("{job}/batch"), media, body);
        assert_eq!(answer.status, 201, "{}", answer.text);
        format!("{job}/batch/{}", answer.json_or_element("id"))
    }

    /// The results of a batch of CSV that has had its time.
    pub fn v1_csv(&mut self, operation: &str, object: &str, rows: &str) -> String {
        let job = self.v1_job(operation, object, "CSV");
        let batch = self.v1_batch(&job, "text/csv", rows);
        self.org.advance(LONG);
        self.get(&format!("{batch}/result")).text
    }

    /// Creates a job of Bulk 2.0 and answers its path.
    pub fn v2_job(&mut self, kind: &str, description: &str) -> String {
        let answer = self.json("POST", &format!("/services/data/v66.0/jobs/{kind}"), description);
        assert_eq!(answer.status, 200, "{}", answer.text);
        let id = answer.json()["id"].as_str().expect("an id").to_owned();
        format!("/services/data/v66.0/jobs/{kind}/{id}")
    }

    /// Uploads and closes, and lets it run.
    pub fn v2_load(&mut self, job: &str, rows: &str) -> Answer {
        let answer = self.put("PUT", &format!("{job}/batches"), "text/csv", rows);
        assert_eq!((answer.status, answer.text.as_str()), (201, ""));
        let answer = self.json("PATCH", job, r#"{"state":"UploadComplete"}"#);
        assert_eq!(answer.status, 200, "{}", answer.text);
        self.org.advance(LONG);
        self.get(job)
    }

    /// Creates a query job of Bulk 2.0 and lets it run.
    pub fn v2_query(&mut self, soql: &str) -> String {
        let body = serde_json::json!({ "operation": "query", "query": soql });
        let job = self.v2_job("query", &body.to_string());
        self.org.advance(LONG);
        job
    }
}
