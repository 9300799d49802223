"""simple-salesforce's `bulk`: Bulk API 1.0 in JSON.

The client waits five seconds between two looks at a batch that it loads, and nothing can be passed
to change that, so this org has its batches done when they are first looked at.
"""

import unittest

import org
import samples
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceGeneralError, SalesforceMalformedRequest

MISSING = {"statusCode": "REQUIRED_FIELD_MISSING", "fields": ["Name"],
           "message": "Required fields are missing: [Name]", "extendedErrorDetails": None}


def setUpModule():
    global sf
    org.control("config", {"queueMs": 0, "processingMs": 0})
    sf = Salesforce(username=org.USERNAME, password=org.PASSWORD, security_token=org.TOKEN)


def done(id, created=False):
    return {"success": True, "created": created, "id": id, "errors": []}


def stored(keys):
    quoted = ", ".join(f"'{key}'" for key in keys)
    return org.rows(f"{samples.SELECT} WHERE Ext__c IN ({quoted}) ORDER BY Ext__c")


def inserted(rows):
    results = sf.bulk.Account.insert(rows)
    return [{"Id": result["id"], **row} for result, row in zip(results, rows)]


class Load(unittest.TestCase):
    def test_insert_with_a_bad_row(self):
        keys = samples.keys(3)
        rows = [samples.full(keys[0]), samples.nameless(keys[1]), samples.sparse(keys[2])]
        results = sf.bulk.Account.insert(rows)
        first, third = stored(keys)
        self.assertEqual([first, third],
                         [{"Id": first["Id"], **rows[0]}, {"Id": third["Id"], **rows[2]}])
        bad = {"success": False, "created": False, "id": None, "errors": [MISSING]}
        self.assertEqual(results, [done(first["Id"], True), bad, done(third["Id"], True)])

    def test_update_with_null(self):
        [row] = inserted([samples.full(samples.keys(1)[0])])
        change = {"Id": row["Id"], "Name": "Renamed \"again\"\n🦊", "Description": None}
        self.assertEqual(sf.bulk.Account.update([change]), [done(row["Id"])])
        self.assertEqual(stored([row["Ext__c"]]), [{**row, **change}])

    def test_upsert_finds_and_makes(self):
        keys = samples.keys(2)
        [row] = inserted([samples.full(keys[0])])
        changes = [{"Ext__c": keys[0], "Name": "Found"}, {"Ext__c": keys[1], "Name": "Made"}]
        results = sf.bulk.Account.upsert(changes, "Ext__c")
        found, made = stored(keys)
        self.assertEqual((found, made["Name"]), ({**row, "Name": "Found"}, "Made"))
        self.assertEqual(results, [done(found["Id"]), done(made["Id"], True)])

    def test_delete_and_hard_delete(self):
        rows = inserted([samples.full(key) for key in samples.keys(3)])
        soft, hard, kept = rows
        self.assertEqual(sf.bulk.Account.delete([{"Id": soft["Id"]}]), [done(soft["Id"])])
        self.assertEqual(sf.bulk.Account.hard_delete([{"Id": hard["Id"]}]), [done(hard["Id"])])
        keys = [row["Ext__c"] for row in rows]
        self.assertEqual(stored(keys), [kept])
        soql = f"SELECT Id, IsDeleted FROM Account WHERE Ext__c IN ('{keys[0]}', '{keys[1]}')"
        self.assertEqual(org.rows(soql, "queryAll"), [{"Id": soft["Id"], "IsDeleted": True}])

    def test_a_parent_is_named_by_its_external_id(self):
        [account] = inserted([samples.full(samples.keys(1)[0])])
        parent = {"Account": {"Ext__c": account["Ext__c"]}}
        [made, lost] = sf.bulk.Contact.insert([
            {"LastName": "Child", **parent}, {"LastName": "Lost", "Account": {"Ext__c": "nobody"}}])
        found = org.rows(f"SELECT LastName, AccountId FROM Contact WHERE Id = '{made['id']}'")
        self.assertEqual(found, [{"LastName": "Child", "AccountId": account["Id"]}])
        self.assertEqual(lost["errors"][0]["statusCode"], "INVALID_FIELD")

    def test_rows_are_split_into_batches(self):
        """`batch_size='auto'` drops a last batch of one row; with more it is right."""
        for size, batches in [(2, 3), ("auto", 1), (10_000, 1)]:
            with self.subTest(batch_size=size):
                keys = samples.keys(5)
                before = len(self.batches())
                results = sf.bulk.Account.insert([samples.full(key) for key in keys],
                                                 batch_size=size)
                self.assertEqual([row["Id"] for row in stored(keys)],
                                 [result["id"] for result in results])
                self.assertEqual(len(self.batches()) - before, batches)

    def batches(self):
        return [seen for seen in org.requests_seen("/batch") if seen[0] == "POST"]

    def test_results_with_the_rows_they_are_of(self):
        keys = samples.keys(2)
        rows = [samples.full(keys[0]), samples.nameless(keys[1])]
        results = sf.bulk.submit_dml("Account", "insert", rows, include_detailed_results=True)
        self.assertEqual([(result["success"], result["Name"], result["Description"])
                          for result in results],
                         [(True, rows[0]["Name"], samples.TEXT), (False, None, "no name")])

    def test_results_can_be_left(self):
        [key] = samples.keys(1)
        [_, answer] = sf.bulk.Account.insert([samples.full(key)], bypass_results=True,
                                             use_serial=True)
        job = sf.bulk.Account._get_job(answer["job_id"])
        self.assertEqual((job["state"], job["concurrencyMode"]), ("Closed", "Serial"))
        self.assertEqual(len(stored([key])), 1)

    def test_mistakes_are_named(self):
        with self.assertRaises(SalesforceMalformedRequest) as caught:
            sf.bulk.Nope__c.insert([{"Name": "A"}])
        self.assertEqual(caught.exception.content["exceptionCode"], "InvalidEntity")


