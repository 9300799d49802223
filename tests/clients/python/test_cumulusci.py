"""CumulusCI's steps of loading and extracting data, by the Bulk API and by REST."""

import logging
import types
import unittest
from urllib.parse import urlsplit

import org
import samples
from cumulusci.tasks.bulkdata.step import (BulkApiDmlOperation, BulkApiQueryOperation,
                                           DataOperationStatus, DataOperationType,
                                           RestApiDmlOperation, RestApiQueryOperation)
from salesforce_bulk import SalesforceBulk
from simple_salesforce import Salesforce

FIELDS = samples.FIELDS


def context():
    """What a task of CumulusCI hands to its steps, as `BaseSalesforceApiTask` makes it."""
    token = org.control("session")["accessToken"]
    host = urlsplit(org.TLS_URL)
    return types.SimpleNamespace(
        bulk=SalesforceBulk(host=host.netloc, sessionId=token, API_version=org.API),
        sf=Salesforce(instance_url=org.TLS_URL, session_id=token, version=org.API),
        logger=logging.getLogger("cumulusci"),
    )


def values(rows):
    """Rows as CumulusCI keeps them: lists of texts, with nothing for null."""
    return [[samples.as_csv(row)[field] for field in FIELDS] for row in rows]


def stored(keys):
    names = ", ".join(f"'{key}'" for key in keys)
    return org.rows(f"{samples.SELECT} WHERE Ext__c IN ({names}) ORDER BY Ext__c")


def load(kind, operation, records, fields=FIELDS, **options):
    """Runs a step to its end, and answers it with its results."""
    step = kind(sobject="Account", operation=operation, api_options=options, context=context(),
                fields=fields)
    step.start()
    step.load_records(iter(records))
    step.end()
    return step, list(step.get_results())


class Load(unittest.TestCase):
    kinds = [BulkApiDmlOperation, RestApiDmlOperation]

    def test_insert_with_a_bad_row_in_several_batches(self):
        for kind in self.kinds:
            with self.subTest(kind=kind.__name__):
                keys = samples.keys(3)
                sent = [samples.full(keys[0]), samples.nameless(keys[1]), samples.sparse(keys[2])]
                step, results = load(kind, DataOperationType.INSERT, values(sent), batch_size=2)
                self.assertIs(step.job_result.status, DataOperationStatus.ROW_FAILURE)
                self.assertEqual((step.job_result.records_processed,
                                  step.job_result.total_row_errors), (3, 1))
                first, third = stored(keys)
                self.assertEqual([first, third], [{"Id": first["Id"], **sent[0]},
                                                  {"Id": third["Id"], **sent[2]}])
                self.assertEqual([r.success for r in results], [True, False, True])
                self.assertEqual([results[0].id, results[2].id], [first["Id"], third["Id"]])
                self.assertIn("REQUIRED_FIELD_MISSING", results[1].error)

    def test_upsert_finds_and_makes(self):
        for kind in self.kinds:
            with self.subTest(kind=kind.__name__):
                keys = samples.keys(2)
                load(kind, DataOperationType.INSERT, values([samples.full(keys[0])]))
                changed = {**samples.full(keys[0]), "Name": "Renamed"}
                sent = values([changed, samples.full(keys[1])])
                _, results = load(kind, DataOperationType.UPSERT, sent, update_key="Ext__c")
                self.assertEqual([(r.success, r.created) for r in results],
                                 [(True, False), (True, True)])
                self.assertEqual([row["Name"] for row in stored(keys)],
                                 ["Renamed", samples.full(keys[1])["Name"]])

    def test_update_and_delete(self):
        for kind in self.kinds:
            with self.subTest(kind=kind.__name__):
                keys = samples.keys(2)
                load(kind, DataOperationType.INSERT, values(map(samples.full, keys)))
                first, second = stored(keys)
                load(kind, DataOperationType.UPDATE, [[first["Id"], "Again"]], ["Id", "Name"])
                load(kind, DataOperationType.DELETE, [[second["Id"]]], ["Id"])
                self.assertEqual(stored(keys), [{**first, "Name": "Again"}])


class Extract(unittest.TestCase):
    def assert_finds(self, sobject, soql, fields, rows):
        step = BulkApiQueryOperation(sobject=sobject, api_options={}, context=context(),
                                     query=soql)
        with step:
            step.query()
            found = list(step.get_results())
        self.assertEqual(found, [[samples.from_csv(row)[field] for field in fields]
                                 for row in rows])
        self.assertIs(step.job_result.status, DataOperationStatus.SUCCESS)

    # Without texts that hold the byte 0, which Python's csv module reads only from 3.11 on.
    fields = ["Id", "LastName", "Email", "Birthdate", "DoNotCall"]
    soql = f"SELECT {', '.join(fields)} FROM Contact ORDER BY Id"

    def test_many_rows_in_many_results(self):
        self.assert_finds("Contact", self.soql, self.fields, org.rows(self.soql))

    def test_every_value_comes_back(self):
        keys = samples.keys(2)
        load(BulkApiDmlOperation, DataOperationType.INSERT,
             values([samples.full(keys[0]), samples.sparse(keys[1])]))
        soql = f"{samples.SELECT} WHERE Ext__c IN ('{keys[0]}', '{keys[1]}') ORDER BY Ext__c"
        rows = [{**row, "AnnualRevenue": row["AnnualRevenue"] and "1234567.25"}
                for row in stored(keys)]
        self.assert_finds("Account", soql, ["Id", *FIELDS], rows)

    def test_no_rows(self):
        soql = "SELECT Id FROM Contact WHERE LastName = 'nobody'"
        self.assert_finds("Contact", soql, ["Id"], [])

    def test_many_rows_by_rest(self):
        step = RestApiQueryOperation(sobject="Contact", fields=self.fields, api_options={},
                                     context=context(), query=self.soql)
        step.query()
        # Here a value is the text that Python makes of it.
        text = lambda value: "" if value is None else str(value)
        self.assertEqual(list(step.get_results()),
                         [[text(row[field]) for field in self.fields]
                          for row in org.rows(self.soql)])
