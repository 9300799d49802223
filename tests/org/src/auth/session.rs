//! Sessions and the grants that lead to them.

use std::collections::{HashMap, HashSet};

use super::org_id;
use crate::mint::Mint;

/// Who is signed in, and who may sign in without a password.
#[derive(Debug, Default)]
pub struct Sessions {
    /// Access tokens and when they end.
    tokens: HashMap<String, i64>,
    refresh: HashSet<String>,
    codes: HashMap<String, Code>,
}

/// An authorization code that waits to be exchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Where it was sent.
    pub redirect_uri: String,
    /// The PKCE challenge, if one was sent.
    pub challenge: Option<String>,
    /// When it ends.
    pub ends: i64,
}

impl Sessions {
    /// Opens a session that lives until then, and answers its token.
    pub fn open(&mut self, ends: i64, mint: &mut Mint) -> String {
        let token = format!("{}!AQ{}", org_id().short(), mint.secret());
        self.tokens.insert(token.clone(), ends);
        token
    }

    /// Whether a token is one of ours and has not ended.
    pub fn is_alive(&self, token: &str, now: i64) -> bool {
        self.tokens.get(token).is_some_and(|ends| now < *ends)
    }

    /// When a token ends, if it is one of ours.
    pub fn ends(&self, token: &str) -> Option<i64> {
        self.tokens.get(token).copied()
    }

    /// Ends every session; refresh tokens stay good.
    pub fn expire_all(&mut self) {
        self.tokens.clear();
    }

    /// A new refresh token.
    pub fn grant_refresh(&mut self, mint: &mut Mint) -> String {
        let token = format!("5Aep861{}", mint.secret());
        self.refresh.insert(token.clone());
        token
    }

    /// Whether a refresh token is good.
    pub fn may_refresh(&self, token: &str) -> bool {
        self.refresh.contains(token)
    }

    /// Ends a refresh token.
    pub fn end_refresh(&mut self, token: &str) -> bool {
        self.refresh.remove(token)
    }

    /// Ends one session.
    pub fn end(&mut self, token: &str) -> bool {
        self.tokens.remove(token).is_some()
    }

    /// A new authorization code.
    pub fn grant_code(&mut self, code: Code, mint: &mut Mint) -> String {
        let text = format!("aPrx{}==", mint.secret());
        self.codes.insert(text.clone(), code);
        text
    }

    /// Takes a code: it is good once.
    pub fn take_code(&mut self, text: &str) -> Option<Code> {
        self.codes.remove(text)
    }
}
