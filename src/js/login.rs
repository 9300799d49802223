//! Signing in.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::call::Input;
use super::operation::Operation;
use crate::engine::login;
use crate::wire::soap::Credentials;

#[wasm_bindgen]
impl Operation {
    /// Signs in by SOAP: `{ instanceUrl, accessToken, userId, organizationId }`.
    pub fn login(&self, credentials: JsValue) -> Promise {
        self.call(Input { options: credentials, ..Input::default() }, |call| {
            Box::pin(async {
                let credentials = Credentials::read(&call.options()?)?;
                Ok(login::login(&call.session, &credentials).await?.into())
            })
        })
    }
}
