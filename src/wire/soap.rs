//! Signing in by SOAP `login()` (SOAP API Developer Guide, "login()").

use super::arguments::Arguments;
use super::request::{Api, Method, Request};
use crate::error::{Error, Kind, Refusal, Result};
use crate::json::Value;
use crate::text::{replace, split_once};
use crate::xml::{self, Element};

/// `login()` exists up to API 64.0 only; its sessions work with every version.
const VERSION: &str = "64.0";

/// Where users of production orgs sign in.
const LOGIN: &str = "https://login.salesforce.com";

/// Who signs in, and where.
#[derive(Clone)]
pub struct Credentials {
    /// The user's name.
    pub username: String,
    /// The password.
    pub password: String,
    /// Follows the password where the caller's address is not trusted.
    pub security_token: Option<String>,
    /// For users of a portal, or of an allowlisted address.
    pub organization_id: Option<String>,
    /// The login host's origin.
    pub login_url: String,
}

impl Credentials {
    /// Reads what the caller has given.
    ///
    /// # Errors
    /// [`Kind::Argument`] that names the option.
    pub fn read(given: &Value) -> Result<Credentials> {
        let given = Arguments(given);
        Ok(Credentials {
            username: given.text("username")?,
            password: given.text("password")?,
            security_token: given.optional_text("securityToken")?,
            organization_id: given.optional_text("organizationId")?,
            login_url: given.optional_text("loginUrl")?.unwrap_or_else(|| LOGIN.to_owned()),
        })
    }
}

/// A session.
#[derive(Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The org's own origin.
    pub instance_url: String,
    /// The session id.
    pub access_token: String,
    /// The user.
    pub user_id: Option<String>,
    /// The org.
    pub organization_id: Option<String>,
}

impl From<SignedIn> for Value {
    fn from(session: SignedIn) -> Value {
        Value::object([
            ("instanceUrl", session.instance_url.into()),
            ("accessToken", session.access_token.into()),
            ("userId", session.user_id.into()),
            ("organizationId", session.organization_id.into()),
        ])
    }
}

/// Asks for a session. Asking again does no harm.
pub fn login<P>(who: &Credentials, client_name: Option<&str>) -> Request<P> {
    let url = format!("{}/services/Soap/u/{VERSION}", who.login_url.trim_end_matches('/'));
    Request::new(Api::Login, Method::Post, url)
        .text("text/xml", envelope(who, client_name))
        .header("SOAPAction", "login")
        .repeatable()
}

fn envelope(who: &Credentials, client_name: Option<&str>) -> String {
    let password = format!("{}{}", who.password, who.security_token.as_deref().unwrap_or_default());
    let mut header = String::new();
    if let Some(name) = client_name {
        header = format!("<u:CallOptions>{}</u:CallOptions>", element("client", name));
    }
    if let Some(id) = &who.organization_id {
        let scope = element("organizationId", id);
        header.push_str(&format!("<u:LoginScopeHeader>{scope}</u:LoginScopeHeader>"));
    }
    let body = element("username", &who.username) + &element("password", &password);
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:u="urn:partner.soap.sforce.com"><s:Header>{header}</s:Header><s:Body><u:login>{body}</u:login></s:Body></s:Envelope>"#
    )
}

fn element(name: &str, text: &str) -> String {
    let mut out = format!("<u:{name}>");
    xml::escape(text, &mut out);
    out + &format!("</u:{name}>")
}

/// Reads the answer: a session, or a fault as the failure that the caller sees. What cannot be read is never quoted: it
/// may hold the session.
///
/// # Errors
/// [`Kind::Login`] where Salesforce refuses, [`Kind::Server`] and [`Kind::Response`] where no such answer came.
pub fn read(status: u16, body: &[u8]) -> Result<SignedIn> {
    let root = xml::parse(body).map_err(|_| unreadable(status))?;
    if let Some(fault) = root.find("Fault") {
        return Err(refused(fault, status));
    }
    let result = root.find("result").ok_or_else(|| unreadable(status))?;
    if result.text_of("passwordExpired") == Some("true") {
        let message =
            "The password has expired: Salesforce lets the user do nothing but change it.";
        return Err(Error::new(Kind::Login(Refusal::default()), message));
    }
    let text = |name| result.text_of(name).filter(|text| !text.trim().is_empty());
    let session = text("sessionId").ok_or_else(|| unreadable(status))?;
    let server = text("serverUrl").ok_or_else(|| unreadable(status))?;
    Ok(SignedIn {
        instance_url: origin(server)?,
        access_token: session.to_owned(),
        user_id: result.text_of("userId").map(str::to_owned),
        organization_id: result.find("organizationId").map(|element| element.text.to_string()),
    })
}

/// A page, of a proxy or a maintenance, or an answer cut short.
fn unreadable(status: u16) -> Error {
    let message = format!("The login host's answer is not SOAP (HTTP {status}).");
    let refusal = Refusal { status: Some(status), error_code: None };
    match status {
        429 | 500.. => Error::new(Kind::Server(refusal), message).transient(),
        400.. => Error::new(Kind::Request(refusal), message),
        _ => Error::response(message).transient(),
    }
}

/// `faultcode` comes with and without a prefix, the exception code in the detail always without.
fn refused(fault: &Element, status: u16) -> Error {
    let text = |name: &str| fault.find(name).map(|found| found.text.to_string());
    let code = text("exceptionCode").or_else(|| {
        text("faultcode").map(|code| code.rsplit(':').next().unwrap_or_default().to_owned())
    });
    let message = text("exceptionMessage").or_else(|| text("faultstring")).unwrap_or_default();
    let sentence = format!("{}: {message}", code.as_deref().unwrap_or("refused"));
    let transient = code.as_deref() == Some("SERVER_UNAVAILABLE");
    let kind = Kind::Login(Refusal { status: Some(status), error_code: code });
    let mut error = Error::new(kind, sentence);
    error.transient = transient;
    error
}

