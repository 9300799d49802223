"""The org, looked at without any of the clients under test."""

import json
import os
import time
from urllib.parse import quote
from urllib.request import Request, urlopen

URL = os.environ["ORG_URL"]
TLS_URL = os.environ["ORG_TLS_URL"]
USERNAME, PASSWORD, TOKEN = "demo@example.com", "demo", "TOKEN"
API = "62.0"


def control(path, body=None):
    """POSTs JSON to a control endpoint, or GETs it without a body."""
    data = None if body is None else json.dumps(body).encode()
    return _json(Request(f"{URL}/control/{path}", data, {"Content-Type": "application/json"}))


def rows(soql, resource="query"):
    """The rows of a REST query, in order, each a dict of its fields."""
    headers = {"Authorization": f"Bearer {control('session')['accessToken']}"}
    path = f"/services/data/v{API}/{resource}?q={quote(soql)}"
    found = []
    while path:
        page = _json(Request(URL + path, headers=headers))
        found += page["records"]
        path = page.get("nextRecordsUrl")
    return [{key: row[key] for key in row if key != "attributes"} for row in found]


def requests_seen(path_part):
    """Method, path and status of the requests whose path contains this, oldest first."""
    seen = control("log")["requests"]
    return [(r["method"], r["path"], r["status"]) for r in seen if path_part in r["path"]]


def until(condition, seconds=10):
    """Waits for something to become true, and answers it."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
    return found


def _json(request):
    with urlopen(request, timeout=30) as response:
        return json.load(response)
