"""Runs the tests of one module, a line of JSON for each: {"name": …, "failure": … or null}."""

import json
import sys
import unittest


class Reporter(unittest.TestResult):
    """Says at once what became of a test."""

    def say(self, test, failure=None):
        name = test.id().partition(".")[2] or test.id()
        print(json.dumps({"name": name, "failure": failure}), flush=True)

    def addSuccess(self, test):
        self.say(test)

    def addFailure(self, test, err):
        self.say(test, self._exc_info_to_string(err, test))

    addError = addFailure

    def addSubTest(self, test, subtest, err):
        """A test whose parts failed is not a success, so unittest says nothing more of it."""
        if err is not None:
            self.say(subtest, self._exc_info_to_string(err, test))


if __name__ == "__main__":
    unittest.defaultTestLoader.loadTestsFromName(sys.argv[1]).run(Reporter())
