//! The org as a whole: one request in, one answer out.

use crate::auth;
use crate::config::Config;
use crate::cors;
use crate::data::Database;
use crate::error::ApiError;
use crate::faults::{Acts, Deferred, Effect, Ending, Faults, Plan, Queue};
use crate::http::{Body, Exchange, Request, Response};
use crate::log::{Log, Seen};
use crate::rest::{Cursors, Rest};
use crate::summary::JobSummary;
use crate::view::View;
use crate::wire::gzip;
use crate::world::World;
use crate::{control, spoil, v1, v2, version};

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
    /// Requests that faults put off.
    deferred: Queue,
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
            deferred: Queue::default(),
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
        let end = self.world.now + ms;
        while let Some(due) = self.deferred.next_due(end) {
            self.world.now = due.max(self.world.now);
            self.tick();
        }
        self.world.now = end;
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

    /// All jobs that were not deleted, those of Bulk 1.0 first, each kind by its age.
    pub fn jobs(&self) -> Vec<JobSummary<'_>> {
        self.v1.summaries().chain(self.v2.summaries()).collect()
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
        self.note(request, status, false);
        exchange
    }

    fn note(&mut self, request: Request, status: u16, by_fault: bool) {
        let (at, Request { method, path_and_query: path, .. }) = (self.world.now, request);
        self.log.push(Seen { method, path, status, at, by_fault });
    }

    fn tick(&mut self) {
        self.world.db.set_now(self.world.now);
        self.v1.tick(&mut self.world);
        self.v2.tick(&mut self.world);
        while let Some(deferred) = self.deferred.take_due(self.world.now) {
            self.carry_out(deferred);
        }
    }

    /// Does what was asked before; the answer goes nowhere.
    fn carry_out(&mut self, deferred: Deferred) {
        let Deferred { request, signed_in, .. } = deferred;
        self.world.signed_in = Some(signed_in);
        let response = self.answer(&request, &View::exact(self.world.now));
        self.world.signed_in = None;
        self.note(request, response.status, true);
    }

    fn exchange(&mut self, request: &Request) -> Exchange {
        if let Some(response) = cors::intercept(&self.world.config, request) {
            return Exchange::Response(response);
        }
        let now = self.world.now;
        let effects = self.world.faults.on_request(&request.method, &request.path_and_query, now);
        let mut plan = Plan::of(&effects);
        if plan.expires_sessions {
            self.expire_sessions();
        }
        let own = self.act(request, &plan, &effects);
        let response = plan.instead.take().or(own);
        match (plan.ending, response) {
            (Ending::Silent, _) => Exchange::Silent,
            (Ending::Answered, Some(response)) => {
                Exchange::Response(self.delivered(request, response, &effects))
            }
            _ => Exchange::Dropped,
        }
    }

    /// Does what was asked, at once or later, as often as it shall happen.
    fn act(&mut self, request: &Request, plan: &Plan, effects: &[Effect]) -> Option<Response> {
        let now = self.world.now;
        let signed_in = auth::is_signed_in(&self.world, request);
        let (first, answer) = match plan.acts {
            Acts::Never => return None,
            Acts::Now => (now, Some(self.answer(request, &View::through(effects, now)))),
            Acts::Later(ms) => (now + ms, None),
        };
        let later = answer.is_none().then_some(first);
        for due in later.into_iter().chain(plan.again.map(|ms| first + ms)) {
            self.deferred.push(Deferred { due, request: request.clone(), signed_in });
        }
        answer
    }

    fn delivered(&self, request: &Request, mut response: Response, effects: &[Effect]) -> Response {
        cors::mark(&self.world.config, request, &mut response);
        spoil::content(&mut response, effects);
        if self.world.config.gzip_responses {
            compress(request, &mut response);
        }
        spoil::announce_length(&mut response, effects);
        spoil::transfer(&mut response, effects);
        response
    }

    fn answer(&mut self, request: &Request, view: &View) -> Response {
        // Any number of slashes may begin a path; within it two are one too many.
        let path = request.path().trim_start_matches('/');
        if path.contains("//") {
            return ApiError::not_found().into();
        }
        let segments: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        match segments.as_slice() {
            ["services", "Soap", kind @ ("u" | "c"), version, ..] if request.method == "POST" => {
                auth::soap(&mut self.world, request, kind, version)
            }
            ["services", "oauth2", endpoint] => auth::oauth(&mut self.world, request, endpoint),
            ["id", org, user] => auth::identity(&self.world, request, org, user),
            ["services", "data"] => Response::json(200, &version::list(&self.world.config)),
            ["services", "async", version, rest @ ..] => self.metered(false, |org| {
                let response = org.v1.handle(&mut org.world, request, version, rest, view);
                version::warn(version, &org.world.config, response)
            }),
            ["services", "data", version, rest @ ..] => self.metered(true, |org| {
                let response = org.rest(view).handle(request, version, rest);
                version::warn(version.trim_start_matches('v'), &org.world.config, response)
            }),
            _ => ApiError::not_found().into(),
        }
    }

    fn rest<'a>(&'a mut self, view: &'a View) -> Rest<'a> {
        let Self { world, v1, v2, cursors, .. } = self;
        Rest { world, v1, v2, cursors, view }
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

fn compress(request: &Request, response: &mut Response) {
    let accepts = request.header("accept-encoding").is_some_and(|codings| codings.contains("gzip"));
    let empty = matches!(&response.body, Body::Bytes(bytes) if bytes.is_empty());
    if accepts && !empty {
        let body = std::mem::replace(&mut response.body, Body::Bytes(Vec::new()));
        response.body = gzip::deflate(body);
        response.headers.push(("Content-Encoding".to_owned(), "gzip".to_owned()));
    }
}
