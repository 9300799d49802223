//! Who a token belongs to.

use serde_json::{Value, json};

use super::{USERNAME, org_id, user_id};
use crate::http::{Request, Response};
use crate::world::World;

/// `/services/oauth2/userinfo`.
pub fn userinfo(world: &World, request: &Request) -> Response {
    if bearer_is_alive(world, request) {
        Response::json(200, &person(request))
    } else {
        Response::of(403, "text/plain", "Bad_OAuth_Token")
    }
}

/// `/id/{organization}/{user}`.
pub fn identity(world: &World, request: &Request, org: &str, user: &str) -> Response {
    let known = [org_id().to_string(), org_id().short().to_owned()].contains(&org.to_owned())
        && [user_id().to_string(), user_id().short().to_owned()].contains(&user.to_owned());
    match (bearer_is_alive(world, request), known) {
        (false, _) => Response::of(403, "text/plain", "Bad_OAuth_Token"),
        (true, false) => Response::of(404, "text/plain", "Bad_Id"),
        (true, true) => Response::json(200, &person(request)),
    }
}

fn bearer_is_alive(world: &World, request: &Request) -> bool {
    let header = request.header("authorization").unwrap_or_default();
    let token = header.strip_prefix("Bearer ").map(str::trim);
    let token = token.map(str::to_owned).or_else(|| request.query("oauth_token"));
    token.is_some_and(|token| world.is_alive(&token))
}

fn person(request: &Request) -> Value {
    let (org, user, origin) = (org_id().to_string(), user_id().to_string(), request.origin());
    let id = format!("{origin}/id/{org}/{user}");
    json!({
        "id": id, "sub": id, "asserted_user": true, "user_id": user, "organization_id": org,
        "username": USERNAME, "preferred_username": USERNAME, "nick_name": "demo",
        "display_name": "Demo User", "name": "Demo User", "email": USERNAME,
        "email_verified": true, "active": true, "user_type": "STANDARD", "language": "en_US",
        "locale": "en_US", "zoneinfo": "America/Los_Angeles", "utcOffset": -28_800_000,
        "urls": {
            "enterprise": format!("{origin}/services/Soap/c/{{version}}/{}", org_id().short()),
            "partner": format!("{origin}/services/Soap/u/{{version}}/{}", org_id().short()),
            "rest": format!("{origin}/services/data/v{{version}}/"),
            "query": format!("{origin}/services/data/v{{version}}/query/"),
        },
    })
}
