#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| collins_customers_fuzz::email(data));
