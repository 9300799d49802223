//! Results on their way to JavaScript, chunk by chunk.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::cells::{set_cells, strings};
use super::convert::{error_to_js, value_to_js};
use super::operation::BrowserSession;
use super::run::Running;
use crate::engine::download::{Chunk, CsvReading, Download, Source, write_rows};
use crate::error::{Error, Kind, Result};
use crate::http::Browser;
use crate::json::Value;

/// A download. Its calls must not overlap.
#[wasm_bindgen]
pub struct Reader {
    /// Taken out while a call runs, so that no borrow crosses an await. After a failure there is nothing left.
    download: Rc<RefCell<Option<Download<Browser>>>>,
    running: Running,
}

/// What a call reads.
#[derive(Clone, Copy)]
enum Read {
    Head,
    Records,
    Bytes,
}

impl Reader {
    pub(super) fn new(session: BrowserSession, running: Running, source: Source<JsValue>) -> Self {
        Reader { download: Rc::new(RefCell::new(Some(Download::new(session, source)))), running }
    }

    fn run(&self, what: Read) -> Promise {
        let place = self.download.clone();
        self.running.run(async move {
            let busy = || error_to_js(Error::new(Kind::Internal, "the reader is busy or broken"));
            let mut download = place.take().ok_or_else(busy)?;
            let value = read(&mut download, what).await.map_err(error_to_js)?;
            place.replace(Some(download));
            Ok(value)
        })
    }
}

#[wasm_bindgen]
impl Reader {
    /// Has CSV read with this text for null, and bytes that are not UTF-8 an error or not. To be called before any other.
    #[wasm_bindgen(js_name = readCsv)]
    pub fn read_csv(&self, null: String, fatal_utf8: bool) {
        if let Some(download) = self.download.borrow_mut().as_mut() {
            download.read_csv(CsvReading { null, fatal_utf8, ..CsvReading::default() });
        }
    }

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
            value_to_js(&value).unwrap_or_default()
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
        Chunk::Outcomes(rows) => set("json", write_rows(&rows).into()),
        Chunk::Cells(header, cells) => {
            set_cells(&object, &cells);
            if let Some(header) = header {
                set("header", strings(&header));
            }
        }
    }
    object.into()
}
