//! The OAuth 2.0 endpoints.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::hmac;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::session::Code;
use super::{CLIENT_ID, CLIENT_SECRET, jwt, knows, org_id, user_id, userinfo};
use crate::http::{Request, Response};
use crate::world::World;

const CODE_LIFE_MS: i64 = 15 * 60 * 1000;
const JWT_GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const AUTHENTICATION: Refusal = Refusal("invalid_grant", "authentication failure");

/// `error` and `error_description`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal(pub &'static str, pub &'static str);

/// Parameters of the body and of the query: both are read.
struct Params(Vec<(String, String)>);

impl Params {
    fn of(request: &Request) -> Self {
        let (_, query) = request.path_and_query.split_once('?').unwrap_or_default();
        let body = form_urlencoded::parse(&request.body);
        let pairs = form_urlencoded::parse(query.as_bytes()).chain(body);
        Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }
}

/// Answers a request to `/services/oauth2/{endpoint}`.
pub fn handle(world: &mut World, request: &Request, endpoint: &str) -> Response {
    match endpoint {
        "token" if request.method == "POST" => token(world, request),
        "authorize" => authorize(world, &Params::of(request)),
        "revoke" => revoke(world, &Params::of(request)),
        "userinfo" => userinfo::userinfo(world, request),
        "introspect" if request.method == "POST" => introspect(world, request),
        _ => refuse(Refusal("invalid_request", "unknown endpoint or method"), 404),
    }
}

fn token(world: &mut World, request: &Request) -> Response {
    let params = Params::of(request);
    match grant(world, request, &params) {
        Ok(refresh_token) => granted(world, request, refresh_token),
        Err(refusal) => refuse(refusal, 400),
    }
}

/// Checks a grant; answers the refresh token to hand out with the session, if any.
fn grant(world: &mut World, request: &Request, params: &Params) -> Result<Option<String>, Refusal> {
    match params.get("grant_type") {
        Some("password") => {
            client(request, params, true)?;
            let fits = knows(params.text("username"), params.text("password"));
            if fits { Ok(None) } else { Err(AUTHENTICATION) }
        }
        Some("client_credentials") => client(request, params, true).map(|()| None),
        Some("refresh_token") => {
            client(request, params, false)?;
            refresh(world, params.text("refresh_token"))
        }
        Some("authorization_code") => {
            client(request, params, false)?;
            exchange(world, params).map(Some)
        }
        Some(JWT_GRANT) => jwt::check(world, request, params.text("assertion")).map(|()| None),
        Some(_) => Err(Refusal("unsupported_grant_type", "grant type not supported")),
        None => Err(Refusal("invalid_request", "missing required parameter: grant_type")),
    }
}

/// Checks who asks: by parameters or by HTTP Basic. A secret that is sent must be right.
fn client(request: &Request, params: &Params, needs_secret: bool) -> Result<(), Refusal> {
    let basic = basic(request);
    let pair = basic.as_deref().and_then(|text| text.split_once(':'));
    let id = pair.map(|(id, _)| id).or(params.get("client_id"));
    let secret = pair.map(|(_, secret)| secret).or(params.get("client_secret"));
    if id != Some(CLIENT_ID) {
        return Err(Refusal("invalid_client_id", "client identifier invalid"));
    }
    match secret {
        Some(CLIENT_SECRET) => Ok(()),
        None if !needs_secret => Ok(()),
        _ => Err(Refusal("invalid_client", "invalid client credentials")),
    }
}

fn basic(request: &Request) -> Option<String> {
    let encoded = request.header("authorization")?.strip_prefix("Basic ")?;
    String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()
}

fn refresh(world: &mut World, token: &str) -> Result<Option<String>, Refusal> {
    if !world.sessions.may_refresh(token) {
        return Err(Refusal("invalid_grant", "expired access/refresh token"));
    }
    if !world.config.refresh_rotation {
        return Ok(None);
    }
    world.sessions.end_refresh(token);
    Ok(Some(world.sessions.grant_refresh(&mut world.mint)))
}

fn exchange(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let code = world.sessions.take_code(params.text("code"));
    let code = code.ok_or(Refusal("invalid_grant", "invalid authorization code"))?;
    if world.now >= code.ends {
        return Err(Refusal("invalid_grant", "expired authorization code"));
    }
    if params.text("redirect_uri") != code.redirect_uri {
        return Err(Refusal("redirect_uri_mismatch", "redirect_uri must match configuration"));
    }
    check_verifier(code.challenge.as_deref(), params.get("code_verifier"))?;
    Ok(world.sessions.grant_refresh(&mut world.mint))
}

