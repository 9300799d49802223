//! Signing in by SOAP `login()` (SOAP API Developer Guide, "login()").

use super::document::Node;
use super::fault::Fault;
use super::request::{Api, Method, Request};
use crate::error::{Code, Error, Result};
use crate::json::Value;
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
    pub fn read(given: &Value) -> Credentials {
        let text = |name| Node::Json(given).text(name);
        Credentials {
            username: text("username").unwrap_or_default(),
            password: text("password").unwrap_or_default(),
            security_token: text("securityToken"),
            organization_id: text("organizationId"),
            login_url: text("loginUrl").unwrap_or_else(|| LOGIN.to_owned()),
        }
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

/// Reads the answer: a session, or a fault as the failure that the caller sees.
pub fn read(status: u16, body: &[u8]) -> Result<SignedIn> {
    let root = xml::parse(body).map_err(|_| unintelligible(status, body))?;
    if let Some(fault) = root.find("Fault") {
        return Err(refused(fault, status));
    }
    let result = root.find("result").ok_or_else(|| unintelligible(status, body))?;
    if result.text_of("passwordExpired") == Some("true") {
        return Err(Error::new(
            Code::Login,
            "The password has expired: Salesforce lets the user do nothing but change it.",
        ));
    }
    let session = result.text_of("sessionId").ok_or_else(|| unintelligible(status, body))?;
    let server = result.text_of("serverUrl").ok_or_else(|| unintelligible(status, body))?;
    Ok(SignedIn {
        instance_url: origin(server),
        access_token: session.to_owned(),
        user_id: result.text_of("userId").map(str::to_owned),
        organization_id: result.find("organizationId").map(|element| element.text.to_string()),
    })
}

/// A page, of a proxy or a maintenance: with 200 it is no refusal, but no answer either.
fn unintelligible(status: u16, body: &[u8]) -> Error {
    let error = Fault::parse(status, body).into_error();
    if status >= 400 {
        return error;
    }
    let mut unclear =
        Error::response(format!("The login host's answer is no SOAP: {}", error.message));
    unclear.status = Some(status);
    unclear
}

/// `faultcode` comes with and without a prefix, the exception code in the detail always without.
fn refused(fault: &Element, status: u16) -> Error {
    let text = |name: &str| fault.find(name).map(|found| found.text.to_string());
    let code = text("exceptionCode").or_else(|| {
        text("faultcode").map(|code| code.rsplit(':').next().unwrap_or_default().to_owned())
    });
    let message = text("exceptionMessage").or_else(|| text("faultstring")).unwrap_or_default();
    let mut error =
        Error::new(Code::Login, format!("{}: {message}", code.as_deref().unwrap_or("refused")));
    error.status = Some(status);
    error.retryable = code.as_deref() == Some("SERVER_UNAVAILABLE");
    error.error_code = code;
    error
}

/// Only the origin of a `serverUrl` matters, and hosts of the form `acme-api` are an old alias.
fn origin(server: &str) -> String {
    let (scheme, rest) = server.split_once("://").unwrap_or(("https", server));
    let host = rest.split('/').next().unwrap_or_default();
    format!("{scheme}://{}", host.replacen("-api.salesforce.com", ".salesforce.com", 1))
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(read(200, expired.as_bytes()).expect_err("expired").code, Code::Login);
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
            assert_eq!(error.error_code.as_deref(), Some("INVALID_LOGIN"));
            assert_eq!(error.message, message);
        }
        assert_eq!(read(503, b"<html>down</html>").expect_err("a page").code, Code::Server);
    }
}
