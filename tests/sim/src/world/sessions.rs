//! Sessions of the engine in the world.

use std::rc::Rc;

use salesforce_bulk::engine::deadline::Timeouts;
use salesforce_bulk::engine::pace::Poll;
use salesforce_bulk::engine::retry::RetryPolicy;
use salesforce_bulk::engine::{self, Session, Settings};

use super::{ORIGIN, World};

/// A session of the world.
pub type Client = Rc<Session<World>>;

/// Polls as often as the work in the org takes.
pub const POLL: Poll = Poll { first: 100.0, max: 400.0 };

impl World {
    /// A session with the usual settings.
    pub fn client(&self) -> Client {
        self.client_of("66.0")
    }

    /// A session of this version of the API.
    pub fn client_of(&self, version: &str) -> Client {
        Rc::new(Session::new(self.clone(), settings(version), Rc::default()))
    }

    /// Another operation of the same client, which has done nothing yet.
    pub fn operation(&self, client: &Client) -> Client {
        let shared: Rc<engine::Client> = client.client.clone();
        Rc::new(Session::new(self.clone(), client.settings.clone(), shared))
    }
}

/// The usual settings, and this version of the API.
pub fn settings(version: &str) -> Settings {
    Settings {
        instance_url: ORIGIN.to_owned(),
        api_version: version.to_owned(),
        client_name: Some("bulk-tests/1.0".to_owned()),
        retry: RetryPolicy::default(),
        timeouts: Timeouts::default(),
        poll: POLL,
    }
}
