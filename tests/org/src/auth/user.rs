//! The one user and the organization, as rows that say the same as every answer about who is
//! signed in.

use super::{USERNAME, org_id, user_id};
use crate::data::{Database, RecordId, Value};

/// The user's first name.
pub const FIRST_NAME: &str = "Demo";
/// The user's last name.
pub const LAST_NAME: &str = "User";
/// Both.
pub const FULL_NAME: &str = "Demo User";
/// The short name.
pub const ALIAS: &str = "demo";
/// The language, and with it the locale.
pub const LANGUAGE: &str = "en_US";
/// The time zone.
pub const TIME_ZONE: &str = "America/Los_Angeles";
/// The organization's name.
pub const ORGANIZATION: &str = "Hinz & Kunz";

/// The id of the user's profile.
pub fn profile_id() -> RecordId {
    RecordId::new("00e", 0)
}

/// Puts the user, the profile and the organization into a database.
pub fn introduce(db: &mut Database) {
    db.seed("Profile", 1);
    db.seed("Organization", 1);
    db.set_values(profile_id(), &[("Name", text("System Administrator"))]);
    db.set_values(
        org_id(),
        &[
            ("Name", text(ORGANIZATION)),
            ("InstanceName", text("CS1")),
            ("OrganizationType", text("Developer Edition")),
            ("IsSandbox", Value::Bool(false)),
            ("TrialExpirationDate", Value::Null),
            ("NamespacePrefix", Value::Null),
            ("LanguageLocaleKey", text(LANGUAGE)),
        ],
    );
    db.set_values(
        user_id(),
        &[
            ("FirstName", text(FIRST_NAME)),
            ("LastName", text(LAST_NAME)),
            ("Name", text(FULL_NAME)),
            ("Username", text(USERNAME)),
            ("Email", text(USERNAME)),
            ("Alias", text(ALIAS)),
            ("IsActive", Value::Bool(true)),
            ("UserType", text("Standard")),
            ("ProfileId", Value::Id(profile_id())),
            ("TimeZoneSidKey", text(TIME_ZONE)),
            ("LocaleSidKey", text(LANGUAGE)),
            ("LanguageLocaleKey", text(LANGUAGE)),
        ],
    );
}

fn text(text: &str) -> Value {
    Value::text(text)
}