/// Only the origin of a `serverUrl` matters, and hosts of the form `acme-api` are an old alias. The session must not go
/// over a line that others can listen to.
fn origin(server: &str) -> Result<String> {
    let (scheme, rest) = split_once(server, "://").unwrap_or(("https", server));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte));
    let secret = scheme == "https" || scheme == "http" && is_loopback(host);
    if !is_name || !secret {
        return Err(Error::response("The login host names a server that HTTPS does not reach."));
    }
    Ok(format!("{scheme}://{}", replace(host, "-api.salesforce.com", ".salesforce.com")))
}

/// Whether a host, with or without a port, is this machine.
fn is_loopback(host: &str) -> bool {
    let name = host.trim_end_matches(|digit: char| digit.is_ascii_digit());
    let name = name.strip_suffix(':').unwrap_or(host);
    let numbers = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    matches!(name, "localhost" | "[::1]") || name.strip_prefix("127.").is_some_and(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use crate::wire::request::Body;

    fn who() -> Credentials {
        Credentials {
            username: "tom&jerry@example.com".into(),
            password: "p<ss\"w'rd>".into(),
            security_token: Some("TOKEN".into()),
            organization_id: Some("00D1".into()),
            login_url: "https://login.salesforce.com/".into(),
        }
    }

    #[test]
    fn the_envelope_escapes_and_joins() {
        let request: Request<()> = login(&who(), Some("my-client/1.0"));
        assert_eq!(request.path, "https://login.salesforce.com/services/Soap/u/64.0");
        let Body::Text(text) = request.body else { panic!("no text") };
        for part in [
            "<u:username>tom&amp;jerry@example.com</u:username>",
            "<u:password>p&lt;ss&quot;w&apos;rd&gt;TOKEN</u:password>",
            "<u:CallOptions><u:client>my-client/1.0</u:client></u:CallOptions>",
            "<u:LoginScopeHeader><u:organizationId>00D1</u:organizationId></u:LoginScopeHeader>",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn a_session_is_read() {
        let body = r#"<soapenv:Envelope xmlns:soapenv="e" xmlns="urn:partner.soap.sforce.com"><soapenv:Body><loginResponse><result><passwordExpired>false</passwordExpired><serverUrl>https://acme-api.salesforce.com/services/Soap/u/64.0/00Di</serverUrl><sessionId>00D!AQ</sessionId><userId>005i</userId><userInfo><organizationId>00Di0</organizationId><userId>005i</userId></userInfo></result></loginResponse></soapenv:Body></soapenv:Envelope>"#;
        let session = read(200, body.as_bytes()).expect("a session");
        assert_eq!(session.instance_url, "https://acme.salesforce.com");
        assert_eq!(session.access_token, "00D!AQ");
        assert_eq!(session.organization_id.as_deref(), Some("00Di0"));
        let expired = body.replace("<passwordExpired>false", "<passwordExpired>true");
        assert_eq!(read(200, expired.as_bytes()).expect_err("expired").code(), Code::Login);
        let open = body.replace("https://", "http://");
        assert_eq!(read(200, open.as_bytes()).expect_err("not by HTTPS").code(), Code::Response);
        let server = "https://acme-api.salesforce.com";
        for foreign in ["http://127.evil.com", "ftp://localhost", "https://a:b@evil.com"] {
            read(200, body.replace(server, foreign).as_bytes()).expect_err(foreign);
        }
        let local = body.replace("https://acme-api.salesforce.com", "http://127.0.0.1:8080");
        let session = read(200, local.as_bytes()).expect("a session");
        assert_eq!(session.instance_url, "http://127.0.0.1:8080");
    }

    /// Whatever is wrong with the answer, the session in it is not told.
    #[test]
    fn a_malformed_answer_is_never_quoted() {
        let whole = "<e><result><serverUrl>https://acme.my.salesforce.com/x</serverUrl><sessionId>00D!SECRET</sessionId></result></e>";
        for end in 0..whole.len() {
            for status in [200, 500, 503] {
                let error = read(status, &whole.as_bytes()[..end]).expect_err("malformed");
                assert!(!error.message.contains("SECRET"), "{end}: {error}");
            }
        }
        for body in ["<e><result><sessionId>00D!SECRET</sessionId></result></e>", "00D!SECRET"] {
            let error = read(200, body.as_bytes()).expect_err("malformed");
            assert!(error.transient && !error.message.contains("SECRET"), "{error}");
        }
    }

    #[test]
    fn faults_are_read_with_and_without_a_prefix() {
        let detail = "<detail><sf:LoginFault><sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode><sf:exceptionMessage>Invalid username.</sf:exceptionMessage></sf:LoginFault></detail>";
        for (code, detail, message) in [
            ("INVALID_LOGIN", detail, "INVALID_LOGIN: Invalid username."),
            ("sf:INVALID_LOGIN", "", "INVALID_LOGIN: INVALID_LOGIN: no."),
        ] {
            let body = format!(
                "<e:Envelope><e:Body><e:Fault><faultcode>{code}</faultcode><faultstring>INVALID_LOGIN: no.</faultstring>{detail}</e:Fault></e:Body></e:Envelope>"
            );
            let error = read(500, body.as_bytes()).expect_err("a fault");
            let refusal = error.kind.refusal().expect("a refusal");
            assert_eq!(refusal.error_code.as_deref(), Some("INVALID_LOGIN"));
            assert_eq!((error.message.as_str(), error.transient), (message, false));
        }
        assert_eq!(read(503, b"<html>down</html>").expect_err("a page").code(), Code::Server);
    }
}
