//! The server: what a socket sees.

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use salesforce_bulk_org::server::{App, Authority, Server};
use salesforce_bulk_org::{Config, Effect, Org, Rule};
use tokio::runtime::Runtime;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

const ANY_PORT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
const LIMITS: &str = "/services/data/v66.0/limits";

/// A server on free ports, for as long as its runtime lives.
struct Running {
    _runtime: Runtime,
    app: Arc<App>,
    server: Server,
    authority: Authority,
    token: String,
}

impl Running {
    fn new() -> Self {
        let mut org = Org::new(Config::default());
        org.seed("Contact", 5_000);
        let token = org.open_session();
        let app = Arc::new(App::new(org, None));
        let authority = Authority::new().expect("an authority");
        let runtime = Runtime::new().expect("a runtime");
        let https = Some((ANY_PORT, &authority));
        let server = runtime.block_on(Server::start(Arc::clone(&app), ANY_PORT, https));
        Self { _runtime: runtime, app, server: server.expect("ports"), authority, token }
    }

    fn order(&self, path: &str, effect: Effect) {
        self.app.with_org(|org| org.faults().push(Rule::once(path, effect)));
    }

    /// All bytes that come back until the server closes the connection.
    fn get(&self, path: &str) -> String {
        let stream = TcpStream::connect(self.server.http).expect("a connection");
        self.get_over(stream, path)
    }

    fn get_over(&self, mut stream: impl Read + Write, path: &str) -> String {
        self.ask(&mut stream, path);
        // A connection that was broken may end in an error; what came before it counts.
        let (bytes, _) = read_all(&mut stream);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn ask(&self, stream: &mut impl Write, path: &str) {
        let token = &self.token;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: org.example\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
        )
        .expect("a request");
    }

    fn finished_query(&self) -> String {
        let body = r#"{"operation":"query","query":"SELECT Id FROM Contact"}"#;
        let request = salesforce_bulk_org::Request::new("POST", "/services/data/v66.0/jobs/query")
            .with_header("Content-Type", "application/json")
            .with_header("Authorization", &format!("Bearer {}", self.token))
            .with_body(body);
        let created = self.app.handle(request).response().expect("an answer").text();
        self.app.with_org(|org| org.advance(60_000));
        let created: serde_json::Value = serde_json::from_str(&created).expect("a job");
        let id = created["id"].as_str().expect("an id");
        format!("/services/data/v66.0/jobs/query/{id}/results?maxRecords=5000")
    }
}

fn read_all(stream: &mut impl Read) -> (Vec<u8>, std::io::Result<usize>) {
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes);
    (bytes, end)
}

#[test]
fn requests_are_answered_however_many_slashes_begin_their_path() {
    let running = Running::new();
    for slashes in ["", "/", "//"] {
        let answer = running.get(&format!("{slashes}{LIMITS}"));
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("\"DailyApiRequests\""), "{answer}");
    }
}

#[test]
fn names_of_headers_are_in_title_case() {
    let running = Running::new();
    let answer = running.get(&running.finished_query());
    for line in ["\r\nContent-Type: text/csv", "\r\nSforce-Locator: null"] {
        assert!(answer.contains(line), "{answer:.400}");
    }
}

#[test]
fn a_dropped_connection_ends_without_a_byte() {
    let running = Running::new();
    for effect in [Effect::DropBefore, Effect::DropAfter] {
        running.order("/limits", effect);
        assert_eq!(running.get(LIMITS), "");
    }
    assert!(running.get(LIMITS).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_cut_body_ends_early_and_without_its_last_chunk() {
    let running = Running::new();
    let results = running.finished_query();
    let whole = running.get(&results);
    assert!(whole.contains("Transfer-Encoding: chunked") && whole.ends_with("\r\n0\r\n\r\n"));
    running.order("/results", Effect::Cut { bytes: Some(2_000), fraction: None });
    let cut = running.get(&results);
    assert!(cut.starts_with("HTTP/1.1 200") && !cut.ends_with("0\r\n\r\n"), "{cut}");
    let rows = cut.matches("\"003").count();
    assert!((50..5_000).contains(&rows), "{rows} rows arrived");
}

#[test]
fn a_cut_body_of_known_length_is_shorter_than_announced() {
    let running = Running::new();
    running.order("/limits", Effect::Cut { bytes: None, fraction: Some(0.5) });
    let answer = running.get(LIMITS);
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
    let length: usize = length.expect("a length").parse().expect("a number");
    assert_eq!(body.len(), length / 2);
}

#[test]
fn a_slow_answer_takes_its_time() {
    let running = Running::new();
    running.order("/limits", Effect::Latency { ms: 150 });
    running.order("/limits", Effect::Bandwidth { bytes_per_second: 2_000 });
    let begun = std::time::Instant::now();
    let length = running.get(LIMITS).len() as u128;
    assert!(begun.elapsed().as_millis() > 150 && length > 200);
}

#[test]
fn a_dripping_body_is_whole_and_takes_its_time() {
    let running = Running::new();
    let whole = running.get(LIMITS);
    let (_, body) = whole.split_once("\r\n\r\n").expect("a head");
    running.order("/limits", Effect::Drip { bytes: body.len() / 3, ms: 40 });
    let begun = std::time::Instant::now();
    let dripped = running.get(LIMITS);
    let (head, dripped) = dripped.split_once("\r\n\r\n").expect("a head");
    assert_eq!(dripped.len(), body.len());
    assert!(head.contains(&format!("Content-Length: {}", body.len())), "{head}");
    assert!(begun.elapsed().as_millis() >= 120);
}

#[test]
fn silence_keeps_the_connection_open() {
    let running = Running::new();
    let results = running.finished_query();
    let cases = [
        (LIMITS, None, false),
        (LIMITS, Some(5), true),
        (&results, Some(0), true),
        (&results, Some(2_000), true),
    ];
    for (path, bytes, head) in cases {
        running.order(path, Effect::Silence { bytes });
        let mut stream = TcpStream::connect(running.server.http).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_millis(200))).expect("a timeout");
        running.ask(&mut stream, path);
        let (found, end) = read_all(&mut stream);
        assert_eq!(
            end.map_err(|error| error.kind()),
            Err(ErrorKind::WouldBlock),
            "{path} {bytes:?}"
        );
        let found = String::from_utf8_lossy(&found);
        assert_eq!(found.starts_with("HTTP/1.1 200"), head, "{found}");
        assert!(!found.contains("0\r\n\r\n"), "{found}");
    }
}

#[test]
fn the_clock_of_the_machine_drives_the_org() {
    let running = Running::new();
    let before = running.app.with_org(|org| org.now());
    std::thread::sleep(std::time::Duration::from_millis(30));
    let after = running.app.with_org(|org| org.now());
    assert!((30..5_000).contains(&(after - before)), "{}", after - before);
}

#[test]
fn tls_is_trusted_by_its_authority_and_names_its_scheme() {
    let running = Running::new();
    let mut roots = RootCertStore::empty();
    let pem = running.authority.pem();
    let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate");
    roots.add(certificate).expect("an authority");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let config = Arc::new(config);
    for host in ["localhost", "127.0.0.1", "login.salesforce.com", "acme.my.salesforce.com"] {
        let name = ServerName::try_from(host).expect("a name");
        let connection = ClientConnection::new(Arc::clone(&config), name).expect("a client");
        let port = running.server.https.expect("a port");
        let stream = StreamOwned::new(connection, TcpStream::connect(port).expect("a connection"));
        let answer = running.get_over(stream, "/control/session");
        assert!(answer.contains("\"instanceUrl\":\"https://org.example\""), "{host}: {answer}");
    }
}
