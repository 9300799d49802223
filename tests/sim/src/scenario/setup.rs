//! The org and the clients of a scenario.

use salesforce_bulk::engine::Settings;
use salesforce_bulk::engine::deadline::Timeouts;
use salesforce_bulk::engine::pace::Poll;
use salesforce_bulk::engine::retry::RetryPolicy;
use salesforce_bulk_org::Config;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::world::{Refresh, World, settings};

/// The org.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct OrgSetup {
    /// What is not as usual, in the names of its configuration.
    pub config: Map<String, Value>,
    /// How many contacts there are.
    pub contacts: u64,
    /// How many leads there are.
    pub leads: u64,
    /// How many accounts there are.
    pub accounts: u64,
}

impl OrgSetup {
    /// Its configuration.
    pub fn config(&self) -> Config {
        let changes = Value::Object(self.config.clone());
        Config::default().merged(&changes).expect("a configuration")
    }

    /// Its rows.
    pub fn seed(&self, world: &World) {
        world.org(|org| {
            org.seed("Account", self.accounts);
            org.seed("Contact", self.contacts);
            org.seed("Lead", self.leads);
        });
    }
}

/// The clients and their network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Setup {
    /// Such as `66.0`.
    pub api_version: String,
    /// Whether they run in a web page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageSetup>,
    /// How many bytes a body's pieces have; 0 leaves them as the org made them.
    pub piece: usize,
    /// What becomes of a refresh.
    pub refresh: Refresh,
    /// How often a request is tried.
    pub attempts: u32,
    /// The longest pause between tries, in ms.
    pub max_delay: u32,
    /// How long a request is tried, in ms.
    pub max_time: u32,
    /// How long an answer's head may take, in ms.
    pub head: u32,
    /// How long a body may be silent, in ms.
    pub idle: u32,
    /// The first pause between polls, in ms.
    pub poll_first: u32,
    /// The longest one.
    pub poll_max: u32,
}

/// A web page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PageSetup {
    /// Whether it may read the headers of Salesforce's own.
    pub exposed: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Setup {
            api_version: "66.0".to_owned(),
            page: None,
            piece: 0,
            refresh: Refresh::After(100),
            attempts: 5,
            max_delay: 30_000,
            max_time: 600_000,
            head: 120_000,
            idle: 60_000,
            poll_first: 100,
            poll_max: 2_000,
        }
    }
}

impl Setup {
    /// As the engine takes it.
    pub fn settings(&self) -> Settings {
        let ms = f64::from;
        Settings {
            retry: RetryPolicy {
                attempts: self.attempts,
                max_delay: ms(self.max_delay),
                max_time: ms(self.max_time),
            },
            timeouts: Timeouts { head: ms(self.head), idle: ms(self.idle) },
            // Who never pauses stops the clock.
            poll: Poll { first: ms(self.poll_first.max(10)), max: ms(self.poll_max.max(10)) },
            ..settings(&self.api_version)
        }
    }

    /// The network.
    pub fn furnish(&self, world: &World) {
        world.piece.set(self.piece);
        if let Some(page) = self.page {
            world.in_browser(page.exposed, true);
        }
    }
}
