"""Singer's tap-salesforce: a program that discovers the org's objects and reads their rows."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlencode, urlsplit

import org

STREAMS = ["Account", "Contact"]
CALLBACK = "https://app.example/callback"
RUN = "from tap_salesforce import main; main()"


def post(path, **fields):
    """Asks an OAuth endpoint, and answers the response with its body read; follows no redirect."""
    connection = HTTPConnection(urlsplit(org.URL).netloc)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode(fields), headers)
    response = connection.getresponse()
    return response, response.read()


def refresh_token():
    """As a user who agrees in a browser gives one."""
    client = {"client_id": "demo", "redirect_uri": CALLBACK}
    response, _ = post("/services/oauth2/authorize", response_type="code", **client)
    [code] = parse_qs(urlsplit(response.getheader("Location")).query)["code"]
    _, body = post("/services/oauth2/token", grant_type="authorization_code", code=code, **client)
    return json.loads(body)["refresh_token"]


class Tap(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file)
        return path

    def run_tap(self, api, *arguments):
        config = {"client_id": "demo", "client_secret": "secret", "api_type": api,
                  "refresh_token": refresh_token(), "start_date": "2000-01-01T00:00:00Z",
                  "select_fields_by_default": "true"}
        command = [sys.executable, "-c", RUN, "--config", self.file("config.json", config)]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True,
                              encoding="utf-8", timeout=100)
        self.assertEqual(done.returncode, 0, done.stderr[-3000:])
        return done.stdout

    def records(self, api):
        """What it reads of two objects, by stream, in order."""
        catalog = json.loads(self.run_tap(api, "--discover"))
        names = [stream["stream"] for stream in catalog["streams"]]
        self.assertEqual([name for name in STREAMS if name not in names], [])
        for stream in catalog["streams"]:
            for entry in stream["metadata"]:
                if entry["breadcrumb"] == []:
                    entry["metadata"]["selected"] = stream["stream"] in STREAMS
        printed = self.run_tap(api, "--properties", self.file("catalog.json", catalog))
        messages = [json.loads(line) for line in printed.splitlines()]
        return {name: [m["record"] for m in messages
                       if m["type"] == "RECORD" and m["stream"] == name] for name in STREAMS}

    def assert_read(self, api, said):
        found = self.records(api)
        for name, fields in [("Account", ["Id", "Name", "Active__c", "BillingStreet"]),
                             ("Contact", ["Id", "LastName", "DoNotCall", "Description"])]:
            rows = org.rows(f"SELECT {', '.join(fields)} FROM {name}")
            self.assertGreater(len(rows), 40)
            expected = {row["Id"]: {field: said(row[field]) for field in fields} for row in rows}
            read = {row["Id"]: {field: row.get(field) for field in fields}
                    for row in found[name]}
            self.assertEqual(len(found[name]), len(rows))
            self.assertEqual(read, expected)

    def test_by_bulk(self):
        # It leaves the byte 0 out, makes one kind of line end of all, and takes CSV whose charset is
        # not named for Latin-1.
        def said(value):
            if not isinstance(value, str):
                return value
            text = value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
            return text.encode().decode("latin-1")
        self.assert_read("BULK", said)
        self.assertEqual([status for _, _, status in org.requests_seen("/services/async/")
                          if status >= 300], [])

    def test_by_rest(self):
        self.assert_read("REST", lambda value: value)
