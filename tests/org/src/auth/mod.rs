//! Signing in: SOAP `login()`, OAuth 2.0, and the sessions both lead to.

mod jwt;
mod oauth;
mod session;
mod soap;
mod user;
mod userinfo;

use crate::data::RecordId;
use crate::http::Request;
use crate::world::World;

pub use oauth::handle as oauth;
pub use session::Sessions;
pub use soap::handle as soap;
pub use user::introduce;
pub use userinfo::identity;

/// The one user.
pub const USERNAME: &str = "demo@example.com";
/// That user's password.
pub const PASSWORD: &str = "demo";
/// The security token that may follow the password.
pub const TOKEN: &str = "TOKEN";
/// The consumer key of the one connected app.
pub const CLIENT_ID: &str = "demo";
/// Its secret.
pub const CLIENT_SECRET: &str = "secret";

/// The id of the organization.
pub fn org_id() -> RecordId {
    RecordId::new("00D", 0)
}

/// The id of the user.
pub fn user_id() -> RecordId {
    RecordId::new("005", 0)
}

/// Whether a request carries the token of a session, in any of the places that one may be in.
pub fn is_signed_in(world: &World, request: &Request) -> bool {
    let bearer = request.header("authorization").and_then(|header| header.split_once(' '));
    let tokens = [request.header("x-sfdc-session"), bearer.map(|(_, token)| token)];
    tokens.into_iter().flatten().any(|token| world.is_alive(token.trim()))
}

/// Whether these are the user's name and password, with or without the security token.
fn knows(username: &str, password: &str) -> bool {
    let bare = password.strip_suffix(TOKEN).unwrap_or(password);
    username.eq_ignore_ascii_case(USERNAME) && bare == PASSWORD
}
