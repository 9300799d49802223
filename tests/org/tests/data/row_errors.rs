//! Loading rows: in which words what cannot be loaded is refused.

use Operation::{Delete, HardDelete, Insert, Update};
use salesforce_bulk_org::data::{Operation, RecordId};

use crate::support::{errors, id, load, org, record};

#[test]
fn rows_that_cannot_be_inserted_say_why() {
    let long = "x".repeat(256);
    let too_long = format!(
        "STRING_TOO_LONG:Account Name: data value too large: {long} (max length=255):Name --"
    );
    let (account, contact) = (id("001", 1), id("003", 1));
    let wrong =
        format!("MALFORMED_ID:Account ID: id value of incorrect type: {contact}:AccountId --");
    let taken = format!(
        "DUPLICATE_VALUE:duplicate value found: Ext__c duplicates value on record with id: {}: --",
        &account[..15]
    );
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
    let cases: &[Case] = &[
        (
            "Contact",
            &[("FirstName", "Ada")],
            "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
        ),
        (
            "Contact",
            &[("LastName", "#N/A")],
            "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
        ),
        (
            "Opportunity",
            &[("Amount", "1")],
            "REQUIRED_FIELD_MISSING:Required fields are missing: [Name, StageName, CloseDate]:Name StageName CloseDate --",
        ),
        ("Account", &[("Name", &long)], &too_long),
        (
            "Account",
            &[("Name", "a"), ("AnnualRevenue", "1,000")],
            "INVALID_TYPE_ON_FIELD_IN_RECORD:AnnualRevenue: value not of required type: 1,000:AnnualRevenue --",
        ),
        (
            "Account",
            &[("Name", "a"), ("AnnualRevenue", "1e18")],
            "NUMBER_OUTSIDE_VALID_RANGE:AnnualRevenue: value outside of valid range on numeric field: 1e18:AnnualRevenue --",
        ),
        (
            "Account",
            &[("Name", "a"), ("NumberOfEmployees", "1.5")],
            "INVALID_TYPE_ON_FIELD_IN_RECORD:NumberOfEmployees: value not of required type: 1.5:NumberOfEmployees --",
        ),
        (
            "Account",
            &[("Name", "a"), ("Active__c", "yes")],
            "INVALID_TYPE_ON_FIELD_IN_RECORD:Active: value not of required type: yes:Active__c --",
        ),
        (
            "Account",
            &[("Name", "a"), ("Since__c", "01/02/2026")],
            "INVALID_TYPE_ON_FIELD_IN_RECORD:Since: value not of required type: 01/02/2026:Since__c --",
        ),
        (
            "Account",
            &[("Name", "a"), ("Tier__c", "Tin")],
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Tier: bad value for restricted picklist field: Tin:Tier__c --",
        ),
        (
            "Account",
            &[("Name", "a"), ("Segments__c", "Public;Secret")],
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Segments: bad value for restricted picklist field: Secret:Segments__c --",
        ),
        ("Account", &[("Name", "a"), ("Ext__c", "EXT-0000002")], &taken),
        (
            "Contact",
            &[("LastName", "a"), ("Email", "not an email")],
            "INVALID_EMAIL_ADDRESS:Email: invalid email address: not an email:Email --",
        ),
        (
            "Contact",
            &[("LastName", "a"), ("AccountId", "001")],
            "MALFORMED_ID:Account ID: id value of incorrect type: 001:AccountId --",
        ),
        ("Contact", &[("LastName", "a"), ("AccountId", &contact)], &wrong),
        (
            "Contact",
            &[("LastName", "a"), ("AccountId", "001Kf0000zzzzzz")],
            "INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:AccountId --",
        ),
        (
            "Contact",
            &[("LastName", "a"), ("Account.Ext__c", "nobody")],
            "INVALID_FIELD:Foreign key external ID: nobody not found for field Ext__c in entity Account: --",
        ),
        (
            "Contact",
            &[("LastName", "a"), ("Account.Key__c", "KEY-0000001")],
            "INVALID_FIELD:Foreign key external ID: KEY-0000001 matched more than one record for field Key__c in entity Account: --",
        ),
        (
            "Contact",
            &[("LastName", "a"), ("AccountId", &account), ("Account.Ext__c", "EXT-0000002")],
            "INVALID_FIELD:Cannot specify both an external ID reference Account and a salesforce id, AccountId:AccountId --",
        ),
        (
            "Contact",
            &[("Id", &contact), ("LastName", "a")],
            "INVALID_FIELD_FOR_INSERT_UPDATE:cannot specify Id in an insert call:Id --",
        ),
        (
            "Contact",
            &[("LastName", "a"), ("CreatedDate", "2026-01-01T00:00:00Z")],
            "INVALID_FIELD_FOR_INSERT_UPDATE:Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.:CreatedDate --",
        ),
        (
            "Invoice__c",
            &[("Amount__c", "-0.01")],
            "FIELD_CUSTOM_VALIDATION_EXCEPTION:The amount must not be negative:Amount__c --",
        ),
        (
            "Account",
            &[("Name", "a"), ("Since__c", "x"), ("Score__c", "y")],
            "INVALID_TYPE_ON_FIELD_IN_RECORD:Since: value not of required type: x:Since__c --|INVALID_TYPE_ON_FIELD_IN_RECORD:Score: value not of required type: y:Score__c --",
        ),
    ];
    for (object, cells, expected) in cases {
        let mut db = org();
        let before = db.pk_range(object);
        let outcome = db.load(&load(object, Insert), &record(cells));
        assert_eq!(errors(&outcome), *expected);
        assert_eq!((outcome.success, outcome.created, outcome.id), (false, false, None));
        assert_eq!(db.pk_range(object), before, "a refused row leaves nothing behind");
    }
}

