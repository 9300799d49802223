//! Results on their way to JavaScript, chunk by chunk.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::abort::Abort;
use super::cells::{set_cells, strings};
use super::convert::{plain, thrown};
use super::operation::Home;
use crate::engine::download::Download;
use crate::engine::records::Chunk;
use crate::engine::source::Source;
use crate::error::{Code, Error, Result};
use crate::http::Browser;
use crate::json::Value;

/// A download. Its calls must not overlap.
#[wasm_bindgen]
pub struct Reader {
    /// Taken out while a call runs, so that no borrow crosses an await. After a failure there is nothing left.
    download: Rc<RefCell<Option<Download<Browser>>>>,
    abort: Abort,
}

/// What a call reads.
#[derive(Clone, Copy)]
enum Read {
    Head,
    Records,
    Bytes,
}

impl Reader {
    pub(super) fn new(session: Home, abort: Abort, source: Source<JsValue>) -> Self {
        Reader { download: Rc::new(RefCell::new(Some(Download::new(session, source)))), abort }
    }

    fn run(&self, what: Read) -> Promise {
        let (place, abort) = (self.download.clone(), self.abort.clone());
        future_to_promise(async move {
            let busy = || thrown(Error::new(Code::Internal, "the reader is busy or broken"));
            let mut download = place.take().ok_or_else(busy)?;
            let value = abort.race(Box::pin(read(&mut download, what))).await.map_err(thrown)?;
            place.replace(Some(download));
            Ok(value)
        })
    }
}

#[wasm_bindgen]
impl Reader {
    /// Sends the first request and gives what the head of its answer says.
    pub fn open(&self) -> Promise {
        self.run(Read::Head)
    }

    /// The next records: `{ text, bounds, header? }` or `{ json }`; undefined at the end.
    pub fn next(&self) -> Promise {
        self.run(Read::Records)
    }

    /// The next bytes; undefined at the end.
    #[wasm_bindgen(js_name = nextBytes)]
    pub fn next_bytes(&self) -> Promise {
        self.run(Read::Bytes)
    }

    /// The job that is read; undefined before it is made, and while a call runs.
    #[wasm_bindgen(js_name = jobId)]
    pub fn job_id(&self) -> Option<String> {
        self.download.borrow().as_ref()?.job().map(str::to_owned)
    }
}

async fn read(download: &mut Download<Browser>, what: Read) -> Result<JsValue> {
    Ok(match what {
        Read::Head => {
            let head = download.open().await?;
            let value = Value::object([
                ("locator", head.locator.into()),
                ("numberOfRecords", head.number_of_records.into()),
            ]);
            plain(&value).unwrap_or_default()
        }
        Read::Records => download.next().await?.map_or(JsValue::UNDEFINED, chunk),
        Read::Bytes => {
            let bytes = download.next_bytes().await?;
            bytes.map_or(JsValue::UNDEFINED, |bytes| Uint8Array::from(bytes.as_slice()).into())
        }
    })
}

fn chunk(chunk: Chunk) -> JsValue {
    let object = Object::new();
    let set = |name: &str, value: JsValue| drop(Reflect::set(&object, &name.into(), &value));
    match chunk {
        Chunk::Json(slice) => set("json", slice.text.into()),
        Chunk::Cells(header, cells) => {
            set_cells(&object, &cells);
            if let Some(header) = header {
                set("header", strings(&header));
            }
        }
    }
    object.into()
}