fn check_verifier(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), Refusal> {
    match (challenge, verifier) {
        (None, _) => Ok(()),
        (Some(_), None) => Err(Refusal("invalid_grant", "code verifier is required")),
        (Some(challenge), Some(verifier)) => {
            let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
            let fits = digest == challenge;
            if fits { Ok(()) } else { Err(Refusal("invalid_request", "invalid code verifier")) }
        }
    }
}

/// Answers the redirect that a user who agrees at once would cause.
fn authorize(world: &mut World, params: &Params) -> Response {
    if params.get("client_id") != Some(CLIENT_ID) {
        return refuse(Refusal("invalid_client_id", "client identifier invalid"), 400);
    }
    let Some(redirect_uri) = params.get("redirect_uri") else {
        return refuse(Refusal("redirect_uri_missing", "redirect_uri not provided"), 400);
    };
    let mut answer = form_urlencoded::Serializer::new(String::new());
    if params.get("response_type") == Some("code") {
        let ends = world.now + CODE_LIFE_MS;
        let challenge = params.get("code_challenge").map(str::to_owned);
        let code = Code { redirect_uri: redirect_uri.to_owned(), challenge, ends };
        answer.append_pair("code", &world.sessions.grant_code(code, &mut world.mint));
    } else {
        answer.append_pair("error", "unsupported_response_type");
        answer.append_pair("error_description", "response type not supported");
    }
    if let Some(state) = params.get("state") {
        answer.append_pair("state", state);
    }
    let separator = if redirect_uri.contains('?') { '&' } else { '?' };
    let target = format!("{redirect_uri}{separator}{}", answer.finish());
    Response::new(302, "").with_header("Location", &target)
}

fn revoke(world: &mut World, params: &Params) -> Response {
    let token = params.text("token");
    if world.sessions.end(token) || world.sessions.end_refresh(token) {
        return Response::new(200, "");
    }
    refuse(Refusal("invalid_token", "invalid token"), 400)
}

fn introspect(world: &World, request: &Request) -> Response {
    let params = Params::of(request);
    if let Err(refusal) = client(request, &params, true) {
        return refuse(refusal, 401);
    }
    let token = params.text("token");
    let active = world.sessions.is_alive(token, world.now);
    let body = match world.sessions.ends(token).filter(|_| active) {
        None => json!({ "active": false }),
        Some(ends) => json!({
            "active": true, "scope": "api refresh_token", "client_id": CLIENT_ID,
            "username": super::USERNAME, "sub": id_url(request), "token_type": "access_token",
            "exp": ends / 1000,
        }),
    };
    Response::json(200, &body)
}

fn granted(world: &mut World, request: &Request, refresh_token: Option<String>) -> Response {
    let token = world.sessions.open(world.now + world.config.session_ms, &mut world.mint);
    let (id, issued_at) = (id_url(request), world.now.to_string());
    let mut body = json!({
        "access_token": token, "signature": sign(&format!("{id}{issued_at}")),
        "scope": "api refresh_token", "instance_url": request.origin(), "id": id,
        "token_type": "Bearer", "issued_at": issued_at, "token_format": "opaque",
    });
    if let Some(refresh_token) = refresh_token {
        body["refresh_token"] = json!(refresh_token);
    }
    let wants_xml = request.header("accept").is_some_and(|accept| accept.contains("xml"));
    if wants_xml { xml_answer(&body) } else { Response::json(200, &body) }
}

fn xml_answer(body: &Value) -> Response {
    let members = body.as_object().into_iter().flatten();
    let inner: String = members
        .map(|(name, value)| {
            let text = crate::wire::xml::escape(value.as_str().unwrap_or_default());
            format!("<{name}>{text}</{name}>")
        })
        .collect();
    let body = format!(r#"<?xml version="1.0" encoding="UTF-8"?><OAuth>{inner}</OAuth>"#);
    Response::of(200, "application/xml;charset=UTF-8", body)
}

fn id_url(request: &Request) -> String {
    format!("{}/id/{}/{}", request.origin(), org_id(), user_id())
}

fn sign(text: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, CLIENT_SECRET.as_bytes());
    STANDARD.encode(hmac::sign(&key, text.as_bytes()))
}

fn refuse(Refusal(error, description): Refusal, status: u16) -> Response {
    Response::json(status, &json!({ "error": error, "error_description": description }))
}