#[test]
fn rows_that_are_named_wrongly_say_why() {
    let (gone, binned) = (id("003", 7), id("003", 8));
    let account = id("001", 0);
    let wrong = format!("MALFORMED_ID:Contact ID: id value of incorrect type: {account}:Id --");
    let no_row = "INVALID_CROSS_REFERENCE_KEY:invalid cross reference id: --";
    let cases: &[(Operation, &str, &str, bool)] = &[
        (Update, "", "MISSING_ARGUMENT:Id not specified in an update call: --", false),
        (Delete, "", "MISSING_ARGUMENT:Id not specified in a delete call: --", false),
        (Update, "003x", "MALFORMED_ID:Contact ID: id value of incorrect type: 003x:Id --", false),
        (Update, &account, &wrong, false),
        (HardDelete, &account, &wrong, false),
        (Update, "003Kf0000zzzzzz", no_row, true),
        (Update, "003xx0000000000", no_row, true),
        (Delete, &gone, no_row, true),
        (Update, &binned, "ENTITY_IS_DELETED:entity is deleted: --", true),
        (Delete, &binned, "ENTITY_IS_DELETED:entity is deleted: --", true),
    ];
    for (operation, text, expected, knows_id) in cases {
        let mut db = org();
        assert!(db.load(&load("Contact", HardDelete), &record(&[("Id", &gone)])).success);
        assert!(db.load(&load("Contact", Delete), &record(&[("Id", &binned)])).success);
        let outcome = db.load(&load("Contact", *operation), &record(&[("Id", text)]));
        assert_eq!(errors(&outcome), *expected, "{operation:?} {text}");
        assert_eq!(outcome.id.is_some(), *knows_id, "{operation:?} {text}");
    }
}

#[test]
fn headers_are_checked_as_a_whole() {
    type Case<'a> = (Operation, &'a str, &'a [&'a str], Result<(), &'a str>);
    let cases: &[Case] = &[
        (Insert, "Contact", &["LastName", "account.ext__c", "Owner.Id", "ReportsTo.Email"], Ok(())),
        (Insert, "Task", &["Subject", "Lead:Who.Email"], Ok(())),
        (Insert, "Invoice__c", &["Account__r.Ext__c"], Ok(())),
        (
            Insert,
            "Contact",
            &["LastName", "An_Awesome_Field__c", "Other__c"],
            Err("InvalidBatch : Field name not found : An_Awesome_Field__c"),
        ),
        (
            Insert,
            "Contact",
            &["\u{feff}LastName"],
            Err("InvalidBatch : Field name not found : \u{feff}LastName"),
        ),
        (
            Insert,
            "Contact",
            &["Account__r.Ext__c"],
            Err("InvalidBatch : Unable to find relationship: Account__r"),
        ),
        (
            Insert,
            "Contact",
            &["Account.Industry"],
            Err("InvalidBatch : Field name not found : Account.Industry"),
        ),
        (
            Insert,
            "Contact",
            &["Account.Parent.Ext__c"],
            Err("InvalidBatch : Field name not found : Account.Parent.Ext__c"),
        ),
        (
            Insert,
            "Case",
            &["Case:Parent.Ext__c"],
            Err(
                "InvalidBatch : type is not needed for non polymorphic foreign key references: Parent",
            ),
        ),
        (
            Insert,
            "Task",
            &["Who.Email"],
            Err("InvalidBatch : type is needed for polymorphic foreign key references: Who"),
        ),
        (
            Insert,
            "Task",
            &["Account:Who.Ext__c"],
            Err("InvalidBatch : Field name not found : Account:Who.Ext__c"),
        ),
        (
            Insert,
            "Contact",
            &["LastName", "lastname"],
            Err("InvalidBatch : Duplicate field name : lastname"),
        ),
        (Delete, "Contact", &["Id"], Ok(())),
        (
            Delete,
            "Contact",
            &["Id", "LastName"],
            Err("InvalidBatch : The 'delete' batch must contain only ids"),
        ),
        (
            HardDelete,
            "Contact",
            &["Name"],
            Err("InvalidBatch : The 'hardDelete' batch must contain only ids"),
        ),
    ];
    let db = org();
    for (operation, object, header, expected) in cases {
        let header: Vec<String> = header.iter().map(|name| name.to_string()).collect();
        let found = db.check_columns(&load(object, *operation), &header);
        assert_eq!(found, expected.map_err(String::from), "{header:?}");
    }
}

#[test]
fn locks_hold_until_they_are_used_up_or_taken_away() {
    let mut db = org();
    let row = RecordId::new("001", 0);
    let text = row.to_string();
    let rename = record(&[("Id", &text), ("Name", "x")]);
    let update = load("Account", Update);
    let message = format!(
        "UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 1 records: {}: --",
        row.short()
    );
    db.lock(row, Some(2));
    let tries: Vec<_> = (0..3).map(|_| errors(&db.load(&update, &rename))).collect();
    assert_eq!(tries, [message.as_str(), &message, ""]);
    db.lock(row, None);
    let child = record(&[("LastName", "x"), ("AccountId", &text)]);
    assert_eq!(errors(&db.load(&load("Contact", Insert), &child)), message);
    assert_eq!(errors(&db.load(&load("Account", Delete), &record(&[("Id", &text)]))), message);
    db.unlock(row);
    assert!(db.load(&update, &rename).success);
}
