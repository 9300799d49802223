//! The objects that a new org has.

use super::build::{
    address, checkbox, contact_point, external_id, field, multi_picklist, object, owner, picklist,
    reference, string, text_area,
};
use super::field::{Field, FieldType};
use super::object::Object;

const RATINGS: &[&str] = &["Hot", "Warm", "Cold"];
const SOURCES: &[&str] = &["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];
const INDUSTRIES: &[&str] =
    &["Agriculture", "Banking", "Chemicals", "Energy", "Food & Beverage", "Hospitality", "Retail"];
const STAGES: &[&str] =
    &["Prospecting", "Qualification", "Negotiation/Review", "Closed Won", "Closed Lost"];
const LONG_TEXT: usize = 32_000;

/// The objects that a new org has: Salesforce's own with some custom fields, one custom object,
/// and two that the Bulk APIs do not know.
pub fn standard_objects() -> Vec<Object> {
    vec![
        account(),
        contact(),
        lead(),
        opportunity(),
        case(),
        task(),
        user(),
        profile(),
        organization(),
        invoice(),
        name(),
        status("CaseStatus", "Case Status Value", "01J"),
        status("TaskStatus", "Task Status Value", "01T"),
    ]
}

fn account() -> Object {
    let mut own = vec![
        string("Name", 255).required().labelled("Account Name"),
        string("AccountNumber", 40),
        picklist("Type", &["Prospect", "Customer", "Partner", "Other"]),
        picklist("Industry", INDUSTRIES),
        picklist("Rating", RATINGS),
        contact_point("Phone", FieldType::Phone),
        contact_point("Website", FieldType::Url),
        field("AnnualRevenue", FieldType::Currency),
        field("NumberOfEmployees", FieldType::Int),
        reference("ParentId", "Parent", &["Account"])
            .labelled("Parent Account ID")
            .listed_as("ChildAccounts"),
        owner(),
    ];
    let parts = vec![
        text_area("Street", 255),
        string("City", 40),
        string("PostalCode", 20),
        string("Country", 80),
    ];
    own.extend(address("Billing", parts));
    own.extend([
        text_area("Description", LONG_TEXT),
        external_id("Ext__c").unique(),
        external_id("Key__c"),
        checkbox("Active__c"),
        field("Since__c", FieldType::Date),
        field("Score__c", FieldType::Double),
        picklist("Tier__c", &["Gold", "Silver", "Bronze"]).restricted(),
        multi_picklist("Segments__c", &["Enterprise", "Public", "Startup", "Non-Profit"]),
    ]);
    object("Account", "Account", "001", own)
}

/// A person's names. `Name` is what the org makes of the two.
fn person() -> Vec<Field> {
    vec![
        string("FirstName", 40).labelled("First Name").part_of("Name"),
        string("LastName", 80).required().labelled("Last Name").part_of("Name"),
        string("Name", 121).read_only().labelled("Full Name").part_of("Name"),
        contact_point("Email", FieldType::Email).id_lookup(),
        contact_point("Phone", FieldType::Phone),
        string("Title", 128),
    ]
}

fn contact() -> Object {
    let mut own = person();
    own.extend([
        reference("AccountId", "Account", &["Account"])
            .labelled("Account ID")
            .listed_as("Contacts"),
        reference("ReportsToId", "ReportsTo", &["Contact"]).labelled("Reports To ID"),
        owner(),
        contact_point("MobilePhone", FieldType::Phone),
        string("Department", 80),
        field("Birthdate", FieldType::Date),
        picklist("LeadSource", SOURCES),
        checkbox("DoNotCall"),
    ]);
    own.extend(address("Mailing", vec![text_area("Street", 255), string("City", 40)]));
    own.extend([
        text_area("Description", LONG_TEXT),
        external_id("Ext__c").unique(),
        picklist("Level__c", &["Primary", "Secondary", "Tertiary"]).restricted(),
        multi_picklist("Languages__c", &["English", "German", "Japanese", "Türkçe"]),
    ]);
    object("Contact", "Contact", "003", own)
}

fn lead() -> Object {
    let mut own = person();
    own.extend([
        string("Company", 255).required(),
        picklist("Status", &["Open", "Working", "Closed - Converted", "Closed"]).defaulted(),
        picklist("LeadSource", SOURCES),
        picklist("Rating", RATINGS),
        contact_point("Website", FieldType::Url),
        field("AnnualRevenue", FieldType::Currency),
        field("NumberOfEmployees", FieldType::Int),
        checkbox("IsConverted").read_only(),
        owner(),
        text_area("Description", LONG_TEXT),
        external_id("Ext__c").unique(),
    ]);
    object("Lead", "Lead", "00Q", own)
}

fn opportunity() -> Object {
    let own = vec![
        string("Name", 120).required(),
        reference("AccountId", "Account", &["Account"])
            .labelled("Account ID")
            .listed_as("Opportunities"),
        picklist("StageName", STAGES).required(),
        field("CloseDate", FieldType::Date).required().labelled("Close Date"),
        field("Amount", FieldType::Currency),
        field("Probability", FieldType::Percent).labelled("Probability (%)"),
        picklist("Type", &["New Business", "Existing Business"]),
        picklist("LeadSource", SOURCES),
        string("NextStep", 255),
        checkbox("IsWon").read_only(),
        owner(),
        text_area("Description", LONG_TEXT),
        external_id("Ext__c").unique(),
    ];
    object("Opportunity", "Opportunity", "006", own)
}

fn case() -> Object {
    let own = vec![
        string("CaseNumber", 30).defaulted().read_only(),
        string("Subject", 255),
        picklist("Status", &["New", "Working", "Escalated", "Closed"]).defaulted(),
        picklist("Priority", &["Medium", "High", "Low"]).defaulted(),
        picklist("Origin", &["Phone", "Email", "Web"]),
        reference("AccountId", "Account", &["Account"]).labelled("Account ID").listed_as("Cases"),
        reference("ContactId", "Contact", &["Contact"]).labelled("Contact ID").listed_as("Cases"),
        reference("ParentId", "Parent", &["Case"]).labelled("Parent Case ID").listed_as("Cases"),
        owner(),
        field("ClosedDate", FieldType::DateTime).read_only(),
        text_area("Description", LONG_TEXT),
        external_id("Ext__c").unique(),
    ];
    object("Case", "Case", "500", own)
}

fn task() -> Object {
    let own = vec![
        reference("WhoId", "Who", &["Contact", "Lead"]).labelled("Name ID").listed_as("Tasks"),
        reference("WhatId", "What", &["Account", "Opportunity", "Case", "Invoice__c"])
            .labelled("Related To ID")
            .listed_as("Tasks"),
        string("Subject", 255),
        picklist("Status", &["Not Started", "In Progress", "Completed"]).defaulted(),
        picklist("Priority", &["Normal", "High", "Low"]).defaulted(),
        field("ActivityDate", FieldType::Date),
        owner(),
        text_area("Description", LONG_TEXT),
        external_id("Ext__c").unique(),
    ];
    object("Task", "Task", "00T", own)
}

fn user() -> Object {
    let mut own = person();
    own.extend([
        string("Username", 80).required().unique().id_lookup(),
        string("Alias", 8).required(),
        checkbox("IsActive"),
        picklist("UserType", &["Standard"]),
        reference("ProfileId", "Profile", &["Profile"]),
        picklist("TimeZoneSidKey", &["America/Los_Angeles", "Europe/Istanbul"]),
        picklist("LocaleSidKey", &["en_US", "tr_TR"]),
        picklist("LanguageLocaleKey", &["en_US", "tr"]),
    ]);
    object("User", "User", "005", own)
}

fn profile() -> Object {
    object("Profile", "Profile", "00e", vec![string("Name", 255).required()]).without_bulk()
}

fn organization() -> Object {
    let own = vec![
        string("Name", 80).required(),
        string("InstanceName", 5),
        picklist("OrganizationType", &["Developer Edition"]),
        checkbox("IsSandbox"),
        field("TrialExpirationDate", FieldType::DateTime),
        string("NamespacePrefix", 15),
        picklist("LanguageLocaleKey", &["en_US", "tr"]),
    ];
    object("Organization", "Organization", "00D", own).without_bulk()
}

fn invoice() -> Object {
    let own = vec![
        string("Name", 80).defaulted().labelled("Invoice Number"),
        external_id("Ext__c").unique(),
        field("Amount__c", FieldType::Currency),
        reference("Account__c", "Account__r", &["Account"]).listed_as("Invoices__r"),
        field("DueDate__c", FieldType::Date),
        field("SentAt__c", FieldType::DateTime),
        checkbox("Paid__c"),
        picklist("Status__c", &["Draft", "Sent", "Settled"]).restricted(),
        text_area("Notes__c", LONG_TEXT),
        owner(),
    ];
    object("Invoice__c", "Invoice", "a00", own)
        .with_rule("Amount__c", "The amount must not be negative")
}

/// What a polymorphic relationship leads to in a query: what its targets have in common.
fn name() -> Object {
    let mut own = person();
    own.push(string("Type", 40).read_only());
    object("Name", "Name", "", own).without_bulk()
}

fn status(name: &str, label: &str, prefix: &str) -> Object {
    let own = vec![string("MasterLabel", 255), checkbox("IsClosed"), checkbox("IsDefault")];
    object(name, label, prefix, own).without_bulk()
}
