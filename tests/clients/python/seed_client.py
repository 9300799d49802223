"""salesforce-bulk as these checks use it, and the three formats it sends and reads."""

import io
import json
import xml.etree.ElementTree as ET

import unicodecsv
from salesforce_bulk import CsvDictsAdapter, SalesforceBulk
from salesforce_bulk.util import IteratorBytesIO

import org
import samples

NAMESPACE = "{http://www.force.com/2009/06/asyncapi/dataload}"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def sign_in():
    """By the client's own SOAP login at login.salesforce.com; the certificate is checked."""
    return SalesforceBulk(username=org.USERNAME, password=org.PASSWORD, security_token=org.TOKEN)


def wait(bulk, job, batch):
    bulk.wait_for_batch(job, batch, timeout=20, sleep_interval=0.02)


class Csv:
    """Jobs of CSV, as the README has them. Every value of a result is text."""

    name = "CSV"

    @staticmethod
    def batch(rows):
        return CsvDictsAdapter(samples.as_csv(row) for row in rows)

    @staticmethod
    def results(results):
        """`success` and `created` come as text, `error` as one text."""
        return [(r.id or None, r.success == "true", r.created == "true", r.error) for r in results]

    @staticmethod
    def error(code, message, field):
        return f"{code}:{message}:{field} --"

    @staticmethod
    def rows(file):
        return list(unicodecsv.DictReader(file, encoding="utf-8"))

    @staticmethod
    def stored(row):
        """The client takes the byte 0 out of results; in JSON it is escaped, and stays."""
        return {key: cell.replace("\0", "") for key, cell in samples.from_csv(row).items()}

    null = "#N/A"


class Json:
    """Jobs of JSON, where null and the types come through."""

    name = "JSON"

    @staticmethod
    def batch(rows):
        return json.dumps(rows)

    @staticmethod
    def results(results):
        def first(errors):
            return {key: errors[0][key] for key in ("statusCode", "message", "fields")} \
                if errors else ""
        return [(r.id, r.success, r.created, first(r.error)) for r in results]

    @staticmethod
    def error(code, message, field):
        return {"statusCode": code, "message": message, "fields": [field]}

    @staticmethod
    def rows(file):
        """As in the README, once its example has the import that it lacks."""
        rows = json.load(IteratorBytesIO(file))
        return [{key: row[key] for key in row if key != "attributes"} for row in rows]

    @staticmethod
    def stored(row):
        return row

    null = None


class Xml:
    """Jobs of XML. The client makes no batches and reads no rows of these: the standard library
    does. Of results it loses every id, since its `getid()` lacks a `return`."""

    name = "XML"

    @staticmethod
    def batch(rows):
        root = ET.Element("sObjects", xmlns=NAMESPACE[1:-1])
        for row in rows:
            record = ET.SubElement(root, "sObject")
            for key, text in samples.from_csv(row).items():
                cell = ET.SubElement(record, key)
                cell.text = text
                if row[key] is None:
                    cell.set(NIL, "true")
        return ET.tostring(root, encoding="utf-8")

    @staticmethod
    def results(results):
        return [(r.id, r.success, r.created, r.error[0] if r.error else "") for r in results]

    error = Json.error

    @staticmethod
    def rows(file):
        def cell(record, field):
            return record.findtext(NAMESPACE + field) or ""
        fields = ["Id", *samples.FIELDS]
        records = ET.parse(io.BytesIO(file.read())).getroot().findall(NAMESPACE + "records")
        return [{field: cell(record, field) for field in fields} for record in records]

    stored = Csv.stored
    null = None
