//! The world of the engine's tests: an org in the same process, on a clock that jumps.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::pending;
use std::rc::Rc;

use salesforce_bulk::engine::failure::Failure;
use salesforce_bulk::engine::host::{
    Caller, Clock, Outgoing, Ownership, Phase, Progress, Reply, Transport,
};
use salesforce_bulk::error::{Error, Kind, Refusal, Result, RowEffect};
use salesforce_bulk::wire::request::Body;
use salesforce_bulk_org::config::CorsMode;
use salesforce_bulk_org::{Config, Exchange, Org, Request, Response, Rule};

use super::body::Incoming;
use super::client::Client;
use super::clock::step;
use super::random::Random;
use super::timers::Timers;

/// Where the org is.
pub const ORIGIN: &str = "https://acme.my.salesforce.com";

/// How long a refresh of the session takes, in ms.
const REFRESH: f64 = 100.0;

/// The world; a clone is the same one.
#[derive(Clone)]
pub struct World(Rc<State>);

/// What the world holds.
pub struct State {
    org: RefCell<Org>,
    timers: Timers,
    random: RefCell<Random>,
    token: RefCell<String>,
    /// Every token there ever was: none may be told.
    tokens: RefCell<Vec<String>>,
    owners: RefCell<BTreeMap<String, Ownership>>,
    refreshing: Cell<bool>,
    /// How often the session was refreshed.
    pub refreshes: Cell<u32>,
    /// Whether it can be.
    pub refreshable: Cell<bool>,
    /// What a refresh gives when it fails.
    pub refresh_failure: Cell<bool>,
    /// Whether requests come from a web page, where headers are filtered.
    pub browser: Cell<bool>,
    /// How many bytes a body's pieces have; 0 leaves them as the org made them.
    pub piece: Cell<usize>,
    /// The `Retry-After` that comes with 429 and 503.
    pub retry_after: RefCell<Option<String>>,
    /// The progress told so far: phase, job, processed.
    pub progress: RefCell<Vec<(Phase, String, Option<u64>)>>,
    /// What operations said they may have done to rows.
    pub row_effects: RefCell<Vec<RowEffect>>,
    /// The requests sent: those that took the host's time, not only the org's.
    pub sent: RefCell<Vec<Sent>>,
}

/// A request as the host was given it.
pub struct Sent {
    /// Its headers.
    pub headers: Vec<(&'static str, String)>,
    /// When, in ms.
    pub at: i64,
}

impl std::ops::Deref for World {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

impl World {
    /// An org like this, and a session.
    pub fn new(config: Config) -> Self {
        let mut org = Org::new(config);
        let token = org.open_session();
        World(Rc::new(State {
            org: RefCell::new(org),
            timers: Timers::default(),
            random: RefCell::new(Random::new(1)),
            token: RefCell::new(token.clone()),
            tokens: RefCell::new(vec![token]),
            owners: RefCell::default(),
            refreshing: Cell::new(false),
            refreshes: Cell::new(0),
            refreshable: Cell::new(true),
            refresh_failure: Cell::new(false),
            browser: Cell::new(false),
            piece: Cell::new(0),
            retry_after: RefCell::default(),
            progress: RefCell::default(),
            row_effects: RefCell::default(),
            sent: RefCell::default(),
        }))
    }

    /// Does something to the org.
    pub fn org<T>(&self, act: impl FnOnce(&mut Org) -> T) -> T {
        act(&mut self.org.borrow_mut())
    }

    /// Orders trouble.
    pub fn fault(&self, rule: Rule) {
        self.org(|org| org.faults().push(rule));
    }

    /// Seeds made-up rows.
    pub fn seeded(self, object: &str, rows: u64) -> Self {
        assert!(self.org(|org| org.seed(object, rows)), "{object}");
        self
    }

    /// From now on as from a web page that the org lets in.
    pub fn in_browser(&self, expose: bool, v1: bool) {
        self.browser.set(true);
        self.org(|org| {
            let cors = &mut org.config().cors;
            (cors.mode, cors.expose, cors.v1) = (CorsMode::Any, expose, v1);
        });
    }

    /// How many requests of this method and path the org has seen, dropped ones too.
    pub fn count(&self, method: &str, path: &str) -> usize {
        self.org(|org| org.log().count(method, path))
    }

    /// Fails where a text holds a token.
    pub fn assert_no_token(&self, text: &str) {
        for token in self.tokens.borrow().iter() {
            assert!(!text.contains(token.as_str()), "a token is told: {text}");
        }
    }

    /// Lets time pass until the next timer is due; false where there is none.
    pub fn jump(&self) -> bool {
        let Some(due) = self.timers.next() else { return false };
        self.org(|org| org.advance((due - org.now()).max(0)));
        self.timers.wake(due);
        true
    }

    /// A client of another process: it knows nothing of who has added what.
    pub fn stranger(&self, client: &Client) -> Client {
        self.owners.borrow_mut().clear();
        self.operation(client)
    }

    /// Opens a session as signing in would, without telling anyone.
    pub fn renew(&self) -> String {
        let token = self.org(Org::open_session);
        self.tokens.borrow_mut().push(token.clone());
        token
    }

    /// Takes a token for the session's.
    pub fn sign_in(&self, token: &str) {
        self.tokens.borrow_mut().push(token.to_owned());
        *self.token.borrow_mut() = token.to_owned();
    }

    /// What the org answers to a request that is sent as it is, with the session of now.
    pub fn raw(&self, request: Request) -> Response {
        let token = self.renew();
        let request = request
            .with_header("Host", "acme.my.salesforce.com")
            .with_header("X-SFDC-Session", &token)
            .with_header("Authorization", &format!("Bearer {token}"));
        self.org(|org| org.handle(request)).response().expect("an answer")
    }

