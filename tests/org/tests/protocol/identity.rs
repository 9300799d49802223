//! The user who is signed in is the same wherever it is told.

use salesforce_bulk_org::{CLIENT_ID, CLIENT_SECRET, PASSWORD, Request, TOKEN, USERNAME};

use crate::support::Client;

/// What OAuth answers to a password.
fn granted(client: &mut Client) -> serde_json::Value {
    let form = format!(
        "grant_type=password&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}\
         &username={USERNAME}&password={PASSWORD}{TOKEN}"
    );
    let request = Request::new("POST", "/services/oauth2/token")
        .with_header("Host", "acme.my.salesforce.com")
        .with_body(form);
    client.send(request).json()
}

#[test]
fn userinfo_identity_token_and_row_agree() {
    let mut client = Client::new();
    let identity = granted(&mut client)["id"].as_str().expect("an id").to_owned();
    let path = identity.strip_prefix("http://acme.my.salesforce.com").expect("the host").to_owned();
    let info = client.get("/services/oauth2/userinfo").json();
    assert_eq!(client.get(&path).json()["user_id"], info["user_id"]);
    assert_eq!(info["id"], identity.as_str());
    assert_eq!(client.get("/services/data/v66.0").json()["identity"], identity.as_str());

    let soql = "SELECT+Id,Name,Username,Email,FirstName,LastName,Profile.Name+FROM+User";
    let row = client.get(&format!("/services/data/v66.0/query?q={soql}")).json();
    assert_eq!(row["totalSize"], 1);
    let row = &row["records"][0];
    let pairs = [
        ("Id", "user_id"),
        ("Name", "display_name"),
        ("Username", "preferred_username"),
        ("Email", "email"),
        ("FirstName", "given_name"),
        ("LastName", "family_name"),
    ];
    for (field, member) in pairs {
        assert_eq!(row[field], info[member], "{field}");
    }
    assert_eq!(row["Profile"]["Name"], "System Administrator");
    let organization = client.get("/services/data/v66.0/query?q=SELECT+Id+FROM+Organization");
    assert_eq!(organization.json()["records"][0]["Id"], info["organization_id"]);
}

#[test]
fn the_user_is_the_same_after_a_reset() {
    let mut client = Client::new();
    let before = client.get("/services/oauth2/userinfo").json();
    client.org.reset();
    client.token = client.org.open_session();
    assert_eq!(client.get("/services/oauth2/userinfo").json(), before);
    let rows = client.get("/services/data/v66.0/query?q=SELECT+Username+FROM+User").json();
    assert_eq!(rows["records"][0]["Username"], USERNAME);
}

#[test]
fn a_version_lists_resources_that_are_there() {
    let mut client = Client::new();
    let resources = client.get("/services/data/v66.0/").json();
    for name in ["jobs/ingest", "limits", "sobjects"] {
        let root = resources[name.split('/').next().expect("a name")].as_str().expect("a path");
        let rest = name.split_once('/').map(|(_, rest)| format!("/{rest}")).unwrap_or_default();
        assert_eq!(client.get(&format!("{root}{rest}")).status, 200, "{name}");
    }
    assert_eq!(client.send(Request::new("GET", "/services/data/v66.0")).status, 401);
    assert_eq!(client.get("/services/data/v99.0").status, 404);
}
