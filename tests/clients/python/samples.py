"""Rows that are hard to carry from one place to another."""

import itertools

TEXT = "first line\nsecond \"quoted\", with; commas\tand ünïcödé 東京 🦀 <b>&amp;</b> it's"
FIELDS = ["Name", "Ext__c", "Description", "BillingStreet", "NumberOfEmployees", "AnnualRevenue",
          "Active__c", "Since__c"]
SELECT = "SELECT Id, " + ", ".join(FIELDS) + " FROM Account"

_numbers = itertools.count(1)


def keys(count):
    """External ids that no other check uses; they sort as they are made."""
    number = next(_numbers)
    return [f"check-{number:03}-{at:03}" for at in range(count)]


def full(key):
    """An account with all kinds of values."""
    return {
        "Name": 'Müller & "Söhne", 株式会社 😀', "Ext__c": key, "Description": TEXT,
        "BillingStreet": "Main Street 1\n2nd floor", "NumberOfEmployees": 42,
        "AnnualRevenue": 1234567.25, "Active__c": True, "Since__c": "2024-02-29",
    }


def sparse(key):
    """An account with as little as the org accepts."""
    return {**dict.fromkeys(FIELDS), "Name": "Sparse", "Ext__c": key, "Active__c": False}


def nameless(key):
    """An account that the org refuses."""
    return {**sparse(key), "Name": None, "Description": "no name"}


def as_csv(row):
    """The row as cells that Python's csv module writes the way Salesforce reads them."""
    return {key: _cell(value) for key, value in row.items()}


def from_csv(row):
    """What the row is in a CSV result: all text, where null and empty text are one."""
    return {key: str(_cell(value)) for key, value in row.items()}


def _cell(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value
