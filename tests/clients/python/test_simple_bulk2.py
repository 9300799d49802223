"""simple-salesforce's `bulk2`: Bulk API 2.0.

Two of its calls are left alone. `get_all_ingest_records` splits results at line breaks before it
reads them as CSV, so here it only gets rows without any. The client's job handle has a
`delete_job` that reads JSON from the empty answer 204, which cannot work with any org.
"""

import csv
import io
import tempfile
import unittest
from pathlib import Path

import org
import samples
from simple_salesforce import Salesforce
from simple_salesforce.bulk2 import ColumnDelimiter, LineEnding
from simple_salesforce.exceptions import SalesforceMalformedRequest, SalesforceOperationError

WAIT = 0.02
CONTACTS = "SELECT Id, Name, Description, Birthdate, DoNotCall FROM Contact"


def setUpModule():
    global sf
    sf = Salesforce(username=org.USERNAME, password=org.PASSWORD, security_token=org.TOKEN)


def read(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def stored(keys):
    quoted = ", ".join(f"'{key}'" for key in keys)
    return org.rows(f"{samples.SELECT} WHERE Ext__c IN ({quoted}) ORDER BY Ext__c")


def cells(rows):
    return [samples.as_csv(row) for row in rows]


def inserted(rows):
    sf.bulk2.Account.insert(records=cells(rows), wait=WAIT)
    return stored([row["Ext__c"] for row in rows])


class Load(unittest.TestCase):
    def assert_counts(self, result, total, failed=0):
        self.assertEqual(
            {key: result[key] for key in result if key != "job_id"},
            {"numberRecordsTotal": total, "numberRecordsProcessed": total,
             "numberRecordsFailed": failed})

    def result(self, job, kind):
        """A set of results, read from the file that the client writes: its own text takes the bytes
        for Latin-1, as `requests` does with text that names no character set."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "results.csv")
            getattr(sf.bulk2.Account, f"get_{kind}_records")(job, file=str(path))
            return read(path.read_bytes().decode())

    def test_insert_with_a_bad_row(self):
        keys = samples.keys(3)
        rows = [samples.full(keys[0]), samples.nameless(keys[1]), samples.sparse(keys[2])]
        [result] = sf.bulk2.Account.insert(records=cells(rows), wait=WAIT)
        self.assert_counts(result, 3, failed=1)
        first, third = stored(keys)
        self.assertEqual([first, third],
                         [{"Id": first["Id"], **rows[0]}, {"Id": third["Id"], **rows[2]}])
        done = sorted(self.result(result["job_id"], "successful"), key=lambda row: row["Ext__c"])
        self.assertEqual(done, [
            {"sf__Id": first["Id"], "sf__Created": "true", **samples.from_csv(rows[0])},
            {"sf__Id": third["Id"], "sf__Created": "true", **samples.from_csv(rows[2])}])
        error = "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --"
        self.assertEqual(self.result(result["job_id"], "failed"),
                         [{"sf__Id": "", "sf__Error": error, **samples.from_csv(rows[1])}])
        self.assertEqual(self.result(result["job_id"], "unprocessed"), [])

    def test_all_results_at_once(self):
        keys = samples.keys(2)
        rows = [{"Name": "Plain", "Ext__c": keys[0]}, {"Name": "", "Ext__c": keys[1]}]
        [result] = sf.bulk2.Account.insert(records=rows, wait=WAIT)
        found = sf.bulk2.Account.get_all_ingest_records(result["job_id"])
        [row] = stored(keys)
        self.assertEqual(found["successfulRecords"],
                         [{"sf__Id": row["Id"], "sf__Created": "true", **rows[0]}])
        self.assertEqual([row["Ext__c"] for row in found["failedRecords"]], [keys[1]])
        self.assertEqual(found["unprocessedRecords"], [])

    def test_update_with_null(self):
        [row] = inserted([samples.full(samples.keys(1)[0])])
        change = {"Id": row["Id"], "Name": "Renamed \"again\"\n🦊", "Description": "#N/A",
                  "BillingStreet": ""}
        [result] = sf.bulk2.Account.update(records=[change], wait=WAIT)
        self.assert_counts(result, 1)
        self.assertEqual(stored([row["Ext__c"]]),
                         [{**row, "Name": change["Name"], "Description": None}])

    def test_upsert_finds_and_makes(self):
        keys = samples.keys(2)
        [row] = inserted([samples.full(keys[0])])
        changes = [{"Ext__c": keys[0], "Name": "Found"}, {"Ext__c": keys[1], "Name": "Made"}]
        [result] = sf.bulk2.Account.upsert(records=changes, external_id_field="Ext__c", wait=WAIT)
        self.assert_counts(result, 2)
        found, made = stored(keys)
        self.assertEqual((found, made["Name"]), ({**row, "Name": "Found"}, "Made"))
        created = {row["sf__Id"]: row["sf__Created"]
                   for row in self.result(result["job_id"], "successful")}
        self.assertEqual(created, {found["Id"]: "false", made["Id"]: "true"})

    def test_delete_and_hard_delete(self):
        keys = samples.keys(3)
        soft, hard, kept = inserted([samples.full(key) for key in keys])
        [result] = sf.bulk2.Account.delete(records=[{"Id": soft["Id"]}], wait=WAIT)
        self.assert_counts(result, 1)
        [result] = sf.bulk2.Account.hard_delete(records=[{"Id": hard["Id"]}], wait=WAIT)
        self.assert_counts(result, 1)
        self.assertEqual(stored(keys), [kept])
        soql = f"SELECT Id, IsDeleted FROM Account WHERE Ext__c IN ('{keys[0]}', '{keys[1]}')"
        self.assertEqual(org.rows(soql, "queryAll"), [{"Id": soft["Id"], "IsDeleted": True}])

    def test_every_delimiter_and_line_ending(self):
        for delimiter in ColumnDelimiter:
            for ending in LineEnding:
                with self.subTest(delimiter=delimiter.name, ending=ending.name):
                    [key] = samples.keys(1)
                    row = {"Name": "a`b^c,d|e;f\tg\"h", "Ext__c": key, "BillingStreet": "1\n2"}
                    sf.bulk2.Account.insert(records=[row], column_delimiter=delimiter,
                                            line_ending=ending, wait=WAIT)
                    [found] = stored([key])
                    self.assertEqual({name: found[name] for name in row}, row)

    def test_a_file_becomes_several_jobs_at_once(self):
        keys = samples.keys(5)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "rows.csv")
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, samples.FIELDS)
                writer.writeheader()
                writer.writerows(cells(samples.full(key) for key in keys))
            results = sf.bulk2.Account.insert(csv_file=str(path), batch_size=2, concurrency=2,
                                              wait=WAIT)
        self.assertEqual([result["numberRecordsProcessed"] for result in results], [2, 2, 1])
        self.assertEqual([{**row, "Id": None} for row in stored(keys)],
                         [{"Id": None, **samples.full(key)} for key in keys])

    def test_a_parent_is_named_by_its_external_id(self):
        [account] = inserted([samples.full(samples.keys(1)[0])])
        [result] = sf.bulk2.Contact.insert(
            records=[{"LastName": "Child of bulk2", "Account.Ext__c": account["Ext__c"]}],
            wait=WAIT)
        self.assert_counts(result, 1)
        found = org.rows("SELECT AccountId FROM Contact WHERE LastName = 'Child of bulk2'")
        self.assertEqual(found, [{"AccountId": account["Id"]}])

    def test_an_unknown_column_fails_the_job(self):
        with self.assertRaises(SalesforceOperationError) as caught:
            sf.bulk2.Account.insert(records=[{"Name": "A", "Nope": "B"}], wait=WAIT)
        self.assertIn("InvalidBatch : Field name not found : Nope", str(caught.exception))

    def test_mistakes_are_named(self):
        cases = [
            ("INVALIDENTITY", lambda: sf.bulk2.Nope__c.insert(records=[{"Name": "A"}], wait=WAIT)),
            ("INVALID_FIELD", lambda: list(sf.bulk2.Account.query("SELECT Nope FROM Account"))),
            ("MALFORMED_QUERY", lambda: list(sf.bulk2.Account.query("SELECT FROM", wait=WAIT))),
        ]
        for code, mistake in cases:
            with self.subTest(code=code):
                with self.assertRaises(SalesforceMalformedRequest) as caught:
                    mistake()
                self.assertEqual(caught.exception.content[0]["errorCode"], code)


class Query(unittest.TestCase):
    def test_every_value_comes_back(self):
        keys = samples.keys(2)
        rows = inserted([samples.full(keys[0]), samples.sparse(keys[1])])
        soql = f"{samples.SELECT} WHERE Ext__c LIKE '{keys[0][:9]}%' ORDER BY Ext__c"
        for delimiter, sign in [(ColumnDelimiter.COMMA, ","), (ColumnDelimiter.TAB, "\t"),
                                (ColumnDelimiter.CARET, "^")]:
            for ending in LineEnding:
                with self.subTest(delimiter=delimiter.name, ending=ending.name):
                    [page] = sf.bulk2.Account.query(soql, column_delimiter=delimiter,
                                                    line_ending=ending, wait=WAIT)
                    self.assertEqual(read(page, sign), [samples.from_csv(row) for row in rows])
                    self.assertEqual(page.endswith("\r\n"), ending is LineEnding.CRLF)

    def test_query_all_shows_what_was_deleted(self):
        [row] = inserted([samples.full(samples.keys(1)[0])])
        sf.bulk2.Account.delete(records=[{"Id": row["Id"]}], wait=WAIT)
        soql = f"{samples.SELECT} WHERE Ext__c = '{row['Ext__c']}'"
        found = [read(page) for page in sf.bulk2.Account.query(soql, wait=WAIT)]
        self.assertEqual(found, [[]])
        found = [read(page) for page in sf.bulk2.Account.query_all(soql, wait=WAIT)]
        self.assertEqual(found, [[samples.from_csv(row)]])

    def contacts(self):
        """The client takes the byte 0 out of results."""
        rows = org.rows(CONTACTS + " ORDER BY Id")
        self.assertTrue(any("\0" in (row["Description"] or "") for row in rows))
        return [{key: cell.replace("\0", "") for key, cell in samples.from_csv(row).items()}
                for row in rows]

    def test_many_rows_in_many_pages(self):
        pages = list(sf.bulk2.Contact.query(CONTACTS + " ORDER BY Id", max_records=500, wait=WAIT))
        expected = self.contacts()
        self.assertEqual([len(read(page)) for page in pages], [500, 500, len(expected) - 1000])
        self.assertEqual([row for page in pages for row in read(page)], expected)

    def test_pages_are_downloaded_to_files(self):
        with tempfile.TemporaryDirectory() as folder:
            results = sf.bulk2.Contact.download(CONTACTS + " ORDER BY Id", folder,
                                                max_records=700, wait=WAIT)
            rows = [row for result in results for row in read(Path(result["file"]).read_bytes()
                                                              .decode())]
        expected = self.contacts()
        self.assertEqual([result["number_of_records"] for result in results],
                         [700, len(expected) - 700])
        self.assertEqual(rows, expected)


class Jobs(unittest.TestCase):
    """The handle of one job; the client keeps it private, but for these calls there is no other."""

    def test_a_job_is_aborted(self):
        jobs = sf.bulk2.Account._client
        job = jobs.create_job("insert")
        self.assertEqual(job["state"], "Open")
        self.assertEqual(jobs.abort_job(job["id"], is_query=False)["state"], "Aborted")
        found = jobs.get_job(job["id"], is_query=False)
        self.assertEqual((found["id"], found["state"], found["object"], found["operation"]),
                         (job["id"], "Aborted", "Account", "insert"))

    def test_a_job_is_filled_and_closed_by_hand(self):
        [key] = samples.keys(1)
        jobs = sf.bulk2.Account._client
        job = jobs.create_job("insert")["id"]
        jobs.upload_job_data(job, f"Name,Ext__c\n\"by \"\"hand\"\" 🦊\",{key}\n")
        self.assertEqual(jobs.close_job(job)["state"], "UploadComplete")
        jobs.wait_for_job(job, is_query=False, wait=WAIT)
        self.assertEqual([row["Name"] for row in stored([key])], ['by "hand" 🦊'])
