//! Who a token belongs to.

use serde_json::{Value, json};

use super::user::{ALIAS, FIRST_NAME, FULL_NAME, LANGUAGE, LAST_NAME, TIME_ZONE};
use super::{USERNAME, org_id, user_id};
use crate::data::datetime_text;
use crate::http::{Request, Response};
use crate::wire::time::json_time;
use crate::world::World;

/// `/services/oauth2/userinfo`.
pub fn userinfo(world: &World, request: &Request) -> Response {
    if bearer_is_alive(world, request) {
        Response::json(200, &person(world, request))
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
        (true, true) => Response::json(200, &person(world, request)),
    }
}

fn bearer_is_alive(world: &World, request: &Request) -> bool {
    let header = request.header("authorization").unwrap_or_default();
    let token = header.strip_prefix("Bearer ").map(str::trim);
    let token = token.map(str::to_owned).or_else(|| request.query("oauth_token"));
    token.is_some_and(|token| world.is_alive(&token))
}

fn person(world: &World, request: &Request) -> Value {
    let (org, user, origin) = (org_id().to_string(), user_id().to_string(), request.origin());
    let id = format!("{origin}/id/{org}/{user}");
    json!({
        "id": id, "sub": id, "asserted_user": true, "user_id": user, "organization_id": org,
        "username": USERNAME, "preferred_username": USERNAME, "nick_name": ALIAS,
        "nickname": ALIAS, "display_name": FULL_NAME, "name": FULL_NAME,
        "given_name": FIRST_NAME, "first_name": FIRST_NAME, "family_name": LAST_NAME,
        "last_name": LAST_NAME, "email": USERNAME, "email_verified": true, "active": true,
        "is_app_installed": true, "user_type": "STANDARD", "language": LANGUAGE,
        "locale": LANGUAGE, "timezone": TIME_ZONE, "zoneinfo": TIME_ZONE, "utcOffset": -28_800_000,
        "mobile_phone": null, "mobile_phone_verified": false, "address": {}, "phone_number": null,
        "phone_number_verified": false, "is_lightning_login_user": false,
        "last_modified_date": json_time(world.config.start_ms),
        "updated_at": datetime_text(world.config.start_ms),
        "status": { "created_date": null, "body": null },
        "profile": format!("{origin}/{user}"),
        "picture": format!("{origin}/profilephoto/005/F"),
        "photos": {
            "picture": format!("{origin}/profilephoto/005/F"),
            "thumbnail": format!("{origin}/profilephoto/005/T"),
        },
        "urls": urls(&origin),
    })
}

/// Where the APIs are, by what may stand for the version.
fn urls(origin: &str) -> Value {
    let org = org_id();
    let soap = |kind: &str| format!("{origin}/services/Soap/{kind}/{{version}}/{}", org.short());
    let rest = |path: &str| format!("{origin}/services/data/v{{version}}/{path}");
    json!({
        "enterprise": soap("c"), "metadata": soap("m"), "partner": soap("u"),
        "rest": rest(""), "sobjects": rest("sobjects/"), "search": rest("search/"),
        "query": rest("query/"), "recent": rest("recent/"), "tooling_soap": soap("T"),
        "tooling_rest": rest("tooling/"), "profile": format!("{origin}/{}", user_id()),
        "feeds": rest("chatter/feeds"), "groups": rest("chatter/groups"),
        "users": rest("chatter/users"), "feed_items": rest("chatter/feed-items"),
        "custom_domain": origin,
    })
}