class Query(unittest.TestCase):
    def assert_finds(self, query, soql, rows):
        found = [{key: row[key] for key in row if key != "attributes"} for row in query(soql)]
        self.assertEqual(found, rows)

    def test_every_value_comes_back(self):
        keys = samples.keys(2)
        rows = inserted([samples.full(keys[0]), samples.sparse(keys[1])])
        soql = f"{samples.SELECT} WHERE Ext__c LIKE '{keys[0][:9]}%' ORDER BY Ext__c"
        self.assert_finds(sf.bulk.Account.query, soql, rows)

    def test_query_all_shows_what_was_deleted(self):
        [row] = inserted([samples.full(samples.keys(1)[0])])
        sf.bulk.Account.delete([{"Id": row["Id"]}])
        soql = f"{samples.SELECT} WHERE Ext__c = '{row['Ext__c']}'"
        self.assert_finds(sf.bulk.Account.query, soql, [])
        self.assert_finds(sf.bulk.Account.query_all, soql, [row])

    def test_many_rows_in_many_results(self):
        soql = "SELECT Id, Name, Description, Birthdate, DoNotCall FROM Contact ORDER BY Id"
        rows = org.rows(soql)
        self.assert_finds(sf.bulk.Contact.query, soql, rows)
        pages = list(sf.bulk.Contact.query(soql, lazy_operation=True))
        self.assertEqual((len(pages), sum(map(len, pages))), (3, len(rows)))

    def test_a_batch_is_waited_for(self):
        org.control("config", {"queueMs": 300})
        try:
            found = sf.bulk.Account.query("SELECT Id FROM Account LIMIT 1", wait=0.05)
        finally:
            org.control("config", {"queueMs": 0})
        self.assertEqual(len(found), 1)
        looks = [seen for seen in org.requests_seen("/batch/751") if "result" not in seen[1]]
        self.assertGreater(len([path for _, path, _ in looks if path == looks[-1][1]]), 1)

    def test_a_wrong_query_is_named(self):
        with self.assertRaises(SalesforceGeneralError) as caught:
            sf.bulk.Account.query("SELECT Nope FROM Account")
        self.assertIn("No such column 'Nope' on entity 'Account'", str(caught.exception))
