//! How much a target was given, printed when it ends.

use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static INPUTS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static AT_EXIT: Once = Once::new();

unsafe extern "C" {
    /// libFuzzer leaves by `exit`, so that nothing of Rust is dropped, but this is called.
    safe fn atexit(callback: extern "C" fn()) -> i32;
}

/// Counts an input.
pub fn count(data: &[u8]) {
    AT_EXIT.call_once(|| {
        atexit(print);
    });
    INPUTS.fetch_add(1, Relaxed);
    BYTES.fetch_add(data.len() as u64, Relaxed);
}

/// `scripts/fuzz.mjs` reads this line.
extern "C" fn print() {
    eprintln!("counted: {} inputs, {} bytes", INPUTS.load(Relaxed), BYTES.load(Relaxed));
}
