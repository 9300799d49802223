//! Signing in, and sessions that end.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use salesforce_bulk_org::{Config, Request};
use sha2::{Digest, Sha256};

use crate::support::{Answer, Client};

const INSERT: &str = r#"{"object":"Contact","operation":"insert"}"#;

fn soap(client: &mut Client, path: &str, envelope: &str) -> Answer {
    let request = Request::new("POST", path)
        .with_header("Host", "acme.my.salesforce.com")
        .with_header("X-Forwarded-Proto", "https")
        .with_header("SOAPAction", "\"\"")
        .with_header("Content-Type", "text/xml")
        .with_body(envelope);
    client.send(request)
}

fn envelope(username: &str, password: &str) -> String {
    format!(
        "<se:Envelope xmlns:se=\"http://schemas.xmlsoap.org/soap/envelope/\"><se:Header/><se:Body>\
         <login xmlns=\"urn:partner.soap.sforce.com\"><username>{username}</username>\
         <password>{password}</password></login></se:Body></se:Envelope>"
    )
}

#[test]
fn a_password_opens_a_session_with_or_without_the_token() {
    for password in ["demo", "demoTOKEN", "&#100;emo"] {
        let mut client = Client::new();
        let answer =
            soap(&mut client, "/services/Soap/u/64.0", &envelope("demo@example.com", password));
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(
            answer
                .element("serverUrl")
                .starts_with("https://acme.my.salesforce.com/services/Soap/u/64.0/00D")
        );
        assert_eq!(answer.element("sessionSecondsValid"), "7200");
        client.token = answer.element("sessionId");
        assert_eq!(client.json("POST", "/services/data/v66.0/jobs/ingest", INSERT).status, 200);
        client.v1_job("insert", "Account", "CSV");
    }
}

#[test]
fn prefixes_and_headers_are_the_clients_choice() {
    let body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<env:Envelope \
        xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:n1=\"urn:enterprise.soap.sforce.com\">\
        <env:Header><n1:CallOptions><n1:client>x</n1:client></n1:CallOptions><n1:LoginScopeHeader>\
        <n1:organizationId>00DKf0000000000</n1:organizationId></n1:LoginScopeHeader></env:Header>\n<env:Body>\
        <n1:login><n1:username>demo@example.com</n1:username><n1:password>demo</n1:password></n1:login>\
        </env:Body></env:Envelope>";
    let answer = soap(&mut Client::new(), "/services/Soap/c/63.0", body);
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.text.contains("urn:enterprise.soap.sforce.com"));
}

#[test]
fn faults_are_as_recorded() {
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:sf=\"urn:fault.partner.soap.sforce.com\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body><soapenv:Fault><faultcode>INVALID_LOGIN</faultcode><faultstring>INVALID_LOGIN: Invalid username, password, security token; or user locked out.</faultstring><detail><sf:LoginFault xsi:type=\"sf:LoginFault\"><sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode><sf:exceptionMessage>Invalid username, password, security token; or user locked out.</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>";
    let mut client = Client::with(Config { soap_fault_prefix: false, ..Config::default() });
    let answer = soap(&mut client, "/services/Soap/u/64.0", &envelope("demo@example.com", "wrong"));
    assert_eq!((answer.status, answer.text.as_str()), (500, expected));
}

#[test]
fn what_cannot_log_in_is_told_why() {
    let cases = [
        ("/services/Soap/u/65.0", envelope("demo@example.com", "demo"), "INVALID_OPERATION"),
        ("/services/Soap/u/30.0", envelope("demo@example.com", "demo"), "UNSUPPORTED_API_VERSION"),
        ("/services/Soap/u/64.0", envelope("other@example.com", "demo"), "INVALID_LOGIN"),
        ("/services/Soap/u/64.0", "<a><Body><query/></Body></a>".to_owned(), "INVALID_SESSION_ID"),
        ("/services/Soap/u/64.0", "nonsense".to_owned(), "UNKNOWN_EXCEPTION"),
    ];
    for (path, body, code) in cases {
        let answer = soap(&mut Client::new(), path, &body);
        assert_eq!((answer.status, answer.element("sf:exceptionCode").as_str()), (500, code));
    }
}

fn oauth(client: &mut Client, endpoint: &str, pairs: &[(&str, &str)]) -> Answer {
    let body = form(pairs);
    let request = Request::new("POST", &format!("/services/oauth2/{endpoint}"))
        .with_header("Host", "acme.my.salesforce.com")
        .with_header("Content-Type", "application/x-www-form-urlencoded")
        .with_body(body);
    client.send(request)
}

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The parameters of a request.
type Pairs<'a> = &'a [(&'a str, &'a str)];

const ID: (&str, &str) = ("client_id", "demo");
const SECRET: (&str, &str) = ("client_secret", "secret");

