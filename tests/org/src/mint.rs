//! New ids and new secrets; both repeat from run to run.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::data::RecordId;

/// Hands out ids and tokens that were not handed out before.
#[derive(Debug, Default)]
pub struct Mint {
    count: u64,
}

impl Mint {
    /// The next id of this prefix.
    pub fn id(&mut self, prefix: &str) -> RecordId {
        self.count += 1;
        RecordId::new(prefix, self.count)
    }

    /// Text that looks random; the letters are those of Salesforce's tokens.
    pub fn secret(&mut self) -> String {
        self.count += 1;
        let halves = [0u8, 1].map(|half| {
            let digest = Sha256::digest([&self.count.to_be_bytes()[..], &[half]].concat());
            URL_SAFE_NO_PAD.encode(digest)
        });
        halves.concat().replace('-', ".")
    }
}
