//! Results on their way to JavaScript, chunk by chunk.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Reflect, Uint8Array, Uint32Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::abort::Abort;
use super::convert::{plain, thrown};
use crate::engine::Session;
use crate::engine::download::Download;
use crate::engine::records::Chunk;
use crate::engine::source::Source;
use crate::error::{Code, Error, Result};
use crate::http::Browser;

/// A download. Its calls must not overlap.
#[wasm_bindgen]
pub struct Reader {
    /// Taken out while a call runs, so that no borrow crosses an await.
    download: RefCell<Option<Download<Browser>>>,
    abort: Abort,
}

/// What the head of a page says.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    locator: Option<String>,
    number_of_records: Option<u64>,
}

impl Reader {
    pub(super) fn new(
        session: Rc<Session<Browser>>,
        abort: Abort,
        source: Source<JsValue>,
    ) -> Self {
        Reader { download: RefCell::new(Some(Download::new(session, source))), abort }
    }

    fn take(&self) -> Result<Download<Browser>, JsValue> {
        self.download
            .take()
            .ok_or_else(|| thrown(Error::new(Code::Internal, "the reader is busy or broken")))
    }

    /// Runs one read. After a failure there is nothing left to read.
    async fn run<T>(
        &self,
        read: impl AsyncFnOnce(&mut Download<Browser>) -> Result<T>,
    ) -> Result<T, JsValue> {
        let mut download = self.take()?;
        let result = self.abort.race(read(&mut download)).await.map_err(thrown)?;
        self.download.replace(Some(download));
        Ok(result)
    }
}

#[wasm_bindgen]
impl Reader {
    /// Sends the first request and gives what the head of its answer says.
    pub async fn open(&self) -> Result<JsValue, JsValue> {
        let head = self.run(Download::open).await?;
        plain(&Head { locator: head.locator, number_of_records: head.number_of_records })
    }

    /// The next records: `{ text, bounds, header? }` or `{ json }`; undefined at the end.
    pub async fn next(&self) -> Result<JsValue, JsValue> {
        self.run(Download::next).await?.map_or(Ok(JsValue::UNDEFINED), chunk)
    }

    /// The next bytes; undefined at the end.
    #[wasm_bindgen(js_name = nextBytes)]
    pub async fn next_bytes(&self) -> Result<Option<Uint8Array>, JsValue> {
        Ok(self.run(Download::next_bytes).await?.map(|bytes| Uint8Array::from(bytes.as_slice())))
    }

    /// The job that is read; undefined before it is made, and while a call runs.
    #[wasm_bindgen(js_name = jobId)]
    pub fn job_id(&self) -> Option<String> {
        self.download.borrow().as_ref()?.job().map(str::to_owned)
    }
}

fn chunk(chunk: Chunk) -> Result<JsValue, JsValue> {
    let object = Object::new();
    match chunk {
        Chunk::Json(slice) => {
            Reflect::set(&object, &"json".into(), &slice.text.into())?;
        }
        Chunk::Cells(header, cells) => {
            Reflect::set(&object, &"text".into(), &cells.text.into())?;
            Reflect::set(&object, &"bounds".into(), &Uint32Array::from(cells.bounds.as_slice()))?;
            if let Some(header) = header {
                Reflect::set(&object, &"header".into(), &plain(&header)?)?;
            }
        }
    }
    Ok(object.into())
}
