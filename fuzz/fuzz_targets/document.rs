#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| salesforce_bulk_fuzz::document(data));