#[test]
fn a_grant_is_answered_as_documented() {
    let mut client = Client::new();
    let pairs = [("grant_type", "client_credentials"), ID, SECRET];
    let answer = oauth(&mut client, "token", &pairs).json();
    assert_eq!(answer["instance_url"], "http://acme.my.salesforce.com");
    assert_eq!(answer["token_type"], "Bearer");
    assert!(answer["issued_at"].is_string() && answer.get("expires_in").is_none());
    assert!(answer.get("refresh_token").is_none());
    client.token = answer["access_token"].as_str().expect("a token").to_owned();
    let id = answer["id"].as_str().expect("an id").to_owned();
    let who =
        client.get(id.strip_prefix("http://acme.my.salesforce.com").expect("own host")).json();
    assert_eq!(who["username"], "demo@example.com");
    assert_eq!(client.get("/services/oauth2/userinfo").json()["user_id"], who["user_id"]);
}

#[test]
fn basic_authentication_names_the_client_too() {
    let mut client = Client::new();
    let request = Request::new("POST", "/services/oauth2/token?grant_type=client_credentials")
        .with_header("Authorization", &format!("Basic {}", STANDARD.encode("demo:secret")));
    assert_eq!(client.send(request).status, 200);
}

#[test]
fn refusals_have_their_words() {
    let user = ("username", "demo@example.com");
    let cases: [(Pairs, &str, &str); 6] = [
        (
            &[("grant_type", "password"), ID, SECRET, user, ("password", "x")],
            "invalid_grant",
            "authentication failure",
        ),
        (
            &[("grant_type", "password"), ("client_id", "x")],
            "invalid_client_id",
            "client identifier invalid",
        ),
        (
            &[("grant_type", "client_credentials"), ID, ("client_secret", "x")],
            "invalid_client",
            "invalid client credentials",
        ),
        (&[("grant_type", "nope"), ID], "unsupported_grant_type", "grant type not supported"),
        (
            &[("grant_type", "refresh_token"), ID, ("refresh_token", "x")],
            "invalid_grant",
            "expired access/refresh token",
        ),
        (
            &[("grant_type", "authorization_code"), ID, ("code", "x")],
            "invalid_grant",
            "invalid authorization code",
        ),
    ];
    for (pairs, error, description) in cases {
        let answer = oauth(&mut Client::new(), "token", pairs);
        assert_eq!(answer.status, 400);
        assert_eq!(answer.json()["error"], error);
        assert_eq!(answer.json()["error_description"], description);
    }
}

/// Walks through the browser's part and answers the code.
fn authorize(client: &mut Client, challenge: &str) -> String {
    let query = form(&[
        ("response_type", "code"),
        ID,
        ("redirect_uri", "https://app.example/cb"),
        ("state", "s 1"),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
    ]);
    let answer = client.send(Request::new("GET", &format!("/services/oauth2/authorize?{query}")));
    assert_eq!(answer.status, 302);
    let target = answer.header("location").expect("a target").to_owned();
    let query = target.strip_prefix("https://app.example/cb?").expect("the target").to_owned();
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    assert_eq!(pairs[1], ("state".to_owned(), "s 1".to_owned()));
    pairs[0].1.clone()
}

#[test]
fn a_code_is_exchanged_once_and_with_its_verifier() {
    let verifier = "v".repeat(64);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let exchange = |client: &mut Client, code: &str, verifier: Option<&str>, redirect: &str| {
        let mut pairs = vec![
            ("grant_type", "authorization_code"),
            ID,
            ("code", code),
            ("redirect_uri", redirect),
        ];
        pairs.extend(verifier.map(|verifier| ("code_verifier", verifier)));
        oauth(client, "token", &pairs)
    };
    let uri = "https://app.example/cb";
    let refusals = [
        (Some("other"), uri, "invalid_request"),
        (None, uri, "invalid_grant"),
        (Some(verifier.as_str()), "https://evil.example", "redirect_uri_mismatch"),
    ];
    let mut client = Client::new();
    for (verifier, redirect, error) in refusals {
        let code = authorize(&mut client, &challenge);
        assert_eq!(exchange(&mut client, &code, verifier, redirect).json()["error"], error);
    }
    let code = authorize(&mut client, &challenge);
    let granted = exchange(&mut client, &code, Some(&verifier), uri);
    assert!(granted.json()["refresh_token"].is_string(), "{}", granted.text);
    assert_eq!(exchange(&mut client, &code, Some(&verifier), uri).json()["error"], "invalid_grant");
    let late = authorize(&mut client, &challenge);
    client.org.advance(15 * 60_000);
    let refused = exchange(&mut client, &late, Some(&verifier), uri).json();
    assert_eq!(refused["error_description"], "expired authorization code");
}

