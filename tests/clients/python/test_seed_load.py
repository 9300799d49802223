"""salesforce-bulk: insert, update, upsert and delete, in every format that it knows."""

import unittest

import org
import samples
from seed_client import Csv, Json, Xml, sign_in, wait


def setUpModule():
    global bulk
    bulk = sign_in()


class Load:
    """The checks; a class below gives the format."""

    def load(self, job, rows):
        batch = bulk.post_batch(job, self.format.batch(rows))
        bulk.close_job(job)
        wait(bulk, job, batch)
        return batch, self.format.results(bulk.get_batch_results(batch))

    def job(self, operation, **options):
        return bulk.create_job("Account", operation, contentType=self.format.name, **options)

    def inserted(self, rows):
        """The rows as they were sent, with the ids that the org gave them."""
        self.load(self.job("insert"), rows)
        keys = ", ".join(f"'{row['Ext__c']}'" for row in rows)
        stored = org.rows(f"SELECT Id, Ext__c FROM Account WHERE Ext__c IN ({keys})")
        ids = {row["Ext__c"]: row["Id"] for row in stored}
        return [{"Id": ids[row["Ext__c"]], **row} for row in rows]

    def id_in_results(self, id):
        """What the client makes of an id in results."""
        return None if self.format is Xml else id

    def stored(self, keys):
        quoted = ", ".join(f"'{key}'" for key in keys)
        return org.rows(f"{samples.SELECT} WHERE Ext__c IN ({quoted}) ORDER BY Ext__c")

    def test_insert_with_a_bad_row(self):
        keys = samples.keys(3)
        good, bad = samples.full(keys[0]), samples.nameless(keys[1])
        other = samples.sparse(keys[2])
        batch, results = self.load(self.job("insert"), [good, bad, other])
        stored = self.stored(keys)
        self.assertEqual([{**row, "Id": None} for row in stored],
                         [{"Id": None, **good}, {"Id": None, **other}])
        error = self.format.error(
            "REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]", "Name")
        self.assertEqual(results, [
            (self.id_in_results(stored[0]["Id"]), True, True, ""),
            (None, False, False, error),
            (self.id_in_results(stored[1]["Id"]), True, True, ""),
        ])
        status = bulk.batch_status(batch, reload=True)
        self.assertEqual((status["state"], str(status["numberRecordsProcessed"]),
                          str(status["numberRecordsFailed"])), ("Completed", "3", "1"))

    def test_update_with_null(self):
        [row] = self.inserted([samples.full(samples.keys(1)[0])])
        change = {"Id": row["Id"], "Name": "Renamed \"again\"\n🦊", "NumberOfEmployees": 7,
                  "Description": self.format.null}
        _, results = self.load(self.job("update"), [change])
        self.assertEqual(results, [(self.id_in_results(row["Id"]), True, False, "")])
        self.assertEqual(self.stored([row["Ext__c"]]), [{**row, **change, "Description": None}])

    def test_upsert_finds_and_makes(self):
        keys = samples.keys(2)
        [row] = self.inserted([samples.full(keys[0])])
        changes = [{"Ext__c": keys[0], "Name": "Found"}, {"Ext__c": keys[1], "Name": "Made"}]
        _, results = self.load(self.job("upsert", external_id_name="Ext__c"), changes)
        found, made = self.stored(keys)
        self.assertEqual(found, {**row, "Name": "Found"})
        self.assertEqual((made["Name"], made["Description"]), ("Made", None))
        self.assertEqual(results, [(self.id_in_results(found["Id"]), True, False, ""),
                                   (self.id_in_results(made["Id"]), True, True, "")])

    def test_delete(self):
        keys = samples.keys(2)
        gone, kept = self.inserted([samples.full(key) for key in keys])
        _, results = self.load(self.job("delete"), [{"Id": gone["Id"]}])
        self.assertEqual(results, [(self.id_in_results(gone["Id"]), True, False, "")])
        self.assertEqual(self.stored(keys), [kept])
        soql = f"SELECT Id, IsDeleted FROM Account WHERE Ext__c = '{keys[0]}'"
        self.assertEqual(org.rows(soql, "queryAll"), [{"Id": gone["Id"], "IsDeleted": True}])

    def test_hard_delete(self):
        [row] = self.inserted([samples.full(samples.keys(1)[0])])
        _, results = self.load(self.job("hardDelete"), [{"Id": row["Id"]}])
        self.assertEqual(results, [(self.id_in_results(row["Id"]), True, False, "")])
        soql = f"SELECT Id FROM Account WHERE Ext__c = '{row['Ext__c']}'"
        self.assertEqual(org.rows(soql, "queryAll"), [])


class LoadCsv(Load, unittest.TestCase):
    format = Csv

    def test_an_empty_cell_changes_nothing(self):
        [row] = self.inserted([samples.full(samples.keys(1)[0])])
        self.load(self.job("update"), [{"Id": row["Id"], "Name": "Other", "Description": None}])
        self.assertEqual(self.stored([row["Ext__c"]]), [{**row, "Name": "Other"}])

    def test_one_source_fills_two_batches(self):
        """`write_header` begins a batch anew; each batch is an iterator, sent in chunks."""
        keys = samples.keys(4)
        source = Csv.batch(samples.full(key) for key in keys)
        job = self.job("insert", concurrency="Serial")
        batches = []
        for _ in range(2):
            source.write_header()
            batches.append(bulk.post_batch(job, iter([next(source), next(source)])))
        bulk.close_job(job)
        for batch in batches:
            wait(bulk, job, batch)
            results = bulk.get_batch_results(batch)
            self.assertEqual([(r.success, r.created) for r in results], [("true", "true")] * 2)
        self.assertEqual([row["Ext__c"] for row in self.stored(keys)], keys)
        self.assertEqual(bulk.job_status(job)["concurrencyMode"], "Serial")

    def test_a_mapping_file_renames_columns(self):
        [key] = samples.keys(1)
        job = self.job("insert")
        bulk.post_mapping_file(job, "Salesforce Field,Csv Header,Value,Hint\n"
                                    "Name,Company,,\nExt__c,Key,,\n"
                                    "Description,,from the mapping,\nSince__c,Since,,dd.MM.yyyy\n")
        self.load(job, [{"Company": "Mapped, Inc.", "Key": key, "Since": "29.02.2024",
                         "Nobody": "asks for this"}])
        [row] = self.stored([key])
        self.assertEqual((row["Name"], row["Description"], row["Since__c"]),
                         ("Mapped, Inc.", "from the mapping", "2024-02-29"))


class LoadJson(Load, unittest.TestCase):
    format = Json


class LoadXml(Load, unittest.TestCase):
    format = Xml
