//! One connection: requests in, answers out, or its sudden end.

use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};

use super::app::App;
use super::{assets, body};
use crate::http::{self, Exchange};

/// What a handler needs to know.
#[derive(Debug, Clone)]
struct Context {
    app: Arc<App>,
    scheme: &'static str,
}

/// Marks a response that is not sent: the connection ends in its place.
#[derive(Debug, Clone, Copy)]
struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection was dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

/// Serves a connection to its end.
pub async fn serve<S>(stream: S, scheme: &'static str, app: Arc<App>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let router = Router::new()
        .route("/services/{*path}", any(org))
        .route("/control/{*path}", any(org))
        .fallback(page_or_org)
        .with_state(Context { app, scheme });
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let answer = router.call(request);
        async move {
            let response = answer.await.unwrap_or_else(|never| match never {});
            // To fail is the one way to make hyper close the connection without a word.
            if response.extensions().get::<Dropped>().is_some() {
                Err(Dropped)
            } else {
                Ok(response)
            }
        }
    });
    // An error here is a client that went away, or one that was meant to see the end.
    let _ = http1::Builder::new()
        // As Salesforce writes them; some clients do not know them otherwise.
        .title_case_headers(true)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn page_or_org(context: State<Context>, request: Request) -> Response {
    let page = context.app.www.as_deref().filter(|_| request.method() == "GET");
    match page.and_then(|www| assets::find(www, request.uri().path())) {
        Some(page) => page,
        None => org(context, request).await,
    }
}

async fn org(State(Context { app, scheme }): State<Context>, request: Request) -> Response {
    let Ok(request) = read(request, scheme).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    // A request may take up much work, which must not hold up other connections' bodies.
    let handled = tokio::task::spawn_blocking(move || app.handle(request)).await;
    match handled {
        Ok(Exchange::Response(response)) => body::deliver(response).await,
        Ok(Exchange::Dropped) => (axum::Extension(Dropped), ()).into_response(),
        // Until the client goes away.
        Ok(Exchange::Silent) => std::future::pending().await,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Reads a request whole. HEAD is asked as GET: hyper leaves the body out.
async fn read(request: Request, scheme: &str) -> Result<http::Request, axum::Error> {
    let (head, incoming) = request.into_parts();
    let method = if head.method == "HEAD" { "GET" } else { head.method.as_str() };
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    let mut read = http::Request::new(method, target);
    for (name, value) in &head.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        if name != "x-forwarded-proto" {
            read = read.with_header(name.as_str(), &value);
        }
    }
    let body = incoming.collect().await?.to_bytes();
    Ok(read.with_header("x-forwarded-proto", scheme).with_body(Vec::from(body)))
}