    fn request(&self, outgoing: &Outgoing<'_, Rc<[u8]>>) -> Request {
        let path = outgoing.url.strip_prefix(ORIGIN).expect("the org's origin");
        let mut request = Request::new(outgoing.method.as_str(), path)
            .with_header("Host", "acme.my.salesforce.com")
            .with_header("X-Forwarded-Proto", "https");
        for (name, value) in &outgoing.headers {
            request = request.with_header(name, value);
        }
        if self.browser.get() {
            request = request.with_header("Origin", "https://app.example.com");
        }
        match outgoing.body {
            Body::None => request,
            Body::Text(text) => request.with_body(text.as_bytes()),
            Body::Payload(payload) => request.with_body(payload.to_vec()),
        }
    }

    fn reply(&self, response: Response) -> Result<Reply<Incoming>> {
        let filtered = self.browser.get();
        if filtered && response.header("access-control-allow-origin").is_none() {
            return Err(network("a page may not read this"));
        }
        let mut headers = visible(&response, filtered);
        if let (429 | 503, Some(named)) = (response.status, &*self.retry_after.borrow()) {
            headers.push(("retry-after".to_owned(), named.clone()));
        }
        let Response { status, body, pace, .. } = response;
        Ok(Reply { status, filtered, headers, body: Incoming::new(self, body, pace.drip) })
    }
}

impl Transport for World {
    type Payload = Rc<[u8]>;
    type Body = Incoming;

    async fn send(
        &self,
        outgoing: Outgoing<'_, Rc<[u8]>>,
    ) -> std::result::Result<Reply<Incoming>, Failure> {
        step().await;
        let (headers, at) = (outgoing.headers.clone(), self.org(|org| org.now()));
        self.sent.borrow_mut().push(Sent { headers, at });
        let request = self.request(&outgoing);
        let exchange = self.org(|org| org.handle(request));
        step().await;
        let response = match exchange {
            Exchange::Response(response) => response,
            Exchange::Dropped => {
                return Err(Failure::unknown(network("the connection was dropped")));
            }
            Exchange::Silent => pending().await,
        };
        if response.pace.latency_ms > 0 {
            self.sleep(response.pace.latency_ms as f64).await;
        }
        self.reply(response).map_err(Failure::unknown)
    }

    fn size(&self, payload: &Rc<[u8]>) -> u64 {
        payload.len() as u64
    }

    async fn bytes(&self, payload: &Rc<[u8]>) -> Result<Vec<u8>> {
        step().await;
        Ok(payload.to_vec())
    }
}

impl Clock for World {
    async fn sleep(&self, ms: f64) {
        let now = self.org(|org| org.now());
        let due = now + ms.ceil() as i64;
        self.timers.sleep(due, || self.org(|org| org.now()) >= due).await;
    }

    fn now(&self) -> f64 {
        self.org(|org| org.now()) as f64
    }

    fn random(&self) -> f64 {
        self.random.borrow_mut().below(1000) as f64 / 1000.0
    }
}

impl Caller for World {
    async fn token(&self, rejected: Option<&str>) -> Result<Option<String>> {
        step().await;
        while self.refreshing.get() {
            self.sleep(1.0).await;
        }
        let current = self.token.borrow().clone();
        if rejected.is_none_or(|rejected| rejected != current) {
            return Ok(Some(current));
        }
        if !self.refreshable.get() {
            return Ok(None);
        }
        let _refresh = Refresh::begin(self);
        self.sleep(REFRESH).await;
        if self.refresh_failure.get() {
            return Err(Error::new(Kind::Session(Refusal::default()), "refreshing failed"));
        }
        *self.token.borrow_mut() = self.renew();
        Ok(Some(self.token.borrow().clone()))
    }

    fn claim(&self, batch: &str) -> bool {
        if self.ownership(batch) != Ownership::Unknown {
            return false;
        }
        self.owners.borrow_mut().insert(batch.to_owned(), Ownership::Added);
        true
    }

    fn ownership(&self, batch: &str) -> Ownership {
        self.owners.borrow().get(batch).copied().unwrap_or(Ownership::Unknown)
    }

    fn report(&self, progress: &Progress<'_>) {
        let Progress { phase, job_id, processed, .. } = *progress;
        let job = job_id.unwrap_or_default().to_owned();
        self.progress.borrow_mut().push((phase, job, processed));
    }

    fn row_effect(&self, effect: RowEffect) {
        self.row_effects.borrow_mut().push(effect);
    }
}

/// The one refresh in flight; over when dropped, too.
struct Refresh<'a>(&'a World);

impl<'a> Refresh<'a> {
    fn begin(world: &'a World) -> Self {
        world.refreshing.set(true);
        world.refreshes.set(world.refreshes.get() + 1);
        Refresh(world)
    }
}

impl Drop for Refresh<'_> {
    fn drop(&mut self) {
        self.0.refreshing.set(false);
    }
}

/// As `fetch` says it.
pub fn network(reason: &str) -> Error {
    Error::new(Kind::Network, format!("no answer came ({reason})"))
}

/// The headers that a client may see; names in lower case.
fn visible(response: &Response, filtered: bool) -> Vec<(String, String)> {
    let exposed = response.header("access-control-expose-headers").unwrap_or_default();
    let exposed = exposed.to_ascii_lowercase();
    let seen = |name: &str| {
        !filtered || name == "content-type" || exposed.split(", ").any(|listed| listed == name)
    };
    let lower = response.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value));
    lower.filter(|(name, _)| seen(name)).map(|(name, value)| (name, value.clone())).collect()
}
