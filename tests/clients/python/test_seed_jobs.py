"""salesforce-bulk: signing in, the states of jobs and batches, and what it is told of mistakes."""

import unittest

import org
import samples
from salesforce_bulk import BulkApiError, SalesforceBulk
from salesforce_bulk.salesforce_bulk import BulkBatchFailed
from seed_client import Csv, Json, sign_in, wait
from simple_salesforce.exceptions import SalesforceAuthenticationFailed


class Login(unittest.TestCase):
    def assert_works(self, bulk):
        job = bulk.create_query_job("Account")
        self.assertEqual(bulk.job_state(job), "Open")
        bulk.close_job(job)

    def test_by_password_at_each_host(self):
        for options in [{}, {"sandbox": True}, {"domain": "acme.my"}, {"client_id": "check"},
                        {"API_version": "62.0"}]:
            with self.subTest(**options):
                self.assert_works(SalesforceBulk(username=org.USERNAME, password=org.PASSWORD,
                                                 security_token=org.TOKEN, **options))

    def test_by_the_organization(self):
        bulk = sign_in()
        organization = bulk.sessionId.partition("!")[0]
        self.assert_works(SalesforceBulk(username=org.USERNAME, password=org.PASSWORD,
                                         organizationId=organization))
        with self.assertRaises(SalesforceAuthenticationFailed):
            SalesforceBulk(username=org.USERNAME, password=org.PASSWORD,
                           organizationId="00D000000000000")

    def test_with_a_session(self):
        for host in [org.TLS_URL, org.TLS_URL.removeprefix("https://"), org.URL]:
            with self.subTest(host=host):
                session = org.control("session")["accessToken"]
                self.assert_works(SalesforceBulk(sessionId=session, host=host))

    def test_a_wrong_password_is_refused(self):
        with self.assertRaises(SalesforceAuthenticationFailed) as caught:
            SalesforceBulk(username=org.USERNAME, password="wrong", security_token="")
        self.assertEqual(caught.exception.code, "INVALID_LOGIN")
        self.assertIn("Invalid username, password, security token", caught.exception.auth_message)

    def test_a_wrong_session_is_refused(self):
        bulk = SalesforceBulk(sessionId="00D!wrong", host=org.TLS_URL)
        with self.assertRaises(BulkApiError) as caught:
            bulk.create_query_job("Account")
        self.assertEqual(caught.exception.status_code, 400)
        self.assertIn("<exceptionCode>InvalidSessionId</exceptionCode>", str(caught.exception))


class Jobs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bulk = sign_in()

    def test_a_job_is_opened_filled_and_closed(self):
        bulk, keys = self.bulk, samples.keys(2)
        job = bulk.create_insert_job("Account")
        batch = bulk.post_batch(job, Csv.batch([samples.full(keys[0]), samples.nameless(keys[1])]))
        bulk.close_job(job)
        wait(bulk, job, batch)
        status = bulk.job_status(job)
        wanted = {
            "id": job, "operation": "insert", "object": "Account", "state": "Closed",
            "concurrencyMode": "Parallel", "contentType": "CSV", "apiVersion": "40.0",
            "numberBatchesTotal": "1", "numberBatchesCompleted": "1", "numberBatchesFailed": "0",
            "numberRecordsProcessed": "2", "numberRecordsFailed": "1",
        }
        self.assertEqual({key: status.get(key) for key in wanted}, wanted)

    def test_batches_are_listed(self):
        bulk = self.bulk
        for format in (Csv, Json):
            with self.subTest(format=format.name):
                job = bulk.create_insert_job("Account", contentType=format.name)
                made = [bulk.post_batch(job, format.batch([samples.full(key)]))
                        for key in samples.keys(3)]
                bulk.close_job(job)
                for batch in made:
                    wait(bulk, job, batch)
                listed = bulk.get_batch_list(job)
                self.assertEqual([(found["id"], found["jobId"], found["state"])
                                  for found in listed],
                                 [(batch, job, "Completed") for batch in made])

    def test_the_state_of_a_batch_is_kept_until_asked_again(self):
        bulk = self.bulk
        org.control("config", {"queueMs": 300})
        try:
            job = bulk.create_query_job("Account")
            batch = bulk.query(job, "SELECT Id FROM Account")
            self.assertEqual(bulk.batch_state(batch), "Queued")
            self.assertFalse(bulk.get_query_batch_result_ids(batch))
            org.until(lambda: bulk.is_batch_done(batch))
            self.assertEqual(bulk.batch_state(batch, reload=True), "Completed")
        finally:
            org.control("config", {"queueMs": 10})
        bulk.close_job(job)

    def test_an_aborted_job_processes_nothing(self):
        bulk, [key] = self.bulk, samples.keys(1)
        org.control("config", {"queueMs": 60_000})
        try:
            job = bulk.create_insert_job("Account")
            batch = bulk.post_batch(job, Csv.batch([samples.full(key)]))
            bulk.abort_job(job)
        finally:
            org.control("config", {"queueMs": 10})
        self.assertEqual(bulk.job_state(job), "Aborted")
        with self.assertRaises(BulkBatchFailed) as caught:
            bulk.is_batch_done(batch, job)
        self.assertEqual(caught.exception.state, "NotProcessed")
        self.assertEqual(org.rows(f"SELECT Id FROM Account WHERE Ext__c = '{key}'"), [])

    def test_an_unknown_column_fails_the_batch(self):
        bulk = self.bulk
        job = bulk.create_insert_job("Account")
        batch = bulk.post_batch(job, "Name,Nope\nA,B\n")
        bulk.close_job(job)
        with self.assertRaises(BulkBatchFailed) as caught:
            wait(bulk, job, batch)
        self.assertEqual(caught.exception.state_message,
                         "InvalidBatch : Field name not found : Nope")

    def test_mistakes_are_named(self):
        bulk = self.bulk
        closed = bulk.create_insert_job("Account")
        bulk.close_job(closed)
        cases = [
            ("InvalidJobState", lambda: bulk.post_batch(closed, "Name\nA\n")),
            ("InvalidEntity", lambda: bulk.create_insert_job("Nope__c")),
            ("InvalidJob", lambda: bulk.job_status("750000000000999AAA")),
            ("InvalidBatch", lambda: bulk.batch_status("751000000000999AAA", closed)),
            ("InvalidJob", lambda: bulk.post_mapping_file(
                bulk.create_insert_job("Account", contentType="JSON"), "")),
        ]
        for code, mistake in cases:
            with self.subTest(code=code):
                with self.assertRaises(BulkApiError) as caught:
                    mistake()
                self.assertEqual(caught.exception.status_code, 400)
                self.assertIn(code, str(caught.exception))