#[test]
fn a_refresh_token_is_replaced_when_rotation_is_on() {
    for refresh_rotation in [true, false] {
        let mut client = Client::with(Config { refresh_rotation, ..Config::default() });
        let code = authorize(&mut client, "");
        let pairs = [
            ("grant_type", "authorization_code"),
            ID,
            ("code", &code),
            ("redirect_uri", "https://app.example/cb"),
        ];
        let first = oauth(&mut client, "token", &pairs).json();
        let token = first["refresh_token"].as_str().expect("a token").to_owned();
        let pairs = [("grant_type", "refresh_token"), ID, ("refresh_token", &token)];
        let second = oauth(&mut client, "token", &pairs).json();
        assert!(second["access_token"].is_string());
        assert_eq!(second["refresh_token"].is_string(), refresh_rotation);
        let again = oauth(&mut client, "token", &pairs);
        assert_eq!(again.status, if refresh_rotation { 400 } else { 200 });
    }
}

fn assertion(claims: &serde_json::Value) -> String {
    let part = |text: String| URL_SAFE_NO_PAD.encode(text);
    format!(
        "{}.{}.{}",
        part(r#"{"alg":"RS256"}"#.to_owned()),
        part(claims.to_string()),
        part("sig".to_owned())
    )
}

#[test]
fn the_claims_of_an_assertion_are_checked() {
    let now = Client::new().org.now() / 1000;
    let good = serde_json::json!({
        "iss": "demo", "sub": "demo@example.com", "aud": "https://login.salesforce.com", "exp": now + 180,
    });
    let cases = [
        ("exp", serde_json::json!(now + 180), 200),
        ("exp", serde_json::json!((now + 180).to_string()), 200),
        ("exp", serde_json::json!(now * 1000 + 300), 200),
        ("exp", serde_json::json!((now + 100) * 1000), 200),
        ("exp", serde_json::json!(now), 400),
        ("exp", serde_json::json!(now + 3600), 400),
        ("iss", serde_json::json!("x"), 400),
        ("sub", serde_json::json!("x"), 400),
        ("aud", serde_json::json!("https://evil.example"), 400),
        ("aud", serde_json::json!("http://acme.my.salesforce.com"), 200),
    ];
    for (name, value, status) in cases {
        let mut claims = good.clone();
        claims[name] = value;
        let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
        let pairs = [("grant_type", grant), ("assertion", &assertion(&claims))];
        let answer = oauth(&mut Client::new(), "token", &pairs);
        assert_eq!(answer.status, status, "{claims}: {}", answer.text);
    }
}

#[test]
fn tokens_are_looked_into_and_revoked() {
    let mut client = Client::new();
    let token = client.token.clone();
    let look = [ID, SECRET, ("token", &token)];
    assert_eq!(oauth(&mut client, "introspect", &look).json()["active"], true);
    assert_eq!(oauth(&mut client, "revoke", &[("token", &token)]).status, 200);
    assert_eq!(oauth(&mut client, "introspect", &look).json()["active"], false);
    assert_eq!(client.get("/services/data/v66.0/limits").status, 401);
    let who = client.get("/services/oauth2/userinfo");
    assert_eq!((who.status, who.text.as_str()), (403, "Bad_OAuth_Token"));
}

#[test]
fn an_expired_session_is_told_in_each_dialect() {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><error\n   xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">\n <exceptionCode>InvalidSessionId</exceptionCode>\n <exceptionMessage>Invalid session id</exceptionMessage>\n</error>";
    let json = r#"{"exceptionCode":"InvalidSessionId","exceptionMessage":"Invalid session id"}"#;
    let rest = r#"[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]"#;
    let cases = [
        ("/services/async/66.0/job", "application/xml", 400, xml),
        ("/services/async/66.0/job", "application/json", 400, json),
        ("/services/data/v66.0/jobs/ingest", "application/json", 401, rest),
    ];
    let mut client = Client::with(Config { session_ms: 1_000, ..Config::default() });
    client.org.advance(1_000);
    for (path, media, status, text) in cases {
        let answer = client.put("POST", path, media, "");
        assert_eq!((answer.status, answer.text.as_str()), (status, text));
    }
    let none = client.send(Request::new("GET", "/services/async/66.0/job/x"));
    assert_eq!(none.element("exceptionMessage"), "Unable to find session id");
}

#[test]
fn a_signature_is_checked_when_the_org_has_the_key() {
    let signed = include_str!("keys/assertion.jwt").trim();
    let (content, _) = signed.rsplit_once('.').expect("a signature");
    let forged = format!("{content}.{}", URL_SAFE_NO_PAD.encode([7; 256]));
    for key in [include_str!("keys/spki.pem"), include_str!("keys/pkcs1.pem")] {
        for (assertion, status) in [(signed, 200), (forged.as_str(), 400)] {
            let config = Config { jwt_public_key: Some(key.to_owned()), ..Config::default() };
            let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
            let pairs = [("grant_type", grant), ("assertion", assertion)];
            let answer = oauth(&mut Client::with(config), "token", &pairs);
            assert_eq!(answer.status, status, "{}", answer.text);
        }
    }
}
