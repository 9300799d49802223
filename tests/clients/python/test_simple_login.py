"""simple-salesforce: every way of signing in that it has, at the hosts it has hard-coded."""

import unittest

import org
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceAuthenticationFailed

PASSWORD = {"username": org.USERNAME, "password": org.PASSWORD}
APP = {"consumer_key": "demo", "consumer_secret": "secret"}


def private_key():
    """A key and, by its side effect, an org that trusts it."""
    key = rsa.generate_private_key(65537, 2048)
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    org.control("config", {"jwtPublicKey": public.decode()})
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                serialization.NoEncryption())
    return private.decode()


class Login(unittest.TestCase):
    def assert_works(self, **options):
        sf = Salesforce(**options)
        soql = "SELECT Id, Name FROM Account ORDER BY Id"
        found = [{"Id": row["Id"], "Name": row["Name"]} for row in sf.query_all(soql)["records"]]
        self.assertEqual(found, org.rows(soql))
        return sf

    def test_by_soap(self):
        self.assert_works(**PASSWORD, security_token=org.TOKEN)
        self.assert_works(**PASSWORD, security_token="", domain="test")
        sf = self.assert_works(**PASSWORD, security_token=org.TOKEN, domain="acme.my")
        self.assertEqual(sf.sf_instance, "acme.my.salesforce.com")

    def test_by_the_organization(self):
        session = org.control("session")["accessToken"]
        self.assert_works(**PASSWORD, organizationId=session.partition("!")[0])

    def test_by_oauth(self):
        self.assert_works(**PASSWORD, **APP)
        self.assert_works(**APP, domain="acme.my")

    def test_by_a_signed_assertion(self):
        self.assert_works(username=org.USERNAME, consumer_key="demo", privatekey=private_key())

    def test_with_a_session(self):
        session = org.control("session")["accessToken"]
        self.assert_works(session_id=session, instance_url=org.TLS_URL)

    def test_refusals_are_named(self):
        wrong = {"username": org.USERNAME, "password": "wrong"}
        cases = [
            ({**wrong, "security_token": ""}, "INVALID_LOGIN"),
            ({**wrong, **APP}, "invalid_grant"),
            ({**PASSWORD, **APP, "consumer_secret": "wrong"}, "invalid_client"),
            ({**PASSWORD, "security_token": "", "version": "65.0"}, "INVALID_OPERATION"),
        ]
        for options, code in cases:
            with self.subTest(code=code):
                with self.assertRaises(SalesforceAuthenticationFailed) as caught:
                    Salesforce(**options)
                self.assertEqual(caught.exception.code, code)
