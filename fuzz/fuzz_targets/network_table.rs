#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| interdict_fuzz::network::table(data));
