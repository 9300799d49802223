//! Serves the org: `salesforce-bulk-org --port 8080`.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use salesforce_bulk_org::Org;
use salesforce_bulk_org::server::{App, Args, Authority, Server};
use tokio::io::AsyncReadExt;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> io::Result<()> {
    let args = Args::parse();
    let mut org = Org::new(args.org_config(now()).map_err(io::Error::other)?);
    org.seed("Account", args.accounts);
    org.seed("Contact", args.contacts);
    let app = Arc::new(App::new(org, args.www.clone()));
    let authority = args.tls_port.map(|_| Authority::new()).transpose()?;
    if let Some(authority) = &authority {
        std::fs::write(&args.ca_file, authority.pem())?;
    }
    let https = args.tls_port.zip(authority.as_ref());
    let https = https.map(|(port, authority)| (SocketAddr::new(args.host, port), authority));
    let server = Server::start(app, SocketAddr::new(args.host, args.port), https).await?;
    announce(&server, &args)?;
    the_end(args.exit_with_stdin).await
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_millis() as i64)
}

/// Says where the server is, in lines that programs wait for.
fn announce(server: &Server, args: &Args) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if let Some(https) = server.https {
        let (port, path) = (https.port(), args.ca_file.display());
        writeln!(out, "listening on https://localhost:{port}, CA at {path}")?;
    }
    writeln!(out, "listening on http://{}", server.http)?;
    out.flush()
}

/// Waits until the process shall end.
async fn the_end(with_stdin: bool) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let stdin_ends = async {
        let mut rest = [0; 1024];
        while with_stdin && tokio::io::stdin().read(&mut rest).await.is_ok_and(|read| read > 0) {}
        if !with_stdin {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
        () = stdin_ends => {}
    }
    // A read of standard input cannot be called off, so the runtime would wait for it.
    std::process::exit(0);
}
