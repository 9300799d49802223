"""salesforce-bulk: queries, in every format that it knows."""

import unittest

import org
import samples
from salesforce_bulk.bulk_states import NOT_PROCESSED
from salesforce_bulk.salesforce_bulk import BulkBatchFailed
from seed_client import Csv, Json, Xml, sign_in, wait

CONTACTS = "SELECT Id, Name, Description, Birthdate, DoNotCall FROM Contact"


def setUpModule():
    global bulk
    bulk = sign_in()


class Query:
    """The checks; a class below gives the format."""

    def inserted(self, rows):
        job = bulk.create_insert_job("Account", contentType="JSON")
        batch = bulk.post_batch(job, Json.batch(rows))
        bulk.close_job(job)
        wait(bulk, job, batch)
        return [{"Id": result.id, **row}
                for result, row in zip(bulk.get_batch_results(batch), rows)]

    def read(self, batch, job=None):
        """All results of a batch; not by `get_all_results_for_query_batch`, which says of a batch
        without results that it is not complete."""
        for result in bulk.get_query_batch_result_ids(batch, job):
            yield from self.format.rows(bulk.get_query_batch_results(batch, result, job))

    def query(self, soql, create="create_query_job"):
        job = getattr(bulk, create)(soql.split("FROM ")[1].split()[0],
                                    contentType=self.format.name)
        batch = bulk.query(job, soql)
        bulk.close_job(job)
        wait(bulk, job, batch)
        return batch

    def expected(self, rows):
        return [self.format.stored(row) for row in rows]

    def test_every_value_comes_back(self):
        keys = samples.keys(2)
        rows = self.inserted([samples.full(keys[0]), samples.sparse(keys[1])])
        soql = f"{samples.SELECT} WHERE Ext__c LIKE '{keys[0][:9]}%' ORDER BY Ext__c"
        self.assertEqual(list(self.read(self.query(soql))), self.expected(rows))

    def test_query_all_shows_what_was_deleted(self):
        [row] = self.inserted([samples.full(samples.keys(1)[0])])
        job = bulk.create_delete_job("Account", contentType="JSON")
        batch = bulk.post_batch(job, Json.batch([{"Id": row["Id"]}]))
        bulk.close_job(job)
        wait(bulk, job, batch)
        soql = f"{samples.SELECT} WHERE Ext__c = '{row['Ext__c']}'"
        self.assertEqual(list(self.read(self.query(soql))), [])
        found = self.read(self.query(soql, "create_queryall_job"))
        self.assertEqual(list(found), self.expected([row]))

    def test_a_wrong_query_fails_its_batch(self):
        with self.assertRaises(BulkBatchFailed) as caught:
            self.query("SELECT Nope FROM Account")
        self.assertEqual(caught.exception.state, "Failed")
        self.assertIn("INVALID_FIELD", caught.exception.state_message)
        self.assertIn("No such column 'Nope' on entity 'Account'", caught.exception.state_message)


class ManyContacts(Query):
    """Checks with the rows that the org makes up, which have everything in their texts."""

    def contacts(self):
        rows = org.rows(CONTACTS + " ORDER BY Id")
        self.assertTrue(any("\0" in (row["Description"] or "") for row in rows))
        return self.expected(rows)

    def test_many_rows_in_many_results(self):
        batch = self.query(CONTACTS + " ORDER BY Id")
        files = list(bulk.get_all_results_for_query_batch(batch))
        self.assertEqual(len(files), 3)
        self.assertEqual([row for file in files for row in self.format.rows(file)],
                         self.contacts())

    def test_pk_chunking(self):
        """The README's own loop fails by design: the batch with the query is never processed. What
        is meant by it are the batches that the org adds."""
        for header, chunks in [(True, 1), (200, 3), ("chunkSize=100", 5)]:
            with self.subTest(header=header):
                job = bulk.create_query_job("Contact", contentType=self.format.name,
                                            pk_chunking=header)
                parent = bulk.query(job, CONTACTS)
                with self.assertRaises(BulkBatchFailed) as caught:
                    wait(bulk, job, parent)
                self.assertEqual(caught.exception.state, NOT_PROCESSED)
                self.check_children(job, parent, chunks, self.contacts())

    def test_pk_chunking_from_a_row_on(self):
        contacts = self.contacts()
        header = f"chunkSize=100; startRow={contacts[250]['Id']}"
        job = bulk.create_query_job("Contact", contentType=self.format.name, pk_chunking=header)
        self.check_children(job, bulk.query(job, CONTACTS), 3, contacts[250:])

    def check_children(self, job, parent, chunks, contacts):
        batches = org.until(lambda: self.all_done(job))
        bulk.close_job(job)
        children = [batch["id"] for batch in batches if batch["id"] != parent]
        found = [list(self.read(child, job)) for child in children]
        self.assertEqual(sum(1 for rows in found if rows), chunks)
        rows = sorted((row for rows in found for row in rows), key=lambda row: row["Id"])
        self.assertEqual(rows, contacts)
        for child in children:
            request = bulk.get_query_batch_request(child, job)
            self.assertRegex(request, "^SELECT Id, .* FROM Contact WHERE Id >= 003[0-9A-Za-z]{12}")

    def all_done(self, job):
        batches = bulk.get_batch_list(job)
        states = {batch["state"] for batch in batches}
        return batches if states == {"NotProcessed", "Completed"} else None


class QueryCsv(ManyContacts, unittest.TestCase):
    format = Csv

    def test_a_query_without_a_job_makes_its_own(self):
        keys = samples.keys(1)
        rows = self.inserted([samples.full(keys[0])])
        batch = bulk.query(None, f"{samples.SELECT} WHERE Ext__c = '{keys[0]}'")
        job = bulk.lookup_job_id(batch)
        wait(bulk, job, batch)
        bulk.close_job(job)
        self.assertEqual(list(self.read(batch)), self.expected(rows))

    def test_a_raw_result_is_compressed(self):
        batch = self.query("SELECT Id FROM Contact")
        result = bulk.get_query_batch_result_ids(batch)[0]
        raw = bulk.get_query_batch_results(batch, result, raw=True)
        self.assertEqual(raw.read(2), b"\x1f\x8b")


class QueryJson(ManyContacts, unittest.TestCase):
    format = Json


class QueryXml(Query, unittest.TestCase):
    format = Xml
