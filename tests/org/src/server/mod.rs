//! The org on a port of this machine.

mod app;
mod args;
mod assets;
mod body;
mod connection;
mod tls;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

pub use app::App;
pub use args::Args;
pub use tls::Authority;

/// A server that accepts connections until it is dropped with its runtime.
#[derive(Debug)]
pub struct Server {
    /// Where it speaks plain HTTP.
    pub http: SocketAddr,
    /// Where it speaks TLS.
    pub https: Option<SocketAddr>,
}

impl Server {
    /// Binds the ports and begins to accept.
    ///
    /// # Errors
    /// When a port is taken, or TLS cannot be set up.
    pub async fn start(
        app: Arc<App>,
        http: SocketAddr,
        https: Option<(SocketAddr, &Authority)>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(http).await?;
        let http = listener.local_addr()?;
        tokio::spawn(accept(listener, None, Arc::clone(&app)));
        let Some((address, authority)) = https else {
            return Ok(Self { http, https: None });
        };
        let acceptor = authority.acceptor()?;
        let listener = TcpListener::bind(address).await?;
        let https = Some(listener.local_addr()?);
        tokio::spawn(accept(listener, Some(acceptor), app));
        Ok(Self { http, https })
    }
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, app: Arc<App>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        // Small answers must not wait for the acknowledgement of the ones before.
        let _ = stream.set_nodelay(true);
        let (tls, app) = (tls.clone(), Arc::clone(&app));
        tokio::spawn(async move {
            match tls {
                None => connection::serve(stream, "http", app).await,
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        connection::serve(stream, "https", app).await;
                    }
                }
            }
        });
    }
}
