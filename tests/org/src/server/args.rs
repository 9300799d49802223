//! The command line.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Parser;

use crate::config::{Config, CorsMode};

/// A Salesforce org to test against, on this machine only.
#[derive(Debug, Parser)]
#[command(name = "salesforce-bulk-org", version)]
pub struct Args {
    /// The port for HTTP; 0 picks a free one.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// A port for TLS too; 0 picks a free one.
    #[arg(long)]
    pub tls_port: Option<u16>,
    /// The loopback address to listen on.
    #[arg(long, default_value = "127.0.0.1", value_parser = loopback)]
    pub host: IpAddr,
    /// How many contacts there are to begin with.
    #[arg(long, default_value_t = 10_000)]
    pub contacts: u64,
    /// How many accounts there are to begin with, for contacts to belong to.
    #[arg(long, default_value_t = 100)]
    pub accounts: u64,
    /// A folder to serve at `/`.
    #[arg(long)]
    pub www: Option<PathBuf>,
    /// Which origins get in: `off`, `any`, `refuse`, or origins with commas between.
    #[arg(long, default_value = "off", value_parser = cors)]
    pub cors: CorsMode,
    /// Where to write the certificate that TLS clients must trust.
    #[arg(long, default_value_os_t = default_ca_file())]
    pub ca_file: PathBuf,
    /// Switches to change, as JSON.
    #[arg(long, value_parser = config, default_value = "{}")]
    pub config: serde_json::Value,
    /// End when standard input ends.
    #[arg(long)]
    pub exit_with_stdin: bool,
}

impl Args {
    /// The configuration of the org that was asked for.
    ///
    /// # Errors
    /// When `--config` names a switch that is not there.
    pub fn org_config(&self, now: i64) -> Result<Config, serde_json::Error> {
        let mut config = Config { start_ms: now, ..Config::default() };
        config.cors.mode = self.cors.clone();
        config.merged(&self.config)
    }
}

fn default_ca_file() -> PathBuf {
    std::env::temp_dir().join("salesforce-bulk-org-ca.pem")
}

fn loopback(text: &str) -> Result<IpAddr, String> {
    let text = if text == "localhost" { "127.0.0.1" } else { text };
    let address: IpAddr = text.parse().map_err(|_| "not an address".to_owned())?;
    if address.is_loopback() { Ok(address) } else { Err("not a loopback address".to_owned()) }
}

fn cors(text: &str) -> Result<CorsMode, String> {
    Ok(match text {
        "off" => CorsMode::Off,
        "any" => CorsMode::Any,
        "refuse" => CorsMode::Refuse,
        origins => CorsMode::Allowlist(origins.split(',').map(|o| o.trim().to_owned()).collect()),
    })
}

fn config(text: &str) -> Result<serde_json::Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}
