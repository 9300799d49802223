//! The org as a whole: one request in, one answer out.

use crate::auth;
use crate::config::Config;
use crate::cors;
use crate::cut::cut;
use crate::data::Database;
use crate::error::ApiError;
use crate::faults::{Effect, Faults};
use crate::http::{Body, Exchange, Request, Response};
use crate::log::{Log, Seen};
use crate::rest::{Cursors, Rest};
use crate::wire::gzip;
use crate::world::World;
use crate::{control, v1, v2, version};

/// A Salesforce org in memory.
///
/// Its clock moves only when [`Org::advance`] is called.
#[derive(Debug)]
pub struct Org {
    pub(crate) world: World,
    pub(crate) log: Log,
    /// What [`Org::reset`] goes back to.
    initial: Config,
    seeds: Vec<(String, u64)>,
    v1: v1::Jobs,
    v2: v2::Jobs,
    cursors: Cursors,
}

impl Default for Org {
    fn default() -> Self {
        Self::new(Config::default())
    }
}

impl Org {
    /// An org without rows or jobs.
    pub fn new(config: Config) -> Self {
        Self {
            world: World::new(config.clone()),
            log: Log::default(),
            initial: config,
            seeds: Vec::new(),
            v1: v1::Jobs::default(),
            v2: v2::Jobs::default(),
            cursors: Cursors::default(),
        }
    }

    /// Adds made-up rows, and answers whether the object exists. They are there again after a reset.
    pub fn seed(&mut self, object: &str, rows: u64) -> bool {
        self.seeds.push((object.to_owned(), rows));
        self.world.db.seed(object, rows)
    }

    /// The time, in milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.world.now
    }

    /// Lets time pass.
    pub fn advance(&mut self, ms: i64) {
        self.world.now += ms;
        self.tick();
    }

    /// Opens a session without a password, and answers its token.
    pub fn open_session(&mut self) -> String {
        let world = &mut self.world;
        world.sessions.open(world.now + world.config.session_ms, &mut world.mint)
    }

    /// Ends every session.
    pub fn expire_sessions(&mut self) {
        self.world.sessions.expire_all();
    }

    /// The trouble to order.
    pub fn faults(&mut self) -> &mut Faults {
        &mut self.world.faults
    }

    /// The switches; changes hold from now on.
    pub fn config(&mut self) -> &mut Config {
        &mut self.world.config
    }

    /// The rows.
    pub fn database(&mut self) -> &mut Database {
        &mut self.world.db
    }

    /// The requests seen so far.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Starts over: no jobs, no sessions, no faults, the first configuration, the seeded rows.
    pub fn reset(&mut self) {
        let (config, seeds, now) = (self.initial.clone(), self.seeds.clone(), self.world.now);
        let mint = std::mem::take(&mut self.world.mint);
        *self = Self::new(config);
        // Ids and tokens from before must not come to life again.
        self.world.mint = mint;
        self.world.now = now;
        self.world.db.set_now(now);
        for (object, rows) in seeds {
            self.seed(&object, rows);
        }
    }

    /// Answers a request.
    pub fn handle(&mut self, request: Request) -> Exchange {
        self.tick();
        if request.path().starts_with("/control/") {
            return Exchange::Response(control::handle(self, &request));
        }
        let exchange = self.exchange(&request);
        let status = if let Exchange::Response(response) = &exchange { response.status } else { 0 };
        self.log.push(Seen { method: request.method, path: request.path_and_query, status });
        exchange
    }

    fn tick(&mut self) {
        self.world.db.set_now(self.world.now);
        self.v1.tick(&mut self.world);
        self.v2.tick(&mut self.world);
    }

    fn exchange(&mut self, request: &Request) -> Exchange {
        if let Some(response) = cors::intercept(&self.world.config, request) {
            return Exchange::Response(response);
        }
        let effects = self.world.faults.on_request(&request.method, &request.path_and_query);
        if effects.contains(&Effect::ExpireSession) {
            self.expire_sessions();
        }
        if effects.contains(&Effect::DropBefore) {
            return Exchange::Dropped;
        }
        let refused = effects.iter().find_map(refusal);
        let mut response = refused.unwrap_or_else(|| self.answer(request, &effects));
        if effects.contains(&Effect::DropAfter) {
            return Exchange::Dropped;
        }
        cors::mark(&self.world.config, request, &mut response);
        if self.world.config.gzip_responses {
            compress(request, &mut response);
        }
        for effect in &effects {
            spoil(&mut response, effect);
        }
        Exchange::Response(response)
    }

    fn answer(&mut self, request: &Request, effects: &[Effect]) -> Response {
        let path = request.path();
        if path.contains("//") {
            return ApiError::not_found().into();
        }
        let not_ready = effects.contains(&Effect::NotReady);
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        match segments.as_slice() {
            ["services", "Soap", kind @ ("u" | "c"), version, ..] if request.method == "POST" => {
                auth::soap(&mut self.world, request, kind, version)
            }
            ["services", "oauth2", endpoint] => auth::oauth(&mut self.world, request, endpoint),
            ["id", org, user] => auth::identity(&self.world, request, org, user),
            ["services", "data"] => Response::json(200, &version::list(&self.world.config)),
            ["services", "async", version, rest @ ..] => self.metered(false, |org| {
                let response = org.v1.handle(&mut org.world, request, version, rest, not_ready);
                version::warn(version, &org.world.config, response)
            }),
            ["services", "data", version, rest @ ..] => self.metered(true, |org| {
                let response = org.rest(not_ready).handle(request, version, rest);
                version::warn(version.trim_start_matches('v'), &org.world.config, response)
            }),
            _ => ApiError::not_found().into(),
        }
    }

    fn rest(&mut self, not_ready: bool) -> Rest<'_> {
        let Self { world, v1, v2, cursors, .. } = self;
        Rest { world, v1, v2, cursors, not_ready }
    }

    /// Counts an API call against the day's; REST tells how many there were.
    fn metered(&mut self, tells: bool, answer: impl FnOnce(&mut Self) -> Response) -> Response {
        let most = self.world.config.daily_api_requests;
        if self.world.usage.requests >= most {
            let message = "TotalRequests Limit exceeded.";
            return ApiError::new(403, "REQUEST_LIMIT_EXCEEDED", message).into();
        }
        self.world.usage.requests += 1;
        let response = answer(self);
        let usage = format!("api-usage={}/{most}", self.world.usage.requests);
        if tells { response.with_header("Sforce-Limit-Info", &usage) } else { response }
    }
}

fn refusal(effect: &Effect) -> Option<Response> {
    let Effect::Status { status, body, content_type } = effect else { return None };
    Some(Response::of(*status, content_type, body.clone()))
}

fn compress(request: &Request, response: &mut Response) {
    let accepts = request.header("accept-encoding").is_some_and(|codings| codings.contains("gzip"));
    let empty = matches!(&response.body, Body::Bytes(bytes) if bytes.is_empty());
    if accepts && !empty {
        let body = std::mem::replace(&mut response.body, Body::Bytes(Vec::new()));
        response.body = gzip::deflate(body);
        response.headers.push(("Content-Encoding".to_owned(), "gzip".to_owned()));
    }
}

fn spoil(response: &mut Response, effect: &Effect) {
    match effect {
        Effect::Latency { ms } => response.pace.latency_ms += ms,
        Effect::Bandwidth { bytes_per_second } => {
            response.pace.bytes_per_second = *bytes_per_second
        }
        Effect::WithholdLocator => {
            response.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("sforce-locator"));
        }
        Effect::Cut { bytes, fraction } => cut(response, *bytes, *fraction),
        _ => {}
    }
}
