#![no_main]

#[path = "../src/bulk.rs"]
mod files;

libfuzzer_sys::fuzz_target!(|data: &[u8]| files::bulk(data));
