//! The JWT bearer grant.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::Value;

use super::oauth::Refusal;
use super::{CLIENT_ID, USERNAME};
use crate::http::Request;
use crate::world::World;

const INVALID: Refusal = Refusal("invalid_grant", "invalid assertion");
const EXPIRED: Refusal = Refusal("invalid_grant", "expired assertion");
const HOSTS: [&str; 2] = ["https://login.salesforce.com", "https://test.salesforce.com"];
/// Numbers from here on are milliseconds. Salesforce reads them as seconds that are far away, and
/// takes them: sfdx-core sends such numbers.
const FIRST_MILLIS: i64 = 100_000_000_000;
const FURTHEST_SECONDS: i64 = 300;

/// Checks an assertion: its claims, and its signature when the org has the key.
pub fn check(world: &World, request: &Request, assertion: &str) -> Result<(), Refusal> {
    let mut parts = assertion.split('.');
    let (Some(header), Some(claims), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(INVALID);
    };
    if decode(header)?["alg"] != "RS256" {
        return Err(INVALID);
    }
    verify(world, &format!("{header}.{claims}"), signature)?;
    check_claims(world, request, &decode(claims)?)
}

fn check_claims(world: &World, request: &Request, claims: &Value) -> Result<(), Refusal> {
    if claims["iss"] != CLIENT_ID {
        return Err(Refusal("invalid_client_id", "client identifier invalid"));
    }
    if claims["sub"] != USERNAME {
        return Err(Refusal("invalid_grant", "user hasn't approved this consumer"));
    }
    let audience = claims["aud"].as_str().unwrap_or_default();
    if !HOSTS.contains(&audience) && audience != request.origin() {
        return Err(Refusal("invalid_grant", "Audience validation failed"));
    }
    let expires = number(&claims["exp"]).ok_or(INVALID)?;
    let left = expires - world.now / 1000;
    let soon = (1..=FURTHEST_SECONDS).contains(&left);
    if soon || expires >= FIRST_MILLIS { Ok(()) } else { Err(EXPIRED) }
}

fn number(exp: &Value) -> Option<i64> {
    let number = exp.as_f64().map(|number| number as i64);
    number.or_else(|| exp.as_str().and_then(|text| text.parse().ok()))
}

fn decode(part: &str) -> Result<Value, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| INVALID)?;
    serde_json::from_slice(&bytes).map_err(|_| INVALID)
}

fn verify(world: &World, signed: &str, signature: &str) -> Result<(), Refusal> {
    let Some(pem) = &world.config.jwt_public_key else { return Ok(()) };
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| INVALID)?;
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key_of(pem).ok_or(INVALID)?);
    key.verify(signed.as_bytes(), &signature).map_err(|_| INVALID)
}

/// The PKCS #1 key inside a PEM of either kind.
fn key_of(pem: &str) -> Option<Vec<u8>> {
    let lines = pem.lines().filter(|line| !line.starts_with("-----"));
    let der = STANDARD.decode(lines.map(str::trim).collect::<String>()).ok()?;
    if pem.contains("BEGIN RSA PUBLIC KEY") { Some(der) } else { inner_key(&der) }
}

/// The bit string of a SubjectPublicKeyInfo: what follows the RSA algorithm's own fixed bytes.
fn inner_key(der: &[u8]) -> Option<Vec<u8>> {
    const RSA: [u8; 15] = [48, 13, 6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 1, 5, 0];
    let at = der.windows(RSA.len()).position(|window| window == RSA)? + RSA.len();
    let [3, length, ..] = der.get(at..)? else { return None };
    let length_bytes = if *length < 128 { 0 } else { usize::from(length & 127) };
    // Tag, length, the bytes of a long length, and the count of unused bits.
    der.get(at + 2 + length_bytes + 1..).map(<[u8]>::to_vec)
}
