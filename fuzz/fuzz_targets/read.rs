//! The reader and the checker on any text: `cargo +nightly fuzz run read`.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/manifest/reading.rs"]
mod reading;

fuzz_target!(|text: &str| reading::check(text));
