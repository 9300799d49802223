//! The SOAP call `login()`.

use super::user::{FULL_NAME, LANGUAGE, ORGANIZATION, TIME_ZONE, profile_id};
use super::{knows, org_id, user_id};
use crate::http::{Request, Response};
use crate::wire::xml;
use crate::world::World;

const MEDIA: &str = "text/xml; charset=utf-8";
const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const ENVELOPE: &str =
    r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/""#;
const XSI: &str = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;
/// The last version of the API that knows `login()`.
const LAST_VERSION: f64 = 64.0;
const FIRST_VERSION: f64 = 31.0;
const MAX_REQUEST: usize = 10_240;

/// A fault, as code and message.
type Fault = (&'static str, String);

/// Answers a call to `/services/Soap/{u,c}/{version}`.
pub fn handle(world: &mut World, request: &Request, kind: &str, version: &str) -> Response {
    let namespace = if kind == "c" { "enterprise" } else { "partner" };
    match login(world, request, version) {
        Ok(token) => success(world, request, kind, version, namespace, &token),
        Err(reason) => fault(world, namespace, &reason),
    }
}

fn login(world: &mut World, request: &Request, version: &str) -> Result<String, Fault> {
    check_version(world, version)?;
    if request.header("soapaction").is_none() {
        return Err(("CLIENT_ERROR", "no SOAPAction header!".to_owned()));
    }
    if request.body.len() > MAX_REQUEST {
        return Err(("INVALID_OPERATION", "The login request is larger than 10 KB".to_owned()));
    }
    let envelope = xml::parse(&request.text()).map_err(|error| ("UNKNOWN_EXCEPTION", error))?;
    let call = envelope
        .descendant("Body")
        .and_then(|body| body.child("login"))
        .ok_or_else(|| ("INVALID_SESSION_ID", ILLEGAL_SESSION.to_owned()))?;
    let text = |name| call.child(name).map(|child| child.text.as_str()).unwrap_or_default();
    if !scope_fits(&envelope) || !knows(text("username"), text("password")) {
        return Err(("INVALID_LOGIN", INVALID_LOGIN.to_owned()));
    }
    Ok(world.sessions.open(world.now + world.config.session_ms, &mut world.mint))
}

const INVALID_LOGIN: &str = "Invalid username, password, security token; or user locked out.";
const ILLEGAL_SESSION: &str = "Invalid Session ID found in SessionHeader: Illegal Session";

fn check_version(world: &World, version: &str) -> Result<(), Fault> {
    let number: f64 = version.parse().unwrap_or(0.0);
    if number < FIRST_VERSION {
        return Err(("UNSUPPORTED_API_VERSION", "Invalid Api version specified on URL".to_owned()));
    }
    if number > LAST_VERSION || !world.config.soap_login {
        let message = "SOAP API login() is disabled by default in this org.";
        return Err(("INVALID_OPERATION", message.to_owned()));
    }
    Ok(())
}

/// A portal user names the organization; it must be this one.
fn scope_fits(envelope: &xml::Element) -> bool {
    let named = envelope.descendant("organizationId").map(|found| found.text.trim());
    named.is_none_or(|id| id == org_id().short() || id == org_id().to_string())
}

fn success(
    world: &World,
    request: &Request,
    kind: &str,
    version: &str,
    namespace: &str,
    token: &str,
) -> Response {
    let (origin, org, user) = (request.origin(), org_id(), user_id());
    let soap = |kind: &str| format!("{origin}/services/Soap/{kind}/{version}/{}", org.short());
    let body = format!(
        "{DECLARATION}\n{ENVELOPE} xmlns=\"urn:{namespace}.soap.sforce.com\" {XSI}><soapenv:Body>\
         <loginResponse><result><metadataServerUrl>{}</metadataServerUrl>\
         <passwordExpired>false</passwordExpired><sandbox>false</sandbox>\
         <serverUrl>{}</serverUrl><sessionId>{token}</sessionId><userId>{user}</userId>\
         <userInfo>{}</userInfo></result></loginResponse></soapenv:Body></soapenv:Envelope>",
        soap("m"),
        soap(kind),
        user_info(world),
    );
    Response::of(200, MEDIA, body)
}

fn user_info(world: &World) -> String {
    let (org, user, seconds) = (org_id(), user_id(), world.config.session_ms / 1000);
    format!(
        "<accessibilityMode>false</accessibilityMode><currencySymbol>$</currencySymbol>\
         <orgAttachmentFileSizeLimit>5242880</orgAttachmentFileSizeLimit>\
         <orgDefaultCurrencyIsoCode>USD</orgDefaultCurrencyIsoCode>\
         <orgDisallowHtmlAttachments>false</orgDisallowHtmlAttachments>\
         <orgHasPersonAccounts>false</orgHasPersonAccounts><organizationId>{org}</organizationId>\
         <organizationMultiCurrency>false</organizationMultiCurrency>\
         <organizationName>{organization}</organizationName>\
         <profileId>{profile}</profileId><roleId xsi:nil=\"true\"/>\
         <sessionSecondsValid>{seconds}</sessionSecondsValid>\
         <userDefaultCurrencyIsoCode xsi:nil=\"true\"/><userEmail>{email}</userEmail>\
         <userFullName>{FULL_NAME}</userFullName><userId>{user}</userId>\
         <userLanguage>{LANGUAGE}</userLanguage><userLocale>{LANGUAGE}</userLocale>\
         <userName>{email}</userName><userTimeZone>{TIME_ZONE}</userTimeZone>\
         <userType>Standard</userType><userUiSkin>Theme3</userUiSkin>",
        email = super::USERNAME,
        organization = xml::escape(ORGANIZATION),
        profile = profile_id(),
    )
}

fn fault(world: &World, namespace: &str, (code, message): &Fault) -> Response {
    let prefix = if world.config.soap_fault_prefix { "sf:" } else { "" };
    let kind = if *code == "INVALID_LOGIN" { "LoginFault" } else { "UnexpectedErrorFault" };
    let message = xml::escape(message);
    let body = format!(
        "{DECLARATION}{ENVELOPE} xmlns:sf=\"urn:fault.{namespace}.soap.sforce.com\" {XSI}>\
         <soapenv:Body><soapenv:Fault><faultcode>{prefix}{code}</faultcode>\
         <faultstring>{code}: {message}</faultstring><detail><sf:{kind} xsi:type=\"sf:{kind}\">\
         <sf:exceptionCode>{code}</sf:exceptionCode>\
         <sf:exceptionMessage>{message}</sf:exceptionMessage></sf:{kind}></detail>\
         </soapenv:Fault></soapenv:Body></soapenv:Envelope>"
    );
    Response::of(500, MEDIA, body)
}
